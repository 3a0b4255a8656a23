"""Proposing: what members would like to talk about, and who would come for it.

Anyone in the circle proposes a theme and supports those of others; whoever proposes
one supports it. A theme stands in the backlog once: a title that is there already is
refused with the way to it. Whoever proposed a theme, or an organiser, may withdraw it
while it waits. A theme that was held may be proposed again after a cool-down of a year.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles.models import Circle
from peerhood.circles.permissions import may
from peerhood.circles.powers import Power
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal
from peerhood.themes.models import Ballot, Support, Theme
from peerhood.themes.permissions import can_withdraw
from peerhood.themes.titles import normalised


class AlreadyThere(Refusal):
    """The circle has this theme; ``theme`` is the one."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        super().__init__(_("“%(title)s” is among the circle’s themes already.") % {"title": theme})


@transaction.atomic
def propose(circle: Circle, person: Person, title: str, question: str = "") -> Theme:
    """Add a theme to the backlog; its proposer is the first to support it."""
    if not may(person, Power.HAVE_A_SAY, circle):
        raise PermissionDenied
    # Two people may propose the same at once; the second sees the first one's.
    Circle.objects.select_for_update(no_key=True).get(pk=circle.pk)
    if same := _same_title(circle, title):
        raise AlreadyThere(same)
    theme = circle.themes.create(
        title=title.strip(), question=question.strip(), proposed_by=person, support_count=1
    )
    theme.supports.create(person=person)
    journal.record("theme.proposed", theme, by=person)
    return theme


def _same_title(circle: Circle, title: str) -> Theme | None:
    wanted = normalised(title)
    there = circle.themes.exclude(state=Theme.State.WITHDRAWN)
    return next((theme for theme in there if normalised(theme.title) == wanted), None)


@transaction.atomic
def propose_again(theme: Theme, person: Person) -> Theme:
    """Bring a held theme back to the backlog; its support is counted anew."""
    theme = _lock(theme, person)
    if not theme.is_held():
        raise AlreadyThere(theme)
    back_on = theme.may_return_on()
    if back_on and localdate() < back_on:
        day = date_format(back_on, "j F Y")
        raise Refusal(
            _("We talked about this less than a year ago. It may come back on %(day)s.") % {"day": day}
        )
    theme.supports.all().delete()
    theme.supports.create(person=person)
    theme.state, theme.proposed_at, theme.support_count = Theme.State.PROPOSED, now(), 1
    theme.save(update_fields=["state", "proposed_at", "support_count"])
    journal.record("theme.proposed", theme, by=person)
    return theme


@transaction.atomic
def support(theme: Theme, person: Person) -> Theme:
    """Say "I would come for this". Saying it twice counts once."""
    theme = _lock_waiting(theme, person)
    _support, is_new = Support.objects.get_or_create(theme=theme, person=person)
    if is_new:
        _count(theme)
        journal.record("theme.supported", theme, by=person)
    return theme


@transaction.atomic
def unsupport(theme: Theme, person: Person) -> Theme:
    """Take the support back. Without one this is a quiet no-op."""
    theme = _lock_waiting(theme, person)
    gone, _rows = theme.supports.filter(person=person).delete()
    if gone:
        _count(theme)
        journal.record("theme.unsupported", theme, by=person)
    return theme


@transaction.atomic
def withdraw(theme: Theme, person: Person) -> Theme:
    """Take a theme out of the backlog."""
    theme = _lock_waiting(theme, person)
    if not can_withdraw(person, theme):
        raise PermissionDenied
    if Ballot.objects.filter(choices__theme=theme, closed_at=None).exists():
        raise Refusal(_("This theme is being voted on. It can be withdrawn when the ballot has closed."))
    theme.state = Theme.State.WITHDRAWN
    theme.save(update_fields=["state"])
    journal.record("theme.withdrawn", theme, by=person)
    return theme


def _count(theme: Theme) -> None:
    theme.support_count = theme.supports.count()
    theme.save(update_fields=["support_count"])


def _lock_waiting(theme: Theme, person: Person) -> Theme:
    theme = _lock(theme, person)
    if not theme.is_proposed():
        raise Refusal(_("This theme does not stand in the backlog any more."))
    return theme


def _lock(theme: Theme, person: Person) -> Theme:
    if not may(person, Power.HAVE_A_SAY, theme.circle):
        raise PermissionDenied
    return Theme.objects.select_related("circle").select_for_update(of=("self",)).get(pk=theme.pk)

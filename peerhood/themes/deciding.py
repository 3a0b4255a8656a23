"""Deciding: a theme is put on a gathering's agenda, and comes off it again.

The winner of a ballot is adopted for the next gathering of the series. If that one is
drafted already and has no theme, it takes this one; otherwise it is drafted on the next
date of the series' cadence. A gathering that took place makes its theme held; one that
was cancelled gives it back to the backlog.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.gatherings import planning
from peerhood.gatherings.models import Gathering, Series
from peerhood.gatherings.permissions import can_facilitate, can_host
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal
from peerhood.themes.models import Adoption, Ballot, Theme
from peerhood.themes.permissions import can_adopt


@transaction.atomic
def decide(ballot: Ballot, *, by: Person) -> Gathering:
    """Adopt the ballot's winner for the next gathering and return that one. Deciding twice decides once."""
    ballot = Ballot.objects.locked().get(pk=ballot.pk)
    if not can_facilitate(by, ballot.gathering):
        raise PermissionDenied
    if ballot.next_gathering:
        return ballot.next_gathering
    if ballot.winner is None:
        raise Refusal(_("The next theme is not chosen yet."))
    gathering = _next_gathering(ballot.gathering, ballot.winner, by)
    adopt(ballot.winner, gathering, by=by)
    ballot.next_gathering = gathering
    ballot.save(update_fields=["next_gathering"])
    return gathering


def has_source(gathering: Gathering) -> bool:
    """Is there a series to draft the next gathering from?"""
    return gathering.series_id is not None or gathering.circle.series.exists()


def _next_gathering(after: Gathering, theme: Theme, by: Person) -> Gathering:
    series = after.series or after.circle.series.order_by("pk").first()
    if series is None:
        raise Refusal(
            _("%(circle)s has no series to draft from. Set one up, then draft the next gathering here.")
            % {"circle": after.circle}
        )
    # Two ballots of one series must not take the same draft.
    Series.objects.select_for_update(no_key=True).get(pk=series.pk)
    waiting = series.gatherings.filter(
        state=Gathering.State.DRAFT, adoption=None, starts_at__gt=after.starts_at
    )
    drafted = waiting.order_by("starts_at").first()
    if drafted is None:
        return planning.draft(series, by=by, title=theme.title)
    if drafted.title == series.name and can_host(by, drafted):  # nobody has named it yet
        drafted = planning.edit(drafted, by=by, version=drafted.version, title=theme.title)
    return drafted


@transaction.atomic
def adopt(theme: Theme, gathering: Gathering, *, by: Person) -> Adoption:
    """Put a theme on a gathering's agenda: it leaves the backlog."""
    if not can_adopt(by, gathering):
        raise PermissionDenied
    theme = Theme.objects.select_for_update().get(pk=theme.pk)
    if not theme.is_proposed():
        raise Refusal(_("“%(title)s” does not stand in the backlog any more.") % {"title": theme})
    if Adoption.objects.filter(gathering=gathering).exists():
        raise Refusal(_("This gathering has its theme already."))
    adoption = Adoption.objects.create(theme=theme, gathering=gathering, adopted_by=by)
    _set_state(theme, Theme.State.SCHEDULED)
    journal.record("theme.adopted", adoption, by=by)
    return adoption


@transaction.atomic
def hold(adoption: Adoption) -> None:
    """The gathering took place: its theme was held on that day. Holding twice holds once."""
    theme = Theme.objects.select_for_update().get(pk=adoption.theme_id)
    if not theme.is_scheduled():
        return
    gathering = adoption.gathering
    theme.last_held_on = localtime(gathering.starts_at, gathering.zone).date()
    theme.save(update_fields=["last_held_on"])
    _set_state(theme, Theme.State.HELD)
    journal.record("theme.held", theme)


@transaction.atomic
def release(theme: Theme) -> None:
    """Take the theme off an agenda that came to nothing: it waits in the backlog as it did before."""
    theme = Theme.objects.select_for_update().get(pk=theme.pk)
    if not theme.is_scheduled():
        return
    theme.adoptions.current().delete()
    _set_state(theme, Theme.State.PROPOSED)
    journal.record("theme.released", theme)


def _set_state(theme: Theme, state: str) -> None:
    theme.state = state
    theme.save(update_fields=["state"])

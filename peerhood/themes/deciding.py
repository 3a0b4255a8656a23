"""Deciding: a theme is put on a gathering's agenda, and comes off it again.

The winner of a ballot is adopted for the next gathering of the series. If that one is
drafted already and has no theme, it takes this one; otherwise it is drafted on the next
date of the series' cadence. A gathering that took place makes its theme held; one that
was cancelled gives it back to the backlog.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.gatherings import planning
from peerhood.gatherings.models import Gathering, Series
from peerhood.gatherings.permissions import can_facilitate, can_host
from peerhood.gatherings.series import scheduling
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


@transaction.atomic
def draft_after(gathering: Gathering, *, by: Person) -> Gathering:
    """What comes next: the ballot's winner on its date; without a ballot the next date, its theme to be chosen.

    Drafting twice drafts once.
    """
    # Of two who tap at once, the second one finds what the first one drafted.
    gathering = Gathering.objects.select_for_update(of=("self",), no_key=True).get(pk=gathering.pk)
    if ballot := Ballot.objects.filter(gathering=gathering).first():
        return decide(ballot, by=by)
    if not can_host(by, gathering):
        raise PermissionDenied
    later = gathering.circle.gatherings.filter(starts_at__gt=gathering.starts_at)
    if following := later.exclude(state=Gathering.State.CANCELLED).order_by("starts_at", "pk").first():
        return following
    series = series_of(gathering)
    if series is None:
        raise Refusal(_("There is no series with a day of its own to draft from."))
    return scheduling.draft(series, by=by)


def has_source(gathering: Gathering) -> bool:
    """Is there a gathering waiting for a theme, or a series whose next date is known?"""
    series = series_of(gathering)
    return series is not None and (not series.is_floating() or _waiting(series, gathering).exists())


def series_of(gathering: Gathering) -> Series | None:
    """Whose next gathering a ballot decides about: its own series, else the circle's first."""
    return gathering.series or gathering.circle.series.order_by("pk").first()


def _waiting(series: Series, after: Gathering) -> QuerySet[Gathering]:
    """Drafts that have no theme yet."""
    return series.gatherings.filter(state=Gathering.State.DRAFT, adoption=None, starts_at__gt=after.starts_at)


def _next_gathering(after: Gathering, theme: Theme, by: Person) -> Gathering:
    series = series_of(after)
    if series is None:
        raise Refusal(
            _("%(circle)s has no series to draft from. Set one up, then draft the next gathering here.")
            % {"circle": after.circle}
        )
    # Two ballots of one series must not take the same draft.
    Series.objects.select_for_update(no_key=True).get(pk=series.pk)
    drafted = _waiting(series, after).order_by("starts_at").first()
    if drafted is None:
        return scheduling.draft(series, by=by, title=theme.title)
    return _named_after(theme, drafted, by)


def _named_after(theme: Theme, gathering: Gathering, by: Person) -> Gathering:
    """A draft that nobody has named yet is called what it is about."""
    is_unnamed = gathering.series is not None and gathering.title == gathering.series.name
    if gathering.is_draft() and is_unnamed and can_host(by, gathering):
        return planning.edit(gathering, by=by, version=gathering.version, title=theme.title)
    return gathering


@transaction.atomic
def take(theme: Theme, gathering: Gathering, *, by: Person) -> Adoption:
    """Choose a theme for a gathering without a ballot: the organisers' own word, or one nobody had to vote on."""
    # Its row first: the draft cannot be named by one of two who choose at once, and taken by the other.
    gathering = Gathering.objects.select_for_update(of=("self",), no_key=True).get(pk=gathering.pk)
    if theme.circle_id != gathering.circle_id:
        raise PermissionDenied
    if gathering.is_cancelled() or gathering.is_over():
        raise Refusal(_("This gathering is over; choose the theme of the next one."))
    adoption = adopt(theme, gathering, by=by)
    _named_after(theme, gathering, by)
    return adoption


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

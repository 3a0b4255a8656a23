"""Following: what is changed about one gathering of a series is changed about all that follow, too.

Each keeps its own day, and its own speakers and materials. One that somebody changed after the page
was read is left as it is, and so is one where the change is refused; whoever asked hears of both.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles.permissions import can_organise
from peerhood.gatherings import agenda, planning
from peerhood.gatherings.models import Gathering, SavedAgenda, Series
from peerhood.gatherings.series import cadence, saved_agendas, scheduling
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal

# What goes on to those that follow; what is said of one day, and who hosts it, does not.
PASSED_ON = ("title", "mode", "place_name", "address", "directions", "capacity", "online_capacity")
OF_SERIES = ("place_name", "address", "capacity")


@dataclass
class Outcome:
    """The gathering as it is now, those that were changed with it, and those that were not, each with why."""

    gathering: Gathering
    changed: list[Gathering] = field(default_factory=list)
    left: list[tuple[Gathering, str]] = field(default_factory=list)


def following(gathering: Gathering) -> list[Gathering]:
    """Those of its series that begin after it and have not begun, drafts and published ones, soonest first."""
    if gathering.series_id is None:
        return []
    later = Gathering.objects.filter(series=gathering.series_id, starts_at__gt=gathering.starts_at)
    states = (Gathering.State.DRAFT, Gathering.State.PUBLISHED, Gathering.State.MOVED_ONLINE)
    return list(later.filter(state__in=states, starts_at__gt=now()).order_by("starts_at", "pk"))


@transaction.atomic
def edit_all(
    gathering: Gathering,
    *,
    by: Person,
    version: int,
    seen: Mapping[int, int],
    lines: Sequence[agenda.Line] | None = None,
    **fields: Any,
) -> Outcome:
    """Change this one as ``planning.edit`` does, all that follow, and the series.

    ``seen`` are the versions of those that follow when the page was read, by their keys.
    """
    if gathering.series is None:
        raise TypeError("This gathering belongs to no series.")
    if not can_organise(by, gathering.circle):
        raise PermissionDenied
    series = scheduling.lock(gathering.series)
    later = _lock_with_those_after(gathering)
    before = Gathering.objects.get(pk=gathering.pk)
    lines_before = agenda.lines_of(before)
    outcome = Outcome(planning.edit(gathering, by=by, version=version, lines=lines, **fields))
    passed_on = _changed(before, outcome.gathering)
    run = lines if lines is not None and lines != lines_before else None
    for one in later:
        if seen.get(one.pk) != one.version:
            outcome.left.append((one, _changed_by_somebody(one)))
            continue
        theirs = None if run is None else list(_run(run, lines_before, agenda.lines_of(one)))
        try:
            _edit(one, by, theirs, passed_on)
        except Refusal as refusal:
            outcome.left.append((one, str(refusal)))
        else:
            outcome.changed.append(one)
    _change_series(series, outcome.gathering, by, passed_on, run is not None)
    return outcome


def _lock_with_those_after(gathering: Gathering) -> list[Gathering]:
    later = following(gathering)
    # In one order, and before the first edit bumps a stamp: an answer takes its row first and the stamps then.
    keys = [gathering.pk, *(one.pk for one in later)]
    locked = Gathering.objects.select_for_update(of=("self",)).select_related("circle")
    rows = {one.pk: one for one in locked.filter(pk__in=keys).order_by("pk")}
    return [rows[one.pk] for one in later if one.pk in rows and not rows[one.pk].is_cancelled()]


def _changed(before: Gathering, after: Gathering) -> dict[str, Any]:
    names = [name for name in PASSED_ON if getattr(before, name) != getattr(after, name)]
    changed = {name: getattr(after, name) for name in names}
    clock, clock_before = (one.starts_at.astimezone(one.zone).time() for one in (after, before))
    return changed if clock == clock_before else {**changed, "clock": clock}


def _edit(one: Gathering, by: Person, lines: list[agenda.Line] | None, passed_on: Mapping[str, Any]) -> None:
    fields = dict(passed_on)
    if clock := fields.pop("clock", None):
        day = one.starts_at.astimezone(one.zone).date()
        fields["starts_at"] = cadence.at(day, clock, one.zone)
    if fields or lines is not None:
        planning.edit(one, by=by, version=one.version, lines=lines, **fields)


def _run(
    lines: Iterable[agenda.Line], before: Iterable[agenda.Line], theirs: Iterable[agenda.Line]
) -> Iterable[agenda.Line]:
    """The new run of the day with a gathering's own speakers and materials, where it has the same line."""
    called_before = {line.item_pk: (line.kind, line.title) for line in before}
    left = list(theirs)
    for line in lines:
        names = (called_before.get(line.item_pk), (line.kind, line.title))
        own = next((each for name in names for each in left if (each.kind, each.title) == name), None)
        if own is None:
            yield replace(line, speaker="", materials="", item_pk=None)
        else:
            left.remove(own)
            yield replace(line, speaker=own.speaker, materials=own.materials, item_pk=own.item_pk)


def _change_series(
    series: Series, gathering: Gathering, by: Person, passed_on: Mapping[str, Any], has_new_run: bool
) -> None:
    """What is drafted from now on is like those that follow."""
    fields = {name: passed_on[name] for name in OF_SERIES if name in passed_on}
    if "online_capacity" in passed_on and gathering.mode == Gathering.Mode.ONLINE:
        fields["capacity"] = passed_on["online_capacity"]
    if "clock" in passed_on:
        fields["starts_at_time"] = passed_on["clock"]
    if "title" in passed_on:
        fields["name"] = passed_on["title"][: Series._meta.get_field("name").max_length]
    if has_new_run or "mode" in passed_on:
        fields["saved_agenda"] = _agenda_of_its_own(series, gathering, by)
    scheduling.change(series, by=by, **fields)


def _agenda_of_its_own(series: Series, gathering: Gathering, by: Person) -> SavedAgenda:
    """The agenda the series is drafted from: its own one written anew, or a new one beside what others use, too."""
    saved = series.saved_agenda
    if saved and saved.name == series.name and not saved.series.exclude(pk=series.pk).exists():
        saved_agendas.write(saved, gathering, by=by)
        return saved
    return saved_agendas.save(gathering, saved_agendas.free_name(series.circle, series.name), by=by)


def _changed_by_somebody(one: Gathering) -> str:
    entry = journal.last(one, "gathering.edited", "gathering.published", "gathering.drafted")
    who = entry.by.name if entry and entry.by else _("Somebody")
    return _("%(name)s changed it meanwhile.") % {"name": who}

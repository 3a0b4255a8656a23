"""Scheduling: a series is set up, and gatherings are drafted from it, one or a year of them.

A series has a day, or it floats: then each date is agreed anew, by a poll or by typing one. What
is not drafted yet is a plan. It stands on the page of the series, and in nobody's calendar.
"""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles.models import Circle
from peerhood.circles.permissions import can_organise
from peerhood.gatherings import agenda, series_templates
from peerhood.gatherings.models import Gathering, Series
from peerhood.gatherings.permissions import can_draft, can_host
from peerhood.gatherings.series import cadence, saved_agendas
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal

# As many plans as one looks ahead; a year of a monthly series.
PLANNED, A_YEAR_OF = 4, 12
YEAR = timedelta(days=366)
CHANGEABLE = {
    *("name", "template", "saved_agenda", "cadence", "weekday", "week_of_month", "starts_at_time"),
    *("capacity", "place_name", "address"),
}


@transaction.atomic
def schedule(circle: Circle, *, by: Person, template: str = "", **fields: Any) -> Series:
    """Set up a series: a template of the day or an agenda the circle has saved, and how often it meets."""
    if not can_organise(by, circle):
        raise PermissionDenied
    saved = fields.get("saved_agenda")
    name = fields.pop("name", "") or (
        saved.name if saved else series_templates.said(series_templates.get(template).names, circle.language)
    )
    series = Series.objects.create(circle=circle, template=template, name=name, **fields)
    journal.record("series.scheduled", series, by=by)
    return series


@transaction.atomic
def change(series: Series, *, by: Person, **fields: Any) -> Series:
    """Change what is drafted from now on; the gatherings there are stay as they are."""
    if unknown := fields.keys() - CHANGEABLE:
        raise TypeError(f"A series has no {sorted(unknown)} to change.")
    series = lock(series)
    if not can_organise(by, series.circle):
        raise PermissionDenied
    changed = {name for name, value in fields.items() if getattr(series, name) != value}
    if changed:
        for name in changed:
            setattr(series, name, fields[name])
        series.save(update_fields=sorted(changed))
        journal.record("series.changed", series, by=by, changed=sorted(changed))
    return series


@transaction.atomic
def draft(series: Series, *, by: Person, starts_at: datetime | None = None, title: str = "") -> Gathering:
    """Draft the series' next gathering: next date, agenda of the series, hosts of the last one."""
    circle = series.circle
    if not can_draft(by, circle):
        raise PermissionDenied
    # Two drafts asked for at the same moment get two dates.
    series = lock(series)
    if starts_at is None:
        _refuse_floating(series)
    last = _last_of(series)
    gathering = Gathering(
        circle=circle,
        series=series,
        title=title or series.name,
        mode=mode_of(series),
        time_zone=circle.time_zone,
        place_name=series.place_name,
        address=series.address,
        directions=last.directions if last else "",
        capacity=series.capacity,
    )
    if gathering.mode == Gathering.Mode.ONLINE:
        gathering.online_capacity = series.capacity
    lines = lines_for(series)
    gathering.begin_at(starts_at or coming_starts(series, 1)[0])
    gathering.ends_at = agenda.end_of(gathering.starts_at, lines)
    gathering.save()
    agenda.write(gathering, lines)
    gathering.hosts.set(last.hosts.all() if last else [by])
    if not can_host(by, gathering):
        gathering.hosts.add(by)
    journal.record("gathering.drafted", gathering, by=by)
    return gathering


@transaction.atomic
def draft_year(series: Series, *, by: Person) -> list[Gathering]:
    """Draft every date within a year from now that is not drafted yet, soonest first."""
    if not can_draft(by, series.circle):
        raise PermissionDenied
    series = lock(series)
    _refuse_floating(series)
    ahead = [start for start in coming_starts(series, A_YEAR_OF) if start < now() + YEAR]
    if not ahead:
        raise Refusal(_("The year ahead is drafted already."))
    return [draft(series, by=by, starts_at=start) for start in ahead]


def lines_for(series: Series) -> list[agenda.Line]:
    """The run of the day that a gathering of the series begins with, in the circle's language."""
    if series.saved_agenda:
        return saved_agendas.lines_of(series.saved_agenda)
    return [
        agenda.Line(
            line.kind,
            series_templates.said(line.titles, series.circle.language),
            line.minutes,
            confidentiality=line.confidentiality,
        )
        for line in series_templates.get(series.template).lines
    ]


def mode_of(series: Series) -> str:
    return series.saved_agenda.mode if series.saved_agenda else series_templates.get(series.template).mode


def next_start(series: Series) -> datetime | None:
    """When the series meets next, in its circle's zone; None for one that floats."""
    return next(iter(coming_starts(series, 1)), None)


def coming_starts(series: Series, count: int = PLANNED) -> list[datetime]:
    """The next dates that are not drafted yet: after its latest gathering, never in the past; none for one that floats."""
    last = None if series.is_floating() else _last_of(series)
    return _starts_after(last.starts_at if last else None, series, count)


def next_starts_in(circle: Circle) -> list[tuple[Series, datetime | None]]:
    """Each series of a circle with when it meets next; one query for all."""
    standing = ~Q(gatherings__state=Gathering.State.CANCELLED)
    series = circle.series.annotate(met_last_at=Max("gatherings__starts_at", filter=standing)).order_by(
        "name", "pk"
    )
    return [(one, next(iter(_starts_after(one.met_last_at, one, 1)), None)) for one in series]


def _starts_after(met_last_at: datetime | None, series: Series, count: int) -> list[datetime]:
    if series.is_floating():
        return []
    zone = ZoneInfo(series.circle.time_zone)
    rule: dict[str, Any] = {
        "cadence": series.cadence,
        "weekday": series.weekday,
        "week_of_month": series.week_of_month,
    }
    today = now().astimezone(zone).date()
    if met_last_at is None:
        day = cadence.first_date(today + cadence.FORTNIGHT, **rule)
    else:
        day = cadence.next_date(met_last_at.astimezone(zone).date(), **rule)
        while day <= today:
            day = cadence.next_date(day, **rule)
    days = [day]
    while len(days) < count:
        days.append(cadence.next_date(days[-1], **rule))
    return [cadence.at(day, series.starts_at_time, zone) for day in days]


def lock(series: Series) -> Series:
    """The row as it is now, held until the act is done."""
    locked = Series.objects.select_for_update(of=("self",), no_key=True)
    return locked.select_related("circle", "saved_agenda").get(pk=series.pk)


def _refuse_floating(series: Series) -> None:
    if series.is_floating():
        raise Refusal(_("This series has no fixed day. Ask which day suits, or type a date."))


def _last_of(series: Series) -> Gathering | None:
    return series.gatherings.exclude(state=Gathering.State.CANCELLED).order_by("-starts_at").first()

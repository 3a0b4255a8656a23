"""Planning: a series is set up, gatherings are drafted from it, edited, published, cancelled.

Two organisers may work on the same gathering: each save says which version it
was made from, and one made from an older version is refused with nothing lost.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles.models import Circle
from peerhood.circles.permissions import can_organise
from peerhood.gatherings import agenda, cadence, rsvp, series_templates
from peerhood.gatherings.agenda import set_agenda as set_agenda
from peerhood.gatherings.models import Gathering, Rsvp, Series
from peerhood.gatherings.permissions import can_draft, can_host
from peerhood.notices import sending
from peerhood.people.models import Person
from peerhood.platform import stamps
from peerhood.platform.refusals import Refusal

# Whoever has a seat hears of a change to these.
WHEN_AND_WHERE = {"starts_at", "mode", "place_name", "address", "online_url"}
EDITABLE = {"title", "words", "directions", "capacity", *WHEN_AND_WHERE}


class Conflict(Refusal):
    """Somebody else saved first; ``gathering`` is what they saved."""

    def __init__(self, gathering: Gathering) -> None:
        super().__init__(_("Somebody else changed this gathering while you were writing."))
        self.gathering = gathering


@transaction.atomic
def schedule(circle: Circle, *, by: Person, template: str, **fields: Any) -> Series:
    """Set up a series: a template of the day, and how often the circle meets."""
    if not can_organise(by, circle):
        raise PermissionDenied
    name = fields.pop("name", "") or series_templates.said(
        series_templates.get(template).names, circle.language
    )
    series = Series.objects.create(circle=circle, template=template, name=name, **fields)
    journal.record("series.scheduled", series, by=by)
    return series


@transaction.atomic
def draft(series: Series, *, by: Person, starts_at: datetime | None = None, title: str = "") -> Gathering:
    """Draft the series' next gathering: next date, agenda of the template, hosts of the last one."""
    circle = series.circle
    if not can_draft(by, circle):
        raise PermissionDenied
    # Two drafts asked for at the same moment get two dates.
    Series.objects.select_for_update(no_key=True).get(pk=series.pk)
    template = series_templates.get(series.template)
    last = _last_of(series)
    gathering = Gathering(
        circle=circle,
        series=series,
        title=title or series.name,
        mode=template.mode,
        starts_at=starts_at or next_start(series),
        time_zone=circle.time_zone,
        place_name=series.place_name,
        address=series.address,
        directions=last.directions if last else "",
        capacity=series.capacity,
    )
    lines = [
        agenda.Line(
            line.kind,
            series_templates.said(line.titles, circle.language),
            line.minutes,
            confidentiality=line.confidentiality,
        )
        for line in template.lines
    ]
    gathering.ends_at = agenda.end_of(gathering.starts_at, lines)
    gathering.save()
    agenda.write(gathering, lines)
    gathering.hosts.set(last.hosts.all() if last else [by])
    if not can_host(by, gathering):
        gathering.hosts.add(by)
    journal.record("gathering.drafted", gathering, by=by)
    return gathering


def next_start(series: Series) -> datetime:
    """When the series meets next: after its latest gathering, and never in the past."""
    last = _last_of(series)
    zone = ZoneInfo(series.circle.time_zone)
    rule: dict[str, Any] = {
        "cadence": series.cadence,
        "weekday": series.weekday,
        "week_of_month": series.week_of_month,
    }
    today = now().astimezone(zone).date()
    if last is None:
        # A fortnight is what it takes to invite people.
        day = cadence.first_date(today + cadence.FORTNIGHT, **rule)
    else:
        day = cadence.next_date(last.starts_at.astimezone(zone).date(), **rule)
        while day <= today:
            day = cadence.next_date(day, **rule)
    return cadence.at(day, series.starts_at_time, zone)


def _last_of(series: Series) -> Gathering | None:
    return series.gatherings.exclude(state=Gathering.State.CANCELLED).order_by("-starts_at").first()


@transaction.atomic
def edit(
    gathering: Gathering,
    *,
    by: Person,
    version: int,
    lines: Sequence[agenda.Line] | None = None,
    hosts: Iterable[Person] | None = None,
    **fields: Any,
) -> Gathering:
    """Change a gathering, unless somebody else has since ``version`` was read.

    A new start moves the end along; a new capacity seats the line; whoever has a
    seat hears of another time or place.
    """
    if unknown := fields.keys() - EDITABLE:
        raise TypeError(f"A gathering has no {sorted(unknown)} to edit.")
    gathering = _locked_for(by, gathering)
    if gathering.version != version:
        raise Conflict(gathering)
    if gathering.is_cancelled():
        raise Refusal(_("This gathering was cancelled."))
    changed = {name for name, value in fields.items() if getattr(gathering, name) != value}
    _apply(gathering, {name: fields[name] for name in changed - {"capacity"}}, lines)
    if hosts is not None:
        gathering.hosts.set(hosts)
    journal.record("gathering.edited", gathering, by=by, changed=sorted(changed))
    if gathering.takes_answers() and changed & WHEN_AND_WHERE:
        _tell(gathering, gathering.rsvps.going(), "gatherings/changed")
    if "capacity" in changed:
        gathering = rsvp.resize(gathering, fields["capacity"], by=by)
    stamps.bump("calendars", "gatherings", f"gatherings/{gathering.pk}")
    return gathering


def _apply(gathering: Gathering, fields: dict[str, Any], lines: Sequence[agenda.Line] | None) -> None:
    length = gathering.length
    for name, value in fields.items():
        setattr(gathering, name, value)
    gathering.ends_at = gathering.starts_at + length
    if lines is not None and lines != agenda.lines_of(gathering):
        agenda.write(gathering, lines)
    gathering.count_change()
    gathering.save(update_fields=[*fields, "ends_at", "version", "changed_at"])


@transaction.atomic
def publish(gathering: Gathering, *, by: Person, anyway: bool = False) -> Gathering:
    """Announce a draft. One that the agenda's warnings speak against needs ``anyway``."""
    gathering = _locked_for(by, gathering)
    if not gathering.is_draft():
        return gathering
    if gathering.is_over():
        raise Refusal(_("Its day has passed. Choose another one, then publish."))
    if not anyway and (said := agenda.warnings(gathering)):
        raise Refusal(" ".join([*said, _("Tick “publish anyway” if it is meant to be so.")]))
    gathering.state, gathering.published_at = Gathering.State.PUBLISHED, now()
    gathering.count_change()
    gathering.save(update_fields=["state", "published_at", "version", "changed_at"])
    journal.record("gathering.published", gathering, by=by, anyway=anyway)
    stamps.bump("calendars", "gatherings", f"gatherings/{gathering.pk}")
    return gathering


@transaction.atomic
def cancel(gathering: Gathering, *, by: Person) -> Gathering:
    """Call a gathering off and write to everybody who held a place; a draft just goes away."""
    gathering = _locked_for(by, gathering)
    if gathering.is_cancelled():
        return gathering
    if gathering.is_over():
        raise Refusal(_("This gathering has taken place; it cannot be cancelled any more."))
    _tell(gathering, gathering.rsvps.held(), "gatherings/cancelled")
    gathering.rsvps.held().update(status=Rsvp.Status.CANCELLED)
    gathering.state, gathering.going_count, gathering.waiting_count = Gathering.State.CANCELLED, 0, 0
    gathering.count_change()
    gathering.save(update_fields=["state", "going_count", "waiting_count", "version", "changed_at"])
    journal.record("gathering.cancelled", gathering, by=by)
    stamps.bump("calendars", "gatherings", f"gatherings/{gathering.pk}")
    return gathering


def _locked_for(by: Person, gathering: Gathering) -> Gathering:
    """The row as it is now, held until the act is done, for somebody who may change it."""
    locked = Gathering.objects.select_for_update(of=("self",)).select_related("circle")
    gathering = locked.get(pk=gathering.pk)
    if not can_host(by, gathering):
        raise PermissionDenied
    return gathering


def _tell(gathering: Gathering, rsvps: Any, kind: str) -> None:
    for held in rsvps.select_related("person"):
        key = f"{kind}/{gathering.pk}/{gathering.version}/{held.person_id}"
        sending.send(held.person, kind, key=key, gathering=gathering, rsvp=held)

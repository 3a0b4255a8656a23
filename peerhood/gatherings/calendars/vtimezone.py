"""Time zones as calendars understand them: a VTIMEZONE with a rule for summer time.

Outlook reads rules (RRULE) and no lists of dates (RDATE), so the zone's own rule is
taken from the last line of its TZif file, a POSIX TZ string such as
``CET-1CEST,M3.5.0,M10.5.0/3`` (RFC 9636, section 3.3): it names the last Sunday in March.
"""

import re
import zoneinfo
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

NAME = r"(?:<([^>]+)>|([A-Za-z]+))"
OFFSET = r"([+-]?\d+(?::\d+){0,2})"
CHANGE = r",M(\d+)\.(\d)\.(\d)(?:/([+-]?\d+(?::\d+){0,2}))?"
STEADY = re.compile(rf"{NAME}{OFFSET}")
SUMMERY = re.compile(rf"{NAME}{OFFSET}{NAME}{OFFSET}?{CHANGE}{CHANGE}")
HOUR = timedelta(hours=1)
WEEKDAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
# Any year before the first gathering will do: the rule goes on from there.
FIRST_YEAR = 2020
FIRST_DAY = date(FIRST_YEAR, 1, 1)


@cache
def vtimezone(key: str) -> Timezone:
    """The VTIMEZONE of an IANA zone such as "Europe/Stockholm"."""
    rule = posix_rule(key)
    if found := STEADY.fullmatch(rule):
        return _steady(key, found)
    if (found := SUMMERY.fullmatch(rule)) and all(_is_same_day(clock) for clock in found.group(10, 14)):
        return _summery(key, found)
    # A rule no RRULE can say (a change at 24:00 or before midnight): a list of dates is better than nothing.
    return Timezone.from_tzid(key, first_date=FIRST_DAY, last_date=date(2038, 1, 1))


def posix_rule(key: str) -> str:
    """The zone's rule from its TZif file, where the system keeps it or the tzdata package does."""
    places = [Path(folder, key) for folder in zoneinfo.TZPATH]
    path = next((place for place in places if place.is_file()), None)
    content = path.read_bytes() if path else files("tzdata.zoneinfo").joinpath(*key.split("/")).read_bytes()
    return content.rsplit(b"\n", 2)[-2].decode("ascii")


def _steady(key: str, found: re.Match) -> Timezone:
    zone, offset = _named(key), _east(found[3])
    zone.add_component(
        _period(TimezoneStandard(), found[1] or found[2], offset, offset, datetime.combine(FIRST_DAY, time()))
    )
    return zone


def _summery(key: str, found: re.Match) -> Timezone:
    standard = _east(found[3])
    summer = _east(found[6]) if found[6] else standard + HOUR
    zone = _named(key)
    for part, name, before, after, change in (
        (TimezoneDaylight(), found[4] or found[5], standard, summer, found.group(7, 8, 9, 10)),
        (TimezoneStandard(), found[1] or found[2], summer, standard, found.group(11, 12, 13, 14)),
    ):
        month, week, weekday = (int(number) for number in change[:3])
        first = datetime.combine(_day(month, week, weekday), _clock(change[3]))
        period = _period(part, name, before, after, first)
        nth = f"{-1 if week == 5 else week}{WEEKDAYS[weekday]}"
        period.add("rrule", vRecur(FREQ="YEARLY", BYMONTH=month, BYDAY=nth))
        zone.add_component(period)
    return zone


def _named(key: str) -> Timezone:
    zone = Timezone()
    zone.add("tzid", key)
    return zone


def _period(part, name: str, before: timedelta, after: timedelta, first: datetime):
    # DTSTART is the wall clock just before the change, as RFC 5545 wants it.
    part.add("dtstart", first)
    part.add("tzname", name)
    part.add("tzoffsetfrom", before)
    part.add("tzoffsetto", after)
    return part


def _east(offset: str) -> timedelta:
    """POSIX counts hours west of Greenwich: ``-1`` and ``-05:30`` lie east."""
    sign = 1 if offset.startswith("-") else -1
    hours, minutes, seconds = ([int(part) for part in offset.lstrip("+-").split(":")] + [0, 0])[:3]
    return sign * timedelta(hours=hours, minutes=minutes, seconds=seconds)


def _is_same_day(clock: str | None) -> bool:
    return clock is None or (not clock.startswith("-") and int(clock.split(":")[0]) < 24)


def _clock(clock: str | None) -> time:
    hour, minute = ([int(part) for part in clock.split(":")] + [0])[:2] if clock else (2, 0)
    return time(hour, minute)


def _day(month: int, week: int, weekday: int) -> date:
    """The nth such weekday (0 is Sunday, as POSIX counts); 5 is the last one."""
    monday_first = (weekday - 1) % 7
    first = date(FIRST_YEAR, month, 1)
    day = first + timedelta(days=(monday_first - first.weekday()) % 7, weeks=week - 1)
    return (
        day
        if day.month == month and day.day <= monthrange(FIRST_YEAR, month)[1]
        else day - timedelta(weeks=1)
    )

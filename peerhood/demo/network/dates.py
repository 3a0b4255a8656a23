"""Dates: when each circle has met and when it meets next, reckoned from today.

A series keeps its cadence; one that meets every quarter has moved its July to August.
The open evening is to be tried at once: it takes place
today when there is time to get ready for it, else tomorrow, and its series meets on
that weekday of the month.
"""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from peerhood.gatherings.series.cadence import LAST_WEEK, MONTHS_BETWEEN, first_date, nth_weekday

LAST_HOUR_TO_GET_READY = 16
JULY, AUGUST = 7, 8
# Days on which nobody comes to work, by month and day; whoever would meet then meets a week later.
HOLIDAYS = {(1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31)}


def rule(told: dict[str, Any], at: datetime, time_zone: str) -> tuple[int, int]:
    """The weekday (0 is Monday) and the week of the month a series meets in."""
    if "weekday" in told:
        return told["weekday"], told["week_of_month"]
    day = evening(at, time_zone)
    return day.weekday(), min(LAST_WEEK, (day.day - 1) // 7 + 1)


def evening(at: datetime, time_zone: str) -> date:
    """Tonight, or tomorrow when the day is too old.

    >>> from datetime import UTC
    >>> evening(datetime(2026, 11, 22, 15, 59, tzinfo=UTC), "Europe/London")
    datetime.date(2026, 11, 22)
    >>> evening(datetime(2026, 11, 22, 16, 0, tzinfo=UTC), "Europe/London")
    datetime.date(2026, 11, 23)
    """
    local = at.astimezone(ZoneInfo(time_zone))
    return local.date() + timedelta(days=local.hour >= LAST_HOUR_TO_GET_READY)


def meeting_days(told: dict[str, Any], at: datetime, time_zone: str) -> list[date]:
    """The days of the past gatherings, oldest first, and the next one last."""
    weekday, week = rule(told, at, time_zone)
    if "days_ahead" in told:
        soonest = at.astimezone(ZoneInfo(time_zone)).date() + timedelta(days=told["days_ahead"])
        coming = _at_work(first_date(soonest, cadence=told["cadence"], weekday=weekday, week_of_month=week))
    else:
        coming = evening(at, time_zone)
    step = MONTHS_BETWEEN[told["cadence"]]
    months = coming.year * 12 + coming.month - 1
    past = [
        _in_month(months - step * back, weekday, week, rests_in_july=step > 1)
        for back in range(told["past_count"] + 1, 0, -1)
    ]
    # On the very day of a gathering it is not over yet: that one is left out.
    today = at.astimezone(ZoneInfo(time_zone)).date()
    return [*[day for day in past if day < today][-told["past_count"] :], coming]


def _in_month(months: int, weekday: int, week: int, *, rests_in_july: bool) -> date:
    year, month = months // 12, months % 12 + 1
    if month == JULY and rests_in_july:
        month = AUGUST
    return _at_work(nth_weekday(year, month, weekday, week))


def _at_work(day: date) -> date:
    while (day.month, day.day) in HOLIDAYS:
        day += timedelta(weeks=1)
    return day

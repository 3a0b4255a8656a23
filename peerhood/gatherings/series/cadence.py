"""Cadence: on which day a series meets next.

A series meets on the nth weekday of a month, or the last one, every month or every
third; one that meets every six weeks keeps its weekday and counts 42 days. The hour
is the clock on the wall: it stays when summer time comes and goes.
"""

from calendar import monthrange
from datetime import date, datetime, time, timedelta, tzinfo

LAST_WEEK = 5
MONTHS_BETWEEN = {"monthly": 1, "quarterly": 3}
SIX_WEEKS = timedelta(weeks=6)
FORTNIGHT = timedelta(weeks=2)


def next_date(after: date, *, cadence: str, weekday: int, week_of_month: int) -> date:
    """Return the day a series meets next, having met on ``after``.

    Args:
        cadence: "monthly", "six-weekly" or "quarterly".
        weekday: 0 is Monday.
        week_of_month: 1 to 4 for the nth such weekday, 5 for the last; six weeks ignore it.

    >>> next_date(date(2026, 10, 15), cadence="quarterly", weekday=3, week_of_month=3)
    datetime.date(2027, 1, 21)
    """
    if cadence == "six-weekly":
        day = after + SIX_WEEKS
        # A gathering that was moved to another day does not move the series.
        return day + timedelta(days=(weekday - day.weekday() + 3) % 7 - 3)
    months = after.year * 12 + after.month - 1 + MONTHS_BETWEEN[cadence]
    return nth_weekday(months // 12, months % 12 + 1, weekday, week_of_month)


def first_date(not_before: date, *, cadence: str, weekday: int, week_of_month: int) -> date:
    """Return the first day a new series can meet.

    >>> first_date(date(2026, 10, 16), cadence="quarterly", weekday=3, week_of_month=3)
    datetime.date(2026, 11, 19)
    """
    if cadence == "six-weekly":
        return on_or_after(not_before, weekday)
    day = nth_weekday(not_before.year, not_before.month, weekday, week_of_month)
    if day >= not_before:
        return day
    return next_date(day, cadence="monthly", weekday=weekday, week_of_month=week_of_month)


def nth_weekday(year: int, month: int, weekday: int, week: int) -> date:
    """Return the nth such weekday of a month; 5 is the last one, be it the fourth or the fifth.

    >>> nth_weekday(2026, 10, 3, LAST_WEEK), nth_weekday(2027, 2, 0, 1)
    (datetime.date(2026, 10, 29), datetime.date(2027, 2, 1))
    """
    if week == LAST_WEEK:
        last = date(year, month, monthrange(year, month)[1])
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7, weeks=week - 1)


def on_or_after(day: date, weekday: int) -> date:
    """Return the first such weekday from that day on.

    >>> on_or_after(date(2026, 10, 16), 3)
    datetime.date(2026, 10, 22)
    """
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def weekly(first: date, count: int) -> list[date]:
    """Return so many days, a week apart."""
    return [first + timedelta(weeks=week) for week in range(count)]


def week_of(day: date) -> int:
    """Return which such weekday of its month a day is: 1 to 4, or 5 for a fifth, which is always the last.

    >>> week_of(date(2026, 10, 15)), week_of(date(2026, 10, 29))
    (3, 5)
    """
    return (day.day - 1) // 7 + 1


def at(day: date, clock: time, zone: tzinfo) -> datetime:
    """That time on that day as the wall clock there shows it."""
    return datetime.combine(day, clock, tzinfo=zone)

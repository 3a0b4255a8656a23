"""Dates and times in words, in the reader's language and the active time zone."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime, now

# Day before month reads naturally in every language we ship, so no language needs its own.
DAY = "l j F"
DAY_WITH_YEAR = "l j F Y"
CLOCK = "H:i"


def span(starts_at: datetime, ends_at: datetime | None = None) -> str:
    """Say when something happens: "Thursday 21 January, 13:00–17:00"; the year as well, unless it is this."""
    starts = localtime(starts_at)
    said = f"{_day(starts)}, {date_format(starts, CLOCK)}"
    if ends_at is None:
        return said
    ends = localtime(ends_at)
    if starts.date() == ends.date():
        return f"{said}–{date_format(ends, CLOCK)}"
    return f"{said} – {_day(ends)}, {date_format(ends, CLOCK)}"


def _day(moment: datetime) -> str:
    return date_format(moment, DAY if moment.year == localtime(now()).year else DAY_WITH_YEAR)


def clock(seconds: int) -> str:
    """Say a length of time as a clock shows it.

    >>> clock(161), clock(3), clock(-5)
    ('2:41', '0:03', '0:00')
    """
    minutes, rest = divmod(max(0, int(seconds)), 60)
    return f"{minutes}:{rest:02}"

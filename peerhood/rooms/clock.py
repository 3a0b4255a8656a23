"""The room's clock, as arithmetic: moments in, seconds out. The server's moments, never a phone's.

A phone shows the clock by three facts from the server: when the item ends, what the
server's time was when it said so, and whether time stands still. How wrong the phone's
own clock is does not matter; it only counts the seconds since it was told.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Visit:
    """A stretch of time the room spent on one item."""

    item: int
    started_at: datetime
    left_at: datetime


@dataclass(frozen=True)
class Face:
    """What a screen is told about the clock; lengths in whole seconds."""

    ends_at: datetime
    server_now: datetime
    total: int
    left: int
    paused: bool


def face(ends_at: datetime, at: datetime, length: timedelta, paused_at: datetime | None = None) -> Face:
    """The clock as it is to be shown at ``at``; it never shows less than nothing."""
    left = max(0, round(seconds_left(ends_at, at, paused_at)))
    return Face(ends_at, at, max(left, round(length.total_seconds())), left, paused_at is not None)


def seconds_left(ends_at: datetime, at: datetime, paused_at: datetime | None = None) -> float:
    """Seconds until ``ends_at``; below zero when time is up, unchanging while paused.

    >>> noon = datetime(2027, 1, 21, 12)
    >>> seconds_left(noon, noon - timedelta(seconds=90))
    90.0
    >>> seconds_left(noon, noon + timedelta(hours=1), paused_at=noon - timedelta(seconds=90))
    90.0
    """
    return (ends_at - (paused_at or at)).total_seconds()


def resumed(ends_at: datetime, paused_at: datetime, at: datetime) -> datetime:
    """When the item ends once time runs again: later by as long as it stood still."""
    return ends_at + (at - paused_at)


def extended(ends_at: datetime, at: datetime, by: timedelta, paused_at: datetime | None = None) -> datetime:
    """A later end. When time is already up, the extra time counts from now, or nobody would notice it.

    >>> noon = datetime(2027, 1, 21, 12)
    >>> extended(noon, noon + timedelta(minutes=3), timedelta(minutes=1)) - noon
    datetime.timedelta(seconds=240)
    """
    return max(ends_at, paused_at or at) + by


def minutes_spent(visits: Iterable[Visit]) -> dict[int, int]:
    """Whole minutes each item really took, pauses and returns to it included.

    >>> noon = datetime(2027, 1, 21, 12)
    >>> minutes_spent([Visit(1, noon, noon + timedelta(seconds=100)), Visit(2, noon, noon)])
    {1: 2, 2: 0}
    """
    spent: dict[int, timedelta] = {}
    for visit in visits:
        spent[visit.item] = spent.get(visit.item, timedelta()) + (visit.left_at - visit.started_at)
    return {item: round(length / timedelta(minutes=1)) for item, length in spent.items()}


def expected_end(at: datetime, seconds_left: float, coming: Iterable[timedelta]) -> datetime:
    """When the agenda ends if everything still to come takes as long as planned."""
    return at + timedelta(seconds=max(0, seconds_left)) + sum(coming, timedelta())

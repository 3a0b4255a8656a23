"""Quiet hours: at night, on the reader's own clock, no mail comes that could as well come in the morning.

Codes, and answers to what somebody just did, come at once; so does news of something that begins within
a day. Everything else that is optional, and the daily mail, waits from nine in the evening until seven,
unless the reader chose other hours, or none. The worker asks when it would send, so a mail that was put
off by a failure does not come at night either.
"""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now

from peerhood.notices.models import Mail, QuietHours
from peerhood.platform import presence

BEGIN, END = time(21), time(7)
DAY = timedelta(days=1)
MORNING = time(7)


def resumes_at(person: Any, at: datetime) -> datetime:
    """The first moment from then on that is not quiet: ``at`` itself by day, else the coming end of the night."""
    begins, ends = hours_of(person)
    local = at.astimezone(zone_of(person))
    if not _is_within(local.time(), begins, ends):
        return at
    for day in (local.date(), local.date() + DAY):
        # Compared in UTC: within a zone Python compares what the clocks show, and they go back once a year.
        end = datetime.combine(day, ends, tzinfo=local.tzinfo).astimezone(UTC)
        if end > at:
            return end
    return at


def hours_of(person: Any) -> tuple[time, time]:
    chosen = QuietHours.objects.filter(person=person).first()
    return (chosen.begins, chosen.ends) if chosen else (BEGIN, END)


def morning_before(person: Any, at: datetime) -> datetime:
    """The reader's latest morning: seven on their clock, or later where their quiet hours end later."""
    zone = zone_of(person)
    today = at.astimezone(zone).date()
    sevens = (datetime.combine(today - DAY * back, MORNING, tzinfo=zone).astimezone(UTC) for back in range(3))
    mornings = (resumes_at(person, seven) for seven in sevens)
    return next(morning for morning in mornings if morning <= at)


def zone_of(person: Any) -> ZoneInfo:
    return ZoneInfo(person.time_zone or settings.TIME_ZONE)


def _is_within(clock: time, begins: time, ends: time) -> bool:
    """
    >>> [_is_within(time(hour), time(21), time(7)) for hour in (20, 21, 6, 7)]
    [False, True, True, False]
    >>> _is_within(time(9), time(0), time(0))
    False
    """
    if begins <= ends:
        return begins <= clock < ends
    return clock >= begins or clock < ends


def held_until(mail: Mail) -> datetime | None:
    """Until when a mail that is due keeps still; None when it may go."""
    if not mail.can_wait or mail.person is None:
        return None
    resumes = resumes_at(mail.person, now())
    return resumes if resumes > now() else None


def let_go_before(mail: Mail) -> None:
    """A mail that cannot wait takes along what waits before it in its thread, for they keep their order."""
    if mail.thread and not mail.can_wait:
        _waiting().filter(thread=mail.thread, pk__lt=mail.pk).update(can_wait=False, next_try_at=now())


@transaction.atomic
def choose(person: Any, begins: time, ends: time) -> None:
    """Keep these hours quiet from now on; the same hour twice: none. What waits is looked at anew."""
    presence.hold(person)
    QuietHours.objects.update_or_create(person=person, defaults={"begins": begins, "ends": ends})
    _waiting().filter(person=person).update(next_try_at=now())


def _waiting() -> Any:
    # One that was tried and failed keeps its own wait.
    return Mail.objects.filter(state=Mail.State.QUEUED, can_wait=True, tries_count=0)

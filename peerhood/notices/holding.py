"""Holding: whether a mail that is written now leaves at once, may wait for the morning, or for the daily mail."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import now

from peerhood.notices import choices, quiet_hours
from peerhood.notices.models import Mail

DAY = timedelta(days=1)
# News of what begins within a day comes at once; a reminder waits if this much is left when it comes.
NEAR, SPARE = DAY, timedelta(hours=3)


def fields_for(person: Any, kind: str, context: dict[str, Any]) -> dict[str, Any]:
    """The fields of a new mail that say so. No query for codes and answers."""
    if person is None:
        return {}
    begins_at = _begin_of(context)
    if kind in choices.ABOUT_A_DATE:
        return {"can_wait": begins_at is not None and begins_at - now() > NEAR}
    if not choices.list_of(kind):
        return {}
    if choices.OPTIONAL.get(kind) in choices.together_for(person) and _is_in_time(
        quiet_hours.morning_before(person, now()) + DAY, begins_at
    ):
        return {"can_wait": True, "state": Mail.State.TOGETHER}
    return {"can_wait": _is_in_time(quiet_hours.resumes_at(person, now()), begins_at)}


def _begin_of(context: dict[str, Any]) -> datetime | None:
    """When what a mail is about begins, as far as it says."""
    return getattr(context.get("gathering"), "starts_at", None)


def _is_in_time(comes_at: datetime, begins_at: datetime | None) -> bool:
    """Does it come soon enough before what it is about? What has begun, or has no hour, is not pressed for time."""
    return begins_at is None or begins_at < now() or comes_at <= begins_at - SPARE

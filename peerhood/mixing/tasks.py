"""The worker looks for better tables, and forgets what it must not keep."""

from django.utils.timezone import now
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from peerhood.mixing import improving, remembering
from peerhood.mixing.models import Search


@db_task()
def improve_plan(search_id: int) -> None:
    improving.improve(search_id)


@db_periodic_task(crontab(minute="23"))
def forget_what_a_crash_left() -> None:
    """A search nobody waits for any more is over; nothing it found is stored behind anybody's back."""
    left = Search.objects.filter(state__in=Search.LIVE, moved_at__lt=now() - Search.SILENT_AFTER)
    left.update(state=Search.State.DROPPED, found=None)


@db_periodic_task(crontab(minute="29", hour="3"))
def forget_old_ties() -> None:
    remembering.forget_old()

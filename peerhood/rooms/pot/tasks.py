"""The worker pours out pots in time, and what a crash left."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from peerhood.rooms.pot import pouring


@db_task()
def pour_pots() -> None:
    """Asked for when the grace of a pot is over."""
    pouring.pour_due()


@db_periodic_task(crontab(minute="*"))
def pour_what_was_left() -> None:
    pouring.pour_due()

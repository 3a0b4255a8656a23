"""The worker stops rooms in time."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from peerhood.rooms.forum import hard_stop


@db_task()
def stop_rooms() -> None:
    """Asked for when an item's time will be up."""
    hard_stop.stop_due()


@db_periodic_task(crontab(minute="*"))
def stop_what_was_left() -> None:
    hard_stop.stop_due()

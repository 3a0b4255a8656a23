"""What the worker does for stories: those whose time has come are told of."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from peerhood.stories import publishing


@db_periodic_task(crontab(minute="*"))
def publish_what_is_due() -> None:
    publishing.announce_all_due()

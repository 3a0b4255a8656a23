"""What the worker does for stories: the mail of the month."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from peerhood.stories import month


@db_periodic_task(crontab(minute="43"))
def write_the_month() -> None:
    month.send_all_due()

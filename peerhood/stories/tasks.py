"""What the worker does for stories: the mail of the month, and the ends of threads."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from peerhood.stories import month
from peerhood.stories.threads import ending


@db_periodic_task(crontab(minute="43"))
def write_the_month() -> None:
    month.send_all_due()


@db_periodic_task(crontab(minute="*/10"))
def end_threads() -> None:
    ending.forget_old_moans()
    ending.tell_all_due()

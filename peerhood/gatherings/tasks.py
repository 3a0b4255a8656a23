"""The worker sees to it that nobody comes for the first time without a name to ask for."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from peerhood.gatherings import greeting


@db_periodic_task(crontab(minute="*/10"))
def name_greeters() -> None:
    greeting.name_all_due()

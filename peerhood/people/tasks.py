"""The worker forgets whoever never confirmed."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from peerhood.people import arrival


@db_periodic_task(crontab(minute="17"))
def forget_the_unconfirmed() -> None:
    arrival.forget_unconfirmed()

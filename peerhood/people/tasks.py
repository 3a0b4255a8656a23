"""The worker forgets whoever never confirmed, and keeps what is counted as the pack says."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from peerhood.people import arrival, traits


@db_periodic_task(crontab(minute="17"))
def forget_the_unconfirmed() -> None:
    arrival.forget_unconfirmed()


@db_periodic_task(crontab(minute="41", hour="2"))
def write_traits_again() -> None:
    traits.write_everybody()

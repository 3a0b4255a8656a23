"""The worker writes the index again each night, so that nothing missed stays missed."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from peerhood.search import indexing


@db_periodic_task(crontab(minute="11", hour="3"))
def write_everything_again() -> None:
    indexing.write_everything()

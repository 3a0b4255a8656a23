"""What the worker does for growth: figures of skills are reckoned, and who was going is forgotten."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from peerhood.growth.outside import going
from peerhood.growth.skills import figures


@db_periodic_task(crontab(minute="37", hour="3"))
def forget_who_was_going() -> None:
    going.forget_old()


@db_periodic_task(crontab(minute="53", hour="3"))
def reckon_figures_of_skills() -> None:
    figures.reckon_all()

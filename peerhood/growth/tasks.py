"""What the worker does for growth: last days are said, figures reckoned, and what has ended is forgotten."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from peerhood.growth.mentoring import keeping
from peerhood.growth.opportunities import open_to_talk, posting
from peerhood.growth.outside import going
from peerhood.growth.skills import figures


@db_periodic_task(crontab(minute="23"))
def mind_last_days() -> None:
    posting.remind_all_due()
    keeping.end_all_due()


@db_periodic_task(crontab(minute="37", hour="3"))
def forget_who_was_going() -> None:
    going.forget_old()


@db_periodic_task(crontab(minute="47", hour="3"))
def forget_who_was_open_to_talk() -> None:
    open_to_talk.forget_old()


@db_periodic_task(crontab(minute="53", hour="3"))
def reckon_figures_of_skills() -> None:
    figures.reckon_all()

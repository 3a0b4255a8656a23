"""What the worker does for connections: coffee rounds, asking whether people met, introductions that led nowhere,
and days to get back to somebody."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from peerhood.connections import reminding
from peerhood.connections.coffee import answering, following_up, pairing, rounds
from peerhood.connections.introductions import answering as introductions


@db_periodic_task(crontab(minute="*/10"))
def run_coffee_rounds() -> None:
    rounds.open_all_due()
    pairing.pair_all_due()


@db_periodic_task(crontab(minute="*/10"))
def ask_whether_they_met() -> None:
    answering.expire_all_due()
    following_up.ask_all_due()


@db_periodic_task(crontab(minute="13"))
def remind_of_follow_ups() -> None:
    reminding.remind_all_due()


@db_periodic_task(crontab(minute="*/10"))
def end_introductions() -> None:
    introductions.lapse_all_due()
    introductions.forget_old()

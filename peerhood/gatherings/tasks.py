"""What the worker does for gatherings: greeters, reminders, clocks, replies, and places that nobody took."""

import logging

from django.conf import settings
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from peerhood.gatherings import looking_back, polling, rsvp
from peerhood.gatherings.arriving import taps
from peerhood.gatherings.calendars import inbox
from peerhood.gatherings.coming import first_time, greeting, still_coming, wishes
from peerhood.gatherings.series import wall_clocks

logger = logging.getLogger(__name__)


@db_periodic_task(crontab(minute="*/10"))
def name_greeters() -> None:
    greeting.name_all_due()


@db_periodic_task(crontab(minute="*/10"))
def ask_who_still_comes() -> None:
    still_coming.ask_all_due()


@db_periodic_task(crontab(minute="*/10"))
def write_before_and_after() -> None:
    first_time.write_all_due()
    looking_back.thank_all_due()


@db_periodic_task(crontab(minute="*"))
def pass_on_what_nobody_took() -> None:
    rsvp.settle_all_due()


@db_periodic_task(crontab(minute="31", hour="3"))
def forget_what_somebody_ate() -> None:
    wishes.forget_old()


@db_periodic_task(crontab(minute="37", hour="3"))
def forget_taps_at_the_door() -> None:
    taps.forget_old()


@db_periodic_task(crontab(minute="7", hour="*"))
def remind_of_polls() -> None:
    polling.remind_all_due()


@db_periodic_task(crontab(minute="23", hour="3"))
def keep_wall_clocks() -> None:
    wall_clocks.keep()


@db_periodic_task(crontab(minute="*/5"))
def read_replies() -> None:
    """What calendar programs answered, where there is a mailbox for it."""
    if not settings.INBOUND_MAIL_URL:
        return
    try:
        inbox.read_mailbox(settings.INBOUND_MAIL_URL)
    except inbox.Unreadable as error:
        logger.warning("The inbound mailbox could not be read: %s", error)

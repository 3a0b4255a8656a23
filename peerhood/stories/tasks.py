"""What the worker does for stories: what is due is published, told, written or forgotten."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from peerhood.stories import month, publishing
from peerhood.stories.comments import forgetting
from peerhood.stories.pulses import telling
from peerhood.stories.threads import ending


@db_periodic_task(crontab(minute="*"))
def publish_what_is_due() -> None:
    publishing.announce_all_due()


@db_periodic_task(crontab(minute="43"))
def write_the_month() -> None:
    month.send_all_due()


@db_periodic_task(crontab(minute="*/10"))
def end_threads() -> None:
    ending.forget_old_moans()
    ending.tell_all_due()


@db_periodic_task(crontab(minute="*/10"))
def tell_pulses() -> None:
    telling.tell_all_due()


@db_periodic_task(crontab(minute="41", hour="3"))
def forget_comments_nobody_read() -> None:
    forgetting.forget_old()

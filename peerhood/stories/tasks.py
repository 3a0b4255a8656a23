"""What the worker does for stories: comments that nobody read are let go."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from peerhood.stories.comments import forgetting


@db_periodic_task(crontab(minute="41", hour="3"))
def forget_comments_nobody_read() -> None:
    forgetting.forget_old()

"""The worker adds long member lists, goes on where a crash left one, and forgets old previews."""

from datetime import timedelta

from django.utils.timezone import now
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from peerhood.circles import pausing, welcoming
from peerhood.circles.importing.adding import add_all_or_stop
from peerhood.circles.models import Import
from peerhood.circles.seeding import ending

LEFT_BEHIND_AFTER = timedelta(minutes=2)
# A preview holds other people's names and addresses: it is not kept for longer than a thought takes.
PREVIEW_KEPT_FOR = timedelta(days=7)


@db_task()
def add_members(import_id: int) -> None:
    add_all_or_stop(import_id)


@db_periodic_task(crontab(minute="*"))
def go_on_with_what_was_left() -> None:
    left = Import.objects.filter(state=Import.State.RUNNING, moved_at__lt=now() - LEFT_BEHIND_AFTER)
    for import_id in left.values_list("pk", flat=True):
        add_all_or_stop(import_id)


@db_periodic_task(crontab(minute="17", hour="3"))
def forget_old_previews() -> None:
    unconfirmed = Import.objects.filter(state__in=[Import.State.PREVIEW, Import.State.FAILED])
    unconfirmed.filter(created_at__lt=now() - PREVIEW_KEPT_FOR).delete()


@db_periodic_task(crontab(minute="7"))
def resume_those_due() -> None:
    pausing.resume_those_due()


@db_periodic_task(crontab(minute="23"))
def remind_greeters() -> None:
    welcoming.remind_greeters()


@db_periodic_task(crontab(minute="11"))
def tend_seeds() -> None:
    ending.remind_planters()
    ending.end_what_is_due()

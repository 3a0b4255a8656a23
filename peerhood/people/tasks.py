"""The worker forgets whoever never confirmed, keeps what is counted as the pack says, makes exports, and
sees that whoever was erased stays so."""

from datetime import timedelta

from django.utils.timezone import now
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task, on_startup

from peerhood.people import arrival, devices
from peerhood.people.models import Export, Person
from peerhood.people.own_data import erasing, exporting
from peerhood.people.seeing import traits

LEFT_BEHIND_AFTER = timedelta(minutes=2)
EXPORTS_KEPT_FOR = timedelta(days=7)
# Nothing that was on its way when somebody was erased arrives later than this.
ON_ITS_WAY_FOR = timedelta(minutes=10)


@db_periodic_task(crontab(minute="17"))
def forget_the_unconfirmed() -> None:
    arrival.forget_unconfirmed()


@db_periodic_task(crontab(minute="41", hour="2"))
def write_traits_again() -> None:
    traits.write_everybody()


@db_periodic_task(crontab(minute="29", hour="3"))
def forget_old_devices() -> None:
    devices.forget_old()


@db_task()
def make_export(export_id: int) -> None:
    exporting.make_or_stop(export_id)


@db_periodic_task(crontab(minute="*"))
def go_on_with_exports_left_behind() -> None:
    left = Export.objects.filter(state=Export.State.RUNNING, moved_at__lt=now() - LEFT_BEHIND_AFTER)
    for export_id in left.values_list("pk", flat=True):
        exporting.make_or_stop(export_id)


@db_periodic_task(crontab(minute="7"))
def forget_old_exports() -> None:
    Export.objects.filter(asked_at__lt=now() - EXPORTS_KEPT_FOR).delete()


@db_periodic_task(crontab(minute="*"))
def look_again_at_the_erased() -> None:
    lately = Person.objects.filter(erased_at__gt=now() - ON_ITS_WAY_FOR)
    erasing.look_again(list(lately.values_list("pk", flat=True)))


@on_startup()
def erase_again_after_a_restore() -> None:
    erasing.reapply()

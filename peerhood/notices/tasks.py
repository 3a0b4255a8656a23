"""The worker delivers the outbox, and says that it is alive."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task, on_startup

from peerhood.notices import delivery, digest, fleeting, forgetting
from peerhood.notices.models import Mail
from peerhood.platform import pulse


@db_task()
def deliver_mail(mail_id: int) -> None:
    mail = Mail.objects.filter(pk=mail_id).first()
    if mail:
        delivery.deliver(mail)


@db_periodic_task(crontab(minute="*"))
def deliver_what_is_due() -> None:
    delivery.deliver_due()


@db_periodic_task(crontab(minute="*/10"))
def write_daily_mails() -> None:
    digest.send_all_due()


@db_periodic_task(crontab(minute="23"))
def leave_no_trace() -> None:
    fleeting.leave_no_trace()


@db_periodic_task(crontab(minute="47", hour="3"))
def forget_old_mails() -> None:
    forgetting.forget_old()


@db_periodic_task(crontab(minute="*"))
def beat() -> None:
    pulse.beat("worker")


@on_startup()
def beat_first() -> None:
    pulse.beat("worker")

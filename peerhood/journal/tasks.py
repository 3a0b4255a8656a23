"""The worker tells what a crash left unheard."""

from datetime import timedelta

from django.utils.timezone import now
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from peerhood import journal
from peerhood.journal.models import Entry

# A web process tells its listeners within milliseconds; what is older was left by a crash.
LEFT_BEHIND_AFTER = timedelta(seconds=30)


@db_periodic_task(crontab(minute="*"))
def tell_what_was_left() -> None:
    for entry in Entry.objects.filter(heard_at=None, at__lt=now() - LEFT_BEHIND_AFTER)[:500]:
        journal.tell(entry)

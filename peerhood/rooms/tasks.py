"""The worker closes what was forgotten: a code must not open a door for ever."""

from datetime import timedelta

from django.utils.timezone import now
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from peerhood.rooms import running
from peerhood.rooms.models import Room

# Somebody stays on to talk; nobody stays until the next morning.
FORGOTTEN_AFTER = timedelta(hours=6)


@db_periodic_task(crontab(minute="17"))
def close_forgotten_rooms() -> None:
    for room in Room.objects.filter(closed_at=None, gathering__ends_at__lt=now() - FORGOTTEN_AFTER):
        running.close_forgotten(room)

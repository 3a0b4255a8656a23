"""The worker's pulse: written by a task every minute, read by /healthz."""

from datetime import timedelta

from django.utils.timezone import now

from peerhood.platform.models import Pulse

LATE_AFTER = timedelta(minutes=3)


def beat(name: str) -> None:
    Pulse.objects.update_or_create(name=name, defaults={"beat_at": now()})


def seconds_since(name: str) -> float | None:
    """Seconds since the last beat, or None when there never was one."""
    pulse = Pulse.objects.filter(name=name).first()
    return (now() - pulse.beat_at).total_seconds() if pulse else None

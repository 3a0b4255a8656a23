"""Reminding: on the day somebody noted to get back to one of their people, one mail in the morning of that day.

It says whom, and nothing of the note.
"""

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import now

from peerhood.connections.models import Note
from peerhood.notices import quiet_hours, sending

# A worker that stood still makes up for it; later than that, the page of the day is enough.
MADE_UP_FOR = timedelta(days=2)


def remind_all_due() -> None:
    """The worker comes by every hour, or twice at once: each day that was noted is said once."""
    today = now().date()
    around = (today - MADE_UP_FOR - timedelta(days=1), today + timedelta(days=1))
    notes = Note.objects.filter(follow_up_on__range=around, about__erased_at=None)
    for note in notes.select_related("owner", "about").order_by("pk"):
        here = now().astimezone(quiet_hours.zone_of(note.owner))
        days = [here.date() - timedelta(days=late) for late in range(MADE_UP_FOR.days + 1)]
        if note.follow_up_on in days and here.time() >= quiet_hours.MORNING:
            _remind(note)


@transaction.atomic
def _remind(note: Note) -> None:
    sending.send(
        note.owner,
        "connections/follow_up",
        key=f"connections/follow_up/{note.pk}/{note.follow_up_on}",
        other=note.about,
    )

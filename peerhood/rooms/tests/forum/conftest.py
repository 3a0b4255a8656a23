"""An evening that is agenda only: two topics, one led by a speaker, and a last word that is open. Ada runs it."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from peerhood.rooms import presence, running
from peerhood.rooms.forum import acknowledging
from peerhood.rooms.models import Room


@pytest.fixture
def evening(makers, ada, gathering):
    evening = gathering(makers, title="Evening")
    evening.hosts.add(ada)
    lines = [
        ("talk", "Risk registers", 20, "agenda-only", "Sixten Speaker"),
        ("exercise", "Reporting lines", 15, "agenda-only", "Lova Leader"),
        ("closing", "Last word", 5, "open", ""),
    ]
    for position, (kind, title, minutes, level, speaker) in enumerate(lines, start=1):
        evening.agenda.create(
            position=position,
            kind=kind,
            title=title,
            length_minutes=minutes,
            confidentiality=level,
            speaker=speaker,
        )
    return evening


@pytest.fixture
def room(evening, ada):
    return running.open_room(evening, by=ada)


@pytest.fixture
def phones(room, ben, chi):
    """Ben, Chi and a guest are in the room."""
    return [presence.recognise(room, token=presence.enter(room, who), person=who) for who in (ben, chi, None)]


@pytest.fixture
def waiting(room, phones, ada):
    """The room has come to its first topic, and nobody has acknowledged the reminder."""
    return running.start(room, by=ada)


@pytest.fixture
def opened(waiting, phones):
    """All three have acknowledged it."""
    for phone in phones:
        acknowledging.acknowledge(waiting, phone)
    return Room.objects.get(pk=waiting.pk)


@pytest.fixture
def run_out():
    """The time of the item is up since so many seconds: ``run_out(room)``."""

    def pass_time(room, seconds=1):
        room = Room.objects.get(pk=room.pk)
        by = room.item_ends_at - now() + timedelta(seconds=seconds)
        room.item_started_at -= by
        room.item_ends_at -= by
        room.save()
        return room

    return pass_time

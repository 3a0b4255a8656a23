"""The clock of a step: it starts with the step, and anew with each turn."""

from datetime import timedelta

from django.utils.timezone import now

from peerhood.rooms import clock
from peerhood.rooms.formats.recipe import Step
from peerhood.rooms.models import Room


def start(room: Room, step: Step) -> None:
    """Give the step, or the turn in it, its full length from now on."""
    room.place_started_at = now()
    room.place_ends_at = room.place_started_at + timedelta(seconds=step.seconds)
    room.paused_at = None


def run_on(room: Room) -> None:
    """Let time run again: the item and its step end later by as long as it stood still."""
    assert room.paused_at
    room.item_ends_at = clock.resumed(room.times()[1], room.paused_at, now())
    if room.place_ends_at:
        room.place_ends_at = clock.resumed(room.place_ends_at, room.paused_at, now())
    room.paused_at = None


def stand_at_nothing(room: Room) -> None:
    """There is nobody left to time."""
    room.place_started_at = room.place_ends_at = now()

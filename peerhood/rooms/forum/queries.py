"""What screens show of an item that is run as a forum. Counts, and no names."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.utils.timezone import now

from peerhood.rooms import clock
from peerhood.rooms.forum import holding
from peerhood.rooms.forum.acknowledging import missing_count
from peerhood.rooms.models import Participant, Room

# Everybody is told this many seconds before the end.
NOTICE = 120


@dataclass(frozen=True)
class Forum:
    room: Room
    face: clock.Face
    # Whether the phone that looks has not acknowledged the reminder.
    asks: bool
    is_waiting: bool
    is_stopped: bool
    is_over: bool
    notice: int = NOTICE

    @property
    def is_held(self) -> bool:
        return self.is_waiting or self.is_stopped or self.is_over

    @property
    def is_ending(self) -> bool:
        return not self.is_held and self.face.left <= NOTICE

    @cached_property
    def missing_count(self) -> int:
        return missing_count(self.room)

    @cached_property
    def acknowledged_count(self) -> int:
        return self.room.participants.filter(has_acknowledged=True).count()


def forum_of(room: Room, participant: Participant | None = None) -> Forum | None:
    """None outside of such an item."""
    if not room.item or not holding.in_forum(room):
        return None
    return Forum(
        room=room,
        face=clock.face(room.times()[1], now(), timedelta(minutes=room.item.length_minutes), room.paused_at),
        asks=participant is not None and not participant.has_acknowledged,
        is_waiting=holding.is_waiting(room),
        is_stopped=room.is_stopped,
        is_over=holding.is_over(room),
    )

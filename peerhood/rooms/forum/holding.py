"""Whether the room is in an item that is run as a forum, and what holds it there while its clock stands still."""

from django.utils.timezone import now

from peerhood.gatherings import confidentiality
from peerhood.gatherings.models import AgendaItem
from peerhood.rooms import clock
from peerhood.rooms.models import Room


def is_forum_item(item: AgendaItem) -> bool:
    return confidentiality.runs_as_forum(item.confidentiality)


def in_forum(room: Room) -> bool:
    return room.item is not None and is_forum_item(room.item)


def is_waiting(room: Room) -> bool:
    """The item is not open yet: the reminder has not been acknowledged by everybody."""
    return in_forum(room) and room.went_on_without is None


def is_over(room: Room) -> bool:
    """The item's time is up; one that waits or was stopped has time left."""
    return in_forum(room) and clock.seconds_left(room.times()[1], now(), room.paused_at) <= 0


def is_held(room: Room) -> bool:
    """No step, no turn and no time goes on."""
    return in_forum(room) and (is_waiting(room) or room.is_stopped or is_over(room))


def stand_still(room: Room) -> None:
    """After an undo, for an act that holds the room: what was over then is over still, and nobody is hurried on."""
    if is_over(room) and room.paused_at is None:
        room.paused_at = room.times()[1]

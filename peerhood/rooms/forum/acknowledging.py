"""The reminder of competition law: each acknowledges it before the evening's first item of this kind opens.

While the room waits its clock stands still. It opens by itself with the last one, or the
facilitator goes on without those who have not; how many that were stands in the minutes.
Whoever comes later is asked as well, and nobody waits for them. It is kept that somebody
acknowledged it, without a time.
"""

from django.db import transaction

from peerhood import journal
from peerhood.people.models import Person
from peerhood.rooms import turns
from peerhood.rooms.formats import timing
from peerhood.rooms.forum import holding
from peerhood.rooms.models import Moment, Participant, Room


def begin(room: Room) -> None:
    """The room has come to an item, for the act that brought it there."""
    room.is_stopped = False
    if not holding.is_waiting(room):
        return
    if room.participants.exists() and not missing_count(room):
        # They were asked before somebody undid it.
        room.went_on_without = 0
    else:
        room.paused_at = room.item_started_at


@transaction.atomic
def acknowledge(room: Room, participant: Participant) -> Room:
    """Say that one has read it and keeps to it. The last one opens the item."""
    room = turns.lock(room)
    asked = room.participants.filter(pk=participant.pk, has_acknowledged=False)
    if not holding.in_forum(room) or not asked.update(has_acknowledged=True):
        return room
    if holding.is_waiting(room) and not missing_count(room):
        _open(room, without=0, by=None)
    return turns.announce(room)


@transaction.atomic
def go_on_without(room: Room, *, by: Person, version: int | None = None) -> Room:
    """Open the item though some have not acknowledged the reminder.

    The version is not asked: with every phone that acknowledges there is a new one, and none says anything else.
    """
    room = turns.take(room, by=by, version=None)
    if not holding.is_waiting(room):
        raise turns.Stale
    turns.remember(room, Moment.Act.GO_ON, by=by)
    _open(room, without=missing_count(room), by=by)
    return turns.announce(room)


def missing_count(room: Room) -> int:
    """How many phones in the room have not acknowledged it."""
    return room.participants.filter(has_acknowledged=False).count()


def _open(room: Room, *, without: int, by: Person | None) -> None:
    room.went_on_without = without
    timing.run_on(room)
    journal.record("room.reminded", room, by=by, without=without)

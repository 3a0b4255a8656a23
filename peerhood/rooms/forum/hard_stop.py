"""The hard stop: at the planned minute the room leaves the item, whoever is speaking.

The worker does it, in the name of the facilitator who last acted: what leaving closes or
draws up is then somebody's. Where there is no such person any more, and after the last
item, the room only stands still.
"""

from django.db import transaction
from django.utils.timezone import now

from peerhood import journal
from peerhood.gatherings import confidentiality
from peerhood.gatherings.permissions import can_facilitate
from peerhood.people.models import Person
from peerhood.rooms import running, turns
from peerhood.rooms.forum import holding
from peerhood.rooms.models import Moment, Room


def stop_due() -> None:
    """Stop every room whose time in such an item is up."""
    due = Room.objects.filter(
        closed_at=None,
        paused_at=None,
        item_ends_at__lte=now(),
        item__confidentiality__in=confidentiality.run_as_forum(),
    )
    for room in due:
        stop(room)


@transaction.atomic
def stop(room: Room) -> Room:
    """Leave the item if its time is up. Twice, or beside a facilitator who goes on, it is one move."""
    room = turns.lock(room)
    if room.is_paused() or not holding.is_over(room):
        return room
    assert room.item
    following = running.neighbours(room.item)[1]
    by = _in_whose_name(room)
    if following is None or by is None:
        turns.remember(room, Moment.Act.PAUSE, by=None)
        room.paused_at = room.times()[1]
        journal.record("room.paused", room)
        return turns.announce(room)
    turns.remember(room, Moment.Act.TIME_UP, by=None)
    running.move(room, following, by=by)
    return turns.announce(room)


def _in_whose_name(room: Room) -> Person | None:
    last = room.moments.exclude(by=None).select_related("by").last()
    return last.by if last and last.by and can_facilitate(last.by, room.gathering) else None

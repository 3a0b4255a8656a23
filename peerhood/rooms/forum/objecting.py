"""Objecting to a topic: anybody in the room may, and it stops at once.

Nobody is told who it was, and nothing keeps it: the act is given the participant by its
door and does not look at them. Undo takes no objection back; the facilitator goes on to
the next item, or resumes when the room has talked about it.
"""

from django.db import transaction
from django.utils.timezone import now

from peerhood import journal
from peerhood.rooms import turns
from peerhood.rooms.forum import holding
from peerhood.rooms.models import Participant, Room


@transaction.atomic
def object_to(room: Room, participant: Participant, *, item_pk: int) -> Room:
    """Stop the topic; an objection to one that the room has left meanwhile stops nothing."""
    room = turns.lock(room)
    if room.item_id != item_pk or not holding.in_forum(room) or holding.is_waiting(room) or room.is_stopped:
        return room
    assert room.item
    room.is_stopped = True
    room.paused_at = room.paused_at or now()
    if room.item.title not in room.stopped_topics:
        # By its title: the minutes say it also where the item is taken off the agenda afterwards.
        room.stopped_topics = [*room.stopped_topics, room.item.title]
    journal.record("topic.stopped", room)
    return turns.announce(room)

"""Taking turns: one after the other, in an order drawn by lot; passing is always allowed.

The order is of participants, not of people: a guest of whom nothing is known has a turn
like anybody. Who only listens is not in it. It lives as long as the step does.
"""

from secrets import SystemRandom

from django.db import transaction

from peerhood.rooms import turns
from peerhood.rooms.formats import timing
from peerhood.rooms.formats.standing import standing_of
from peerhood.rooms.forum import holding
from peerhood.rooms.models import Participant, Room


def drawn(room: Room) -> list[int]:
    """Everybody in the room who does not only listen, shuffled."""
    speakers = list(_who_speak(room))
    SystemRandom().shuffle(speakers)
    return speakers


def let_in(room: Room) -> None:
    """Who came since the lot was drawn is last, for an act that holds the room."""
    room.speakers = [*room.speakers, *(pk for pk in _who_speak(room) if pk not in room.speakers)]


@transaction.atomic
def pass_on(room: Room, participant: Participant) -> Room:
    """Pass: now, or before one's turn has come. The others move up."""
    room = turns.lock(room)
    if participant.pk not in room.speakers[room.turn :] or holding.is_held(room):
        return room
    is_on = room.speakers[room.turn] == participant.pk
    others = [pk for pk in room.speakers if pk != participant.pk]
    # Among those who had theirs, so that nobody takes them for somebody who came late.
    room.speakers = [*others[: room.turn], participant.pk, *others[room.turn :]]
    room.turn += 1
    standing = standing_of(room)
    if is_on and standing:
        timing.start(room, standing.step)
    return turns.announce(room)


@transaction.atomic
def only_listen(room: Room, participant: Participant, *, listens: bool) -> Room:
    """Only listen from now on, or take part again: then one's turn is last."""
    room = turns.lock(room)
    room.participants.filter(pk=participant.pk).update(is_listening=listens)
    if listens:
        return pass_on(room, participant)
    standing = standing_of(room)
    if standing and standing.goes_in_turn() and participant.pk in room.speakers[: room.turn]:
        others = [pk for pk in room.speakers if pk != participant.pk]
        room.speakers, room.turn = [*others, participant.pk], room.turn - 1
    return turns.announce(room)


def _who_speak(room: Room) -> list[int]:
    return list(room.participants.filter(is_listening=False).order_by("pk").values_list("pk", flat=True))

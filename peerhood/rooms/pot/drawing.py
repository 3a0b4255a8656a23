"""Drawing a ticket for a vote: one each, for whoever was in the room when the vote opened."""

from django.conf import settings

from peerhood.rooms.models import Participant, Pot, Room
from peerhood.rooms.pot import hat, opening, spool


class Late(Exception):
    """Who came in after the vote had opened has no ticket in the hat."""


def draw(room: Room, participant: Participant) -> str:
    """A ticket, once. What is kept is that this participant has drawn, until the vote is counted; never which."""
    pot = room.pots.filter(state=Pot.State.OPEN).exclude(kind=Pot.Kind.NOTES).first()
    if pot is None:
        raise spool.Closed
    if participant.pk > (pot.last_voter_pk or 0):
        raise Late
    pot.room = room
    opening.stand(pot)
    return hat.draw(settings.POT_SPOOL, pot.key, voter(participant))


def voter(participant: Participant) -> str:
    return f"participant {participant.pk}"

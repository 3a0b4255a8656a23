"""Drawing a ticket for a vote: one each, for whoever was in the room when the vote opened."""

import json
from collections.abc import Callable

from django.conf import settings

from peerhood.rooms.models import Participant, Pot, Room
from peerhood.rooms.pot import hat, opening, spool


class Late(Exception):
    """Who came in after the vote had opened has no ticket in the hat."""


# Every answer to a draw is this long, so that nobody who sees the traffic learns what it says.
SEALED_SIZE = 256
NO_TICKET = {
    hat.Drawn: "drawn",
    Late: "late",
    hat.Empty: "late",
    spool.Closed: "closed",
    spool.NoPot: "closed",
}


def sealed(draw_one: Callable[[], str]) -> str:
    """What whoever draws is told: the ticket, or why there is none, as JSON of one size."""
    try:
        said = {"ticket": draw_one()}
    except tuple(NO_TICKET) as error:
        said = {"said": NO_TICKET[type(error)]}
    return json.dumps(said).ljust(SEALED_SIZE)


def draw(room: Room, participant: Participant | None) -> str:
    """A ticket, once. What is kept is that this participant has drawn, until the vote is counted; never which."""
    pot = room.pots.filter(state=Pot.State.OPEN).exclude(kind=Pot.Kind.NOTES).first()
    if pot is None:
        raise spool.Closed
    if participant is None or participant.pk > (pot.last_voter_pk or 0):
        raise Late
    pot.room = room
    opening.stand(pot)
    return hat.draw(settings.POT_SPOOL, pot.key, voter(participant))


def voter(participant: Participant) -> str:
    return f"participant {participant.pk}"

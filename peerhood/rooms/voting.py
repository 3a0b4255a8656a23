"""The ballot as the room holds it: one vote a phone, closed by the facilitator.

What a ballot is, how it is counted and what follows from it belong to ``themes``; the
room decides when it opens and closes, and knows which phone has voted. Under a promise
nobody knows that: the ballot is sealed, and its votes go through the pot.
"""

from collections import Counter
from collections.abc import Iterable

from django.db import transaction

from peerhood.people.models import Person
from peerhood.rooms import turns
from peerhood.rooms.models import Participant, Pot, Room
from peerhood.rooms.pot import closing, opening
from peerhood.themes import ballots
from peerhood.themes.models import Ballot, Theme


def open_ballot(room: Room, *, by: Person) -> None:
    """Open the gathering's ballot. An empty backlog must not stop the evening: then there is none.

    Under a promise it is sealed, and its votes go through the pot; where one is still on the phones, it waits.
    """
    if not room.gathering.circle.themes.backlog().exists():
        return
    ballot = ballots.open_ballot(room.gathering, by=by)
    if ballot.is_open() and room.item and room.item.has_promise():
        ballots.seal(ballot)
        if not room.pots.filter(state__in=Pot.LIVE).exists():
            opening.let_vote(room, by=by)


def end_ballot(room: Room, *, by: Person) -> None:
    """Close the gathering's ballot if it is open; what is in the pot is counted when that is poured out."""
    ballot = Ballot.objects.filter(gathering=room.gathering, closed_at=None).first()
    if ballot and not ballot.is_sealed:
        ballots.close(ballot, by=by)
    elif ballot and not room.pots.filter(kind=Pot.Kind.BALLOT, state__in=Pot.LIVE).exists():
        ballots.close_with_totals(ballot, Counter(), 0, by=by)


@transaction.atomic
def close_ballot(room: Room, *, by: Person, version: int | None = None) -> Room:
    """Close the ballot and stay on the item: every screen shows how the choice fell."""
    room = turns.take(room, by=by, version=version)
    end_ballot(room, by=by)
    for pot in room.pots.filter(kind=Pot.Kind.BALLOT, state=Pot.State.OPEN):
        closing.let_end(pot)
    return turns.announce(room)


@transaction.atomic
def choose(room: Room, theme: Theme, *, by: Person, version: int | None = None) -> Room:
    """The organiser's choice, where votes and waiting left a tie."""
    room = turns.take(room, by=by, version=version)
    ballots.choose(room.gathering.ballot, theme, by=by)
    return turns.announce(room)


def vote(room: Room, participant: Participant, choice_ids: Iterable[int]) -> None:
    """Hand in this phone's approvals; handing in again replaces them. Nothing in the room changes."""
    ballots.vote(room.gathering.ballot, voter_key(participant), choice_ids)


def voter_key(participant: Participant) -> str:
    """What a vote is kept under: the participant in this room, not their name and not their token."""
    return f"participant-{participant.pk}"

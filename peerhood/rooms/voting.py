"""The ballot as the room holds it: one vote a phone, closed by the facilitator.

What a ballot is, how it is counted and what follows from it belong to ``themes``; the
room decides when it opens and closes, and knows which phone has voted.
"""

from collections.abc import Iterable

from django.db import transaction

from peerhood.people.models import Person
from peerhood.rooms import turns
from peerhood.rooms.models import Participant, Room
from peerhood.themes import ballots
from peerhood.themes.models import Ballot, Theme


def open_ballot(room: Room, *, by: Person) -> None:
    """Open the gathering's ballot. An empty backlog must not stop the evening: then there is none."""
    if room.gathering.circle.themes.backlog().exists():
        ballots.open_ballot(room.gathering, by=by)


def end_ballot(room: Room, *, by: Person) -> None:
    """Close the gathering's ballot if it is open."""
    if ballot := Ballot.objects.filter(gathering=room.gathering, closed_at=None).first():
        ballots.close(ballot, by=by)


@transaction.atomic
def close_ballot(room: Room, *, by: Person, version: int | None = None) -> Room:
    """Close the ballot and stay on the item: every screen shows how the choice fell."""
    room = turns.take(room, by=by, version=version)
    end_ballot(room, by=by)
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

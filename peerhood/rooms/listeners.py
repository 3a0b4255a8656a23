"""When something the room shows has changed elsewhere, every screen hears of it.

And whoever signs a device out from afar is not taken for themselves on it any more.
"""

from django.db import transaction

from peerhood import journal
from peerhood.gatherings.models import Gathering
from peerhood.mixing.models import Plan, Round
from peerhood.people.models import Person
from peerhood.rooms import presence, turns
from peerhood.rooms.formats import stepping
from peerhood.rooms.formats.standing import standing_of
from peerhood.rooms.models import Participant, Room
from peerhood.themes.models import Ballot


@journal.listen("round.published")
@journal.listen("round.reseated")
@journal.listen("round.held")
def show_tables(round: Round) -> None:
    _refresh(round.plan.gathering)


@journal.listen("plan.made")
@journal.listen("plan.remixed")
def show_plan(plan: Plan) -> None:
    _refresh(plan.gathering)


@journal.listen("ballot.opened")
@journal.listen("ballot.closed")
@journal.listen("ballot.decided")
def show_ballot(ballot: Ballot) -> None:
    _refresh(ballot.gathering)


@journal.listen("pot.poured")
@journal.listen("pot.discarded")
@transaction.atomic
def open_the_next_pot(room: Room) -> None:
    """The step that is on wants a pot, and the one of the step before was still in the way."""
    if not room.is_open():
        return
    room = turns.lock(room)
    standing = standing_of(room)
    if not standing or room.pots.filter(item=room.item, place=room.place).exists():
        return
    if stepping.open_pot_of(room, standing.step):
        turns.announce(room)


@journal.listen("gathering.edited")
def show_gathering(gathering: Gathering) -> None:
    _refresh(gathering)


@journal.listen("person.signed_out")
def take_tokens_back(person: Person) -> None:
    """A token says on which phone somebody came in, not on which device they were signed out: all of them go."""
    presence.disown(Participant.objects.filter(person=person, room__closed_at=None))


def _refresh(gathering: Gathering) -> None:
    room = Room.objects.select_for_update().filter(gathering=gathering, closed_at=None).first()
    if room:
        turns.announce(room)

"""When something the room shows has changed elsewhere, every screen hears of it."""

from peerhood import journal
from peerhood.gatherings.models import Gathering
from peerhood.mixing.models import Plan, Round
from peerhood.rooms import turns
from peerhood.rooms.models import Room
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


@journal.listen("gathering.edited")
def show_gathering(gathering: Gathering) -> None:
    _refresh(gathering)


def _refresh(gathering: Gathering) -> None:
    room = Room.objects.select_for_update().filter(gathering=gathering, closed_at=None).first()
    if room:
        turns.announce(room)

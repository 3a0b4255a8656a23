"""Rounds of tables in the room: shown one after the other on every screen.

The plan belongs to ``mixing``. Showing the next round says that the one before took
place, and so does going on to the next item: people sat there, and the next plan must
remember it even when nobody thought of a button.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from peerhood.mixing import planning, rounds
from peerhood.mixing.models import Round
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal
from peerhood.rooms import turns
from peerhood.rooms.models import Room


@transaction.atomic
def show_next(room: Room, *, by: Person, version: int | None = None) -> Room:
    """Publish the next planned round; the one shown until now took place."""
    room = turns.take(room, by=by, version=version)
    coming = next_planned(room)
    if coming is None:
        raise Refusal(_("No round is left in the plan. Make one on the tables page."))
    end_shown(room, by=by)
    rounds.publish(coming, by=by)
    return turns.announce(room)


def mix_again(room: Room, *, by: Person, version: int | None = None) -> None:
    """Seat whoever is here now; see ``planning.remix``. The screens hear of it through the journal.

    The engine thinks outside a transaction, so the turn is looked at before it; when two
    press at once, the second finds the tables changed, and that is stale as well.
    """
    with transaction.atomic():
        room = turns.take(room, by=by, version=version)
    try:
        planning.remix(room.gathering, by=by)
    except planning.Touched:
        raise turns.Stale from None


@transaction.atomic
def hold(room: Room, *, by: Person, version: int | None = None) -> Room:
    """Say that the round on the screens took place."""
    room = turns.take(room, by=by, version=version)
    end_shown(room, by=by)
    return turns.announce(room)


def end_shown(room: Room, *, by: Person) -> None:
    for shown in _rounds_of(room).filter(state=Round.State.PUBLISHED):
        rounds.hold(shown, by=by)


def next_planned(room: Room) -> Round | None:
    return _rounds_of(room).filter(state=Round.State.PLANNED).first()


def _rounds_of(room: Room):
    return Round.objects.filter(plan__gathering=room.gathering).select_related("plan__gathering")

"""Opening a pot: the room is asked something, and whoever likes lets a note fall in."""

from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal
from peerhood.rooms import turns
from peerhood.rooms.models import Pot, Room
from peerhood.rooms.pot import spool

# Under a promise nothing is shown unless so many were here when the pot opened, and so many wrote.
FEWEST_PRESENT, FEWEST_NOTES = 5, 3


@transaction.atomic
def open_pot(room: Room, *, by: Person, ask: str = "", version: int | None = None) -> Pot:
    """Put a pot on every phone. How many are here is frozen now."""
    room = turns.take(room, by=by, version=version)
    if room.pots.filter(state__in=Pot.LIVE).exists():
        raise Refusal(_("A pot is open already. Pour it out first."))
    promises = bool(room.item and room.item.has_promise())
    pot = room.pots.create(
        item=room.item,
        ask=ask,
        present_count=room.participants.count(),
        fewest_present=FEWEST_PRESENT if promises else 0,
        fewest_notes=FEWEST_NOTES if promises else 1,
    )
    journal.record("pot.opened", room, by=by)
    transaction.on_commit(partial(stand, pot))
    turns.announce(room)
    return pot


def stand(pot: Pot) -> None:
    """See that the pot is there to hand in to, also after a power cut has emptied the memory."""
    about = {
        "ask": pot.ask,
        "language": pot.room.gathering.circle.language,
    }
    spool.lay_out(settings.POT_SPOOL, pot.key, about)

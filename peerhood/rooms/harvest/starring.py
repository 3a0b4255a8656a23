"""Stars: everybody gives three, through the pot. They are the dots of a vote, so nobody learns whose they are."""

from collections.abc import Sequence

from peerhood.rooms.harvest.gathered import Gathered
from peerhood.rooms.models import Pot, Room


def to_star(room: Room, all_gathered: Sequence[Gathered]) -> Pot | None:
    """The pot whose notes may be starred now (``pot.opening.open_dots``): the last one, once, while nothing else is open."""
    if not all_gathered or not room.is_open() or room.pots.filter(state__in=Pot.LIVE).exists():
        return None
    last = all_gathered[-1]
    return last.pot if last.notes_count and not last.is_starred() else None

"""Placing: when a gathering changes where it meets, everybody who holds a place keeps one."""

from peerhood.gatherings.coming import line, seats
from peerhood.gatherings.models import Gathering


def fit(gathering: Gathering) -> None:
    """Bring those of a part that is no more over to the one there is, and nobody is dropped for want of places.

    Whoever calls holds the gathering's row.
    """
    (part, *others) = gathering.parts
    if not others:
        gathering.rsvps.held().exclude(part=part).update(part=part)
        gathering.holds.exclude(part=part).update(part=part)
    line.order_anew(gathering)
    seats.recount(gathering)
    # Online there is a chair for everybody who had one in the room.
    if gathering.online_taken > gathering.online_capacity:
        gathering.online_capacity = gathering.online_taken
        gathering.save(update_fields=["online_capacity"])

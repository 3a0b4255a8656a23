"""What a room shows of the call it is beside: on a phone, and on the desk of whoever leads.

In a gathering where everybody is in the same place there is no call, and nothing is asked of the database.
"""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from peerhood.gatherings.models import Gathering, Part, Rsvp
from peerhood.gatherings.permissions import can_host
from peerhood.gatherings.queries import may_read_join_link
from peerhood.mixing import queries as mixing
from peerhood.mixing.models import Round
from peerhood.people.models import Person
from peerhood.rooms.models import Room
from peerhood.rooms.online import jitsi


@dataclass(frozen=True)
class Beside:
    """The gathering's own call, and that of the group one sits in; empty where there is none to open."""

    call: str = ""
    group_call: str = ""


def is_beside_a_call(gathering: Gathering) -> bool:
    return gathering.mode != Gathering.Mode.IN_PERSON


def on_a_phone(
    room: Room, person: Person | AnonymousUser, shown: Round | None, group: int | None
) -> Beside | None:
    """None where there is no call. ``group``: the number of the one this person sits in, if they do."""
    if not is_beside_a_call(room.gathering):
        return None
    if not person.is_authenticated:
        return Beside()
    rsvp = _place_of(room.gathering, person)
    call = room.gathering.online_url if may_read_join_link(room.gathering, rsvp) else ""
    # A seat is kept with its round; a place that was given up or taken away opens no call any more.
    if shown is None or group is None or rsvp is None or not rsvp.is_going():
        return Beside(call)
    in_the_call = rsvp.part == Part.ONLINE or group in _groups_in_the_call(room.gathering, shown)
    return Beside(call, jitsi.address(room, shown, group) if in_the_call else "")


def on_the_desk(room: Room, person: Person, shown: Round | None) -> dict[str, object]:
    """The call, for hosts and for whoever leads from a place online; and every group's."""
    gathering = room.gathering
    if not is_beside_a_call(gathering):
        return {"beside": None}
    may_join = can_host(person, gathering) or may_read_join_link(gathering, _place_of(gathering, person))
    return {
        "beside": Beside(gathering.online_url if may_join else ""),
        "group_calls": _calls_of(room, shown) if shown else [],
    }


def _calls_of(room: Room, shown: Round) -> list[tuple[int, str]]:
    """Each group of the round on the screens and the address of its call; none without a Jitsi."""
    numbers = _groups_in_the_call(room.gathering, shown)
    calls = [(number, jitsi.address(room, shown, number)) for number in numbers]
    return [(number, address) for number, address in calls if address]


def _groups_in_the_call(gathering: Gathering, shown: Round) -> list[int]:
    """Every group; in a hybrid gathering those in which somebody takes part online."""
    if not gathering.is_hybrid():
        return mixing.numbers_of(shown)
    online = gathering.rsvps.filter(part=Part.ONLINE).values("person")
    return sorted(set(shown.seats.filter(person__in=online).values_list("table", flat=True)))


def _place_of(gathering: Gathering, person: Person) -> Rsvp | None:
    return gathering.rsvps.filter(person_id=person.pk).first()

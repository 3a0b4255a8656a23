"""Taking a turn with the room: one at a time, and only on the room as it is.

Every act locks the room's row. A button carries the version it was drawn for; pressed on
a room that has moved on since (a double tap, a second facilitator, a page left open), it
is stale and does nothing, so two facilitators never fight. Before an act the room's
standing is kept as a Moment, which is what undo goes back to.
"""

from datetime import datetime
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from peerhood.gatherings.models import AgendaItem
from peerhood.gatherings.permissions import can_facilitate
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal
from peerhood.rooms import hub
from peerhood.rooms.formats import first_names
from peerhood.rooms.models import Moment, Room

TIMES = ("item_started_at", "item_ends_at", "place_started_at", "place_ends_at", "paused_at", "closed_at")
# Not who speaks after whom: undo would keep it for good, and with it who spoke when.
PLACES = (
    *("place", "turn", "most_in_a_group", "extended_count"),
    *("went_on_without", "is_stopped"),
)


class Stale(Exception):
    """The room has moved on since the button was drawn. Nothing was done; show the room as it stands."""


def take(room: Room, *, by: Person, version: int | None, closed_too: bool = False) -> Room:
    """Lock the room for one act of ``by``, who saw it at ``version`` (None: wherever it stands)."""
    room = _locked(room)
    if not can_facilitate(by, room.gathering):
        raise PermissionDenied
    if version is not None and version != room.version:
        raise Stale
    if not room.is_open() and not closed_too:
        raise Refusal(_("This room is closed."))
    return room


def lock(room: Room) -> Room:
    """Lock the room for something that whoever is in it may do."""
    room = _locked(room)
    if not room.is_open():
        raise Refusal(_("This room is closed."))
    return room


def _locked(room: Room) -> Room:
    rooms = Room.objects.select_for_update(of=("self",))
    return rooms.select_related("gathering__circle", "item__format").get(pk=room.pk)


def remember(room: Room, act: Moment.Act, *, by: Person | None) -> None:
    """Keep where the room stands before ``act`` changes it."""
    times = {name: moment and moment.isoformat() for name in TIMES for moment in [getattr(room, name)]}
    places = {name: getattr(room, name) for name in PLACES}
    room.moments.create(act=act, by=by, before={"item": room.item_id, **times, **places})


def go_back(room: Room, moment: Moment) -> None:
    """Put the room back where it stood, and forget that it ever left."""
    # The item may have been taken off the agenda since; then nothing is current.
    room.item = AgendaItem.objects.filter(pk=moment.before["item"]).select_related("format").first()
    for name in TIMES:
        # What was kept before there were formats says nothing of them.
        kept = moment.before.get(name)
        setattr(room, name, kept and datetime.fromisoformat(kept))
    outside = Room()
    for name in PLACES:
        setattr(room, name, moment.before.get(name, getattr(outside, name)))
    moment.delete()


def announce(room: Room) -> Room:
    """Save the room as its next version, and tell every screen once that is certain."""
    room.version += 1
    room.has_first_names_only = first_names.hold_in(room)
    room.save()
    transaction.on_commit(partial(hub.publish, room.pk, room.version, ended=not room.is_open()))
    return room

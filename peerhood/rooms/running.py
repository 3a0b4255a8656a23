"""Running the room: open, start, next, back, pause, resume, one minute more, undo, close.

The facilitator presses, the server keeps the time, every screen follows. Each act takes
its turn (``turns``), is written in the journal and can be undone, one after the other,
back to the lobby. Undo moves the clock and the place in the agenda; what people have
seen happen stays: a ballot that closed, a round that took place.
"""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.gatherings.models import AgendaItem, Gathering
from peerhood.gatherings.permissions import can_facilitate
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal
from peerhood.rooms import clock, codes, rounds, turns, voting
from peerhood.rooms.formats import stepping, timing
from peerhood.rooms.forum import acknowledging, holding
from peerhood.rooms.models import Moment, Pot, Room
from peerhood.rooms.pot import closing
from peerhood.rooms.turns import Stale

# A code that hung on a wall last week must not lead into a stranger's room.
CODE_RESTS_FOR = timedelta(days=7)
MINUTE = timedelta(minutes=1)


@transaction.atomic
def open_room(gathering: Gathering, *, by: Person) -> Room:
    """Open the room and give it a code. Opening twice gives the same room."""
    if not can_facilitate(by, gathering):
        raise PermissionDenied
    gathering = Gathering.objects.select_for_update().get(pk=gathering.pk)
    if room := Room.objects.filter(gathering=gathering).first():
        return room
    if gathering.is_draft() or gathering.is_cancelled():
        raise Refusal(_("A room opens for a gathering that is published."))
    room = Room.objects.create(gathering=gathering, code=_free_code())
    journal.record("room.opened", room, by=by)
    return room


def _free_code() -> str:
    """A code that no open room has, nor one that closed lately."""
    taken = Room.objects.exclude(closed_at__lt=now() - CODE_RESTS_FOR)
    while taken.filter(code=(code := codes.new())).exists():
        pass
    return code


@transaction.atomic
def start(room: Room, *, by: Person, version: int | None = None) -> Room:
    """Begin with the first item of the agenda."""
    room = turns.take(room, by=by, version=version)
    if room.item or room.is_lost():
        raise Stale
    first = room.gathering.agenda.first()
    if first is None:
        raise Refusal(_("The agenda is empty. Give the gathering its run of the day first."))
    turns.remember(room, Moment.Act.START, by=by)
    _enter(room, first, by=by)
    return turns.announce(room)


@transaction.atomic
def next_item(room: Room, *, by: Person, version: int | None = None) -> Room:
    """Go on to the next item. Leaving a ballot closes it; leaving a round says that it took place."""
    room = turns.take(room, by=by, version=version)
    following = room.item and neighbours(room.item)[1]
    if following is None:
        raise Refusal(_("This is the last item. Close the room when you are done."))
    turns.remember(room, Moment.Act.NEXT, by=by)
    move(room, following, by=by)
    return turns.announce(room)


@transaction.atomic
def previous_item(room: Room, *, by: Person, version: int | None = None) -> Room:
    """Return to the item before, with its full time. An open ballot waits, with the votes it has."""
    room = turns.take(room, by=by, version=version)
    earlier = room.item and neighbours(room.item)[0]
    if earlier is None:
        raise Refusal(_("There is no item before this one."))
    turns.remember(room, Moment.Act.BACK, by=by)
    stepping.end(room, by=by)
    _enter(room, earlier, by=by)
    return turns.announce(room)


@transaction.atomic
def go_to(room: Room, item: AgendaItem, *, by: Person, version: int | None = None) -> Room:
    """Go on from any item: when the agenda was rewritten under the room's feet."""
    room = turns.take(room, by=by, version=version)
    if item.gathering_id != room.gathering_id:
        raise PermissionDenied
    if holding.in_forum(room):
        raise Refusal(_("This item is agenda only: there is no other business. Go on with the next item."))
    turns.remember(room, Moment.Act.GO_TO, by=by)
    move(room, item, by=by)
    return turns.announce(room)


@transaction.atomic
def pause(room: Room, *, by: Person, version: int | None = None) -> Room:
    """Let time stand still."""
    room = turns.take(room, by=by, version=version)
    if not room.item or room.is_paused():
        raise Stale
    turns.remember(room, Moment.Act.PAUSE, by=by)
    room.paused_at = now()
    journal.record("room.paused", room, by=by)
    return turns.announce(room)


@transaction.atomic
def resume(room: Room, *, by: Person, version: int | None = None) -> Room:
    """Let time run again; the item ends later by as long as the pause was."""
    room = turns.take(room, by=by, version=version)
    if room.paused_at is None or holding.is_waiting(room) or holding.is_over(room):
        raise Stale
    turns.remember(room, Moment.Act.RESUME, by=by)
    timing.run_on(room)
    room.is_stopped = False
    journal.record("room.resumed", room, by=by)
    return turns.announce(room)


@transaction.atomic
def add_minute(room: Room, *, by: Person, version: int | None = None) -> Room:
    """Give the item a minute more, and the step of its format that is on."""
    room = turns.take(room, by=by, version=version)
    if not room.item or holding.in_forum(room):
        raise Stale
    turns.remember(room, Moment.Act.MINUTE, by=by)
    room.item_ends_at = clock.extended(room.times()[1], now(), MINUTE, room.paused_at)
    if room.place_ends_at:
        room.place_ends_at = clock.extended(room.place_ends_at, now(), MINUTE, room.paused_at)
    journal.record("room.extended", room, by=by)
    return turns.announce(room)


@transaction.atomic
def undo(room: Room, *, by: Person, version: int | None = None) -> Room:
    """Go back to where the room stood before the last act; again, and it is the act before that."""
    room = turns.take(room, by=by, version=version, closed_too=True)
    last = room.moments.last()
    if last is None:
        raise Stale
    journal.record("room.undone", room, by=by, act=last.act)
    stepping.return_to(room, last, by=by)
    holding.stand_still(room)
    return turns.announce(room)


@transaction.atomic
def close_room(room: Room, *, by: Person, version: int | None = None) -> Room:
    """End it: the ballot closes, the last round took place, the code is dead."""
    room = turns.take(room, by=by, version=version)
    turns.remember(room, Moment.Act.CLOSE, by=by)
    rounds.end_shown(room, by=by)
    voting.end_ballot(room, by=by)
    return _close(room, by=by)


@transaction.atomic
def close_forgotten(room: Room) -> Room:
    """Close a room that its facilitators left open; nothing is decided on anybody's behalf."""
    room = Room.objects.select_for_update().get(pk=room.pk)
    if not room.is_open():
        return room
    turns.remember(room, Moment.Act.CLOSE, by=None)
    return _close(room, by=None)


def neighbours(item: AgendaItem) -> tuple[AgendaItem | None, AgendaItem | None]:
    """The items before and after this one on the agenda as it is now."""
    agenda = list(item.gathering.agenda.all())
    place = agenda.index(item)
    before = agenda[place - 1] if place else None
    return before, next(iter(agenda[place + 1 :]), None)


def move(room: Room, item: AgendaItem, *, by: Person) -> None:
    """Leave the item that is on for another, for an act that holds the room and tells the screens."""
    _leave(room, by=by)
    _enter(room, item, by=by)


def _enter(room: Room, item: AgendaItem, *, by: Person) -> None:
    room.item = item
    room.item_started_at = now()
    room.item_ends_at = room.item_started_at + item.length
    room.paused_at = None
    journal.record("item.started", item, by=by)
    stepping.begin(room, by=by)
    if item.kind == AgendaItem.Kind.BALLOT:
        voting.open_ballot(room, by=by)
    acknowledging.begin(room)


def _leave(room: Room, *, by: Person) -> None:
    if room.is_in(AgendaItem.Kind.MIXING):
        rounds.end_shown(room, by=by)
    if room.is_in(AgendaItem.Kind.BALLOT):
        voting.end_ballot(room, by=by)
    stepping.end(room, by=by)
    for pot in room.pots.filter(state=Pot.State.OPEN):
        closing.let_end(pot)


def _close(room: Room, *, by: Person | None) -> Room:
    room.item = room.item_started_at = room.item_ends_at = room.paused_at = None
    room.closed_at = now()
    stepping.clear(room)
    closing.end_with_room(room, by=by)
    journal.record("room.closed", room, by=by)
    return turns.announce(room)

"""The end of a pot, as the facilitator decides it.

Whoever is in the middle of a sentence has a quarter of a minute; then the worker pours it
out. What was held back, because too few would have hidden each other, may collect more or
be thrown away unread.
"""

from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now

from peerhood import journal
from peerhood.gatherings.models import AgendaItem
from peerhood.people.models import Person
from peerhood.rooms import turns
from peerhood.rooms.models import Pot, Room, new_pot_key
from peerhood.rooms.pot import counting, opening, pouring, spool
from peerhood.rooms.pot.tasks import pour_pots

GRACE = timedelta(seconds=15)


@transaction.atomic
def begin(room: Room, *, by: Person, version: int | None = None) -> Room:
    """Say on every screen that the pot is about to close."""
    room = turns.take(room, by=by, version=version)
    pot = _live(room, Pot.State.OPEN)
    if pot.closes_at is not None:
        raise turns.Stale
    let_end(pot)
    return turns.announce(room)


def let_end(pot: Pot) -> None:
    """Give the pot its grace, for an act that holds the room and tells the screens."""
    if pot.state == Pot.State.OPEN and pot.closes_at is None:
        pot.closes_at = now() + GRACE
        pot.save(update_fields=["closes_at"])
        # A second more, so that it is certainly due when the worker looks.
        transaction.on_commit(lambda: pour_pots.schedule(delay=GRACE.seconds + 1))


@transaction.atomic
def pour_now(room: Room, *, by: Person, version: int | None = None) -> Room:
    """Pour it out without waiting: everybody has put the pen down."""
    room = turns.take(room, by=by, version=version)
    pouring.pour_out(_live(room, Pot.State.OPEN), by=by)
    return turns.announce(room)


@transaction.atomic
def collect_more(room: Room, *, by: Person, version: int | None = None) -> Room:
    """Let more fall in to what was held back. Whoever is here now counts.

    A vote keeps those it had when it opened; where they were too few, it begins anew with whoever is here.
    """
    room = turns.take(room, by=by, version=version)
    pot = _live(room, Pot.State.HELD_BACK)
    pot.state = Pot.State.OPEN
    if pot.is_vote() and not pot.can_be_poured():
        _begin_anew(pot)
    else:
        pot.present_count = pot.present_count if pot.is_vote() else room.participants.count()
        transaction.on_commit(partial(spool.open_again, settings.POT_SPOOL, pot.key))
    pot.save(update_fields=["state", "present_count", "last_voter_pk", "key"])
    return turns.announce(room)


def _begin_anew(pot: Pot) -> None:
    transaction.on_commit(partial(spool.forget, settings.POT_SPOOL, pot.key))
    pot.key = new_pot_key()
    opening.freeze(pot)
    transaction.on_commit(partial(opening.stand, pot))


@transaction.atomic
def give_another_key(room: Room, *, by: Person, version: int | None = None) -> Room:
    """Somebody floods the pot: the phones in the room get another address, and the old one leads nowhere."""
    room = turns.take(room, by=by, version=version)
    pot = _live(room, Pot.State.OPEN)
    if pot.is_vote():
        # Nobody floods a vote: it takes tickets only.
        raise turns.Stale
    old, pot.key = pot.key, new_pot_key()
    pot.save(update_fields=["key"])
    journal.record("pot.moved", room, by=by)
    transaction.on_commit(partial(spool.give_another_key, settings.POT_SPOOL, old, pot.key))
    return turns.announce(room)


@transaction.atomic
def discard(room: Room, *, by: Person, version: int | None = None) -> Room:
    """Throw away what nobody has seen. The phones still have it."""
    room = turns.take(room, by=by, version=version)
    _throw_away(_live(room, *Pot.LIVE), by=by)
    return turns.announce(room)


def end_with_room(room: Room, *, by: Person | None) -> None:
    """Nothing falls in any more where nobody meets, and nothing that nobody saw stays behind."""
    for pot in room.pots.filter(state__in=Pot.LIVE):
        pot.room = room
        if pot.is_open():
            pouring.pour_out(pot, by=by)
        if pot.is_held_back():
            _throw_away(pot, by=by)


def _throw_away(pot: Pot, *, by: Person | None) -> None:
    pot.state, pot.closes_at = Pot.State.DISCARDED, None
    pot.save(update_fields=["state", "closes_at"])
    transaction.on_commit(partial(spool.forget, settings.POT_SPOOL, pot.key))
    journal.record("pot.discarded", pot.room, by=by)
    # While its item is on, the vote may be opened once more.
    if pot.is_ballot() and not pot.room.is_in(AgendaItem.Kind.BALLOT):
        counting.end_uncounted(pot, by=by)


def _live(room: Room, *states: Pot.State) -> Pot:
    """The room's pot in one of these states; where it is in none, somebody else was quicker."""
    pot = room.pots.filter(state__in=states).first()
    if pot is None:
        raise turns.Stale
    pot.room = room
    return pot

"""Opening a pot: the room is asked something, and whoever likes lets a note fall in; or has one vote."""

from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Max
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.gatherings import confidentiality
from peerhood.gatherings.confidentiality import Surface
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal
from peerhood.rooms import turns
from peerhood.rooms.formats.standing import level_of
from peerhood.rooms.models import Pot, Room
from peerhood.rooms.pot import cards, counting, hat, spool
from peerhood.themes.models import Ballot

DOTS_EACH, MOST_DOTS = 3, 10


@transaction.atomic
def open_pot(room: Room, *, by: Person, ask: str = "", version: int | None = None) -> Pot:
    """Put a pot on every phone. How many are here is frozen now."""
    room = turns.take(room, by=by, version=version)
    pot = begin(room, by=by, ask=ask)
    turns.announce(room)
    return pot


def begin(room: Room, *, by: Person | None, ask: str) -> Pot:
    """A pot for notes, for an act that holds the room and tells the screens; it belongs to the step that is on."""
    return _stand_open(room, Pot.Kind.NOTES, by=by, ask=ask, place=room.place)


@transaction.atomic
def open_ballot(room: Room, *, by: Person, version: int | None = None) -> Pot:
    """Put the gathering's sealed ballot on every phone, where it could not open with its item."""
    room = turns.take(room, by=by, version=version)
    if not Ballot.objects.filter(gathering=room.gathering_id, closed_at=None, is_sealed=True).exists():
        raise turns.Stale
    pot = let_vote(room, by=by)
    turns.announce(room)
    return pot


def let_vote(room: Room, *, by: Person) -> Pot:
    """The ballot's pot, for an act that holds the room and tells the screens."""
    return _stand_open(room, Pot.Kind.BALLOT, by=by)


@transaction.atomic
def open_dots(room: Room, *, by: Person, votes_each: int = DOTS_EACH, version: int | None = None) -> Pot:
    """Let everybody give dots to the notes that were poured out last. Notes are voted on once."""
    room = turns.take(room, by=by, version=version)
    pot = begin_dots(room, by=by, votes_each=votes_each)
    turns.announce(room)
    return pot


def begin_dots(room: Room, *, by: Person | None, votes_each: int) -> Pot:
    """Dots on the notes that were poured out last, for an act that holds the room and tells the screens."""
    about = room.pots.filter(kind=Pot.Kind.NOTES, state=Pot.State.POURED).last()
    if about is None or not about.notes.filter(is_hidden=False).exists():
        raise Refusal(_("There are no notes to vote on yet."))
    if about.dot_votes.filter(state=Pot.State.POURED).exists():
        # Twice, and the difference would tell how whoever came in between voted.
        raise Refusal(_("These notes have been voted on."))
    return _stand_open(
        room,
        Pot.Kind.DOTS,
        by=by,
        ask=about.ask,
        place=room.place,
        # What was written under a promise is voted on under it, wherever the room has gone since.
        fewest=about.fewest_present,
        about=about,
        votes_each=max(1, min(votes_each, MOST_DOTS)),
    )


@transaction.atomic
def open_thumbs(room: Room, *, by: Person, version: int | None = None) -> Pot:
    """Ask everybody whether to go on with what is being talked about."""
    room = turns.take(room, by=by, version=version)
    pot = _stand_open(room, Pot.Kind.THUMBS, by=by, place=room.place, votes_each=1)
    turns.announce(room)
    return pot


def _stand_open(room: Room, kind: Pot.Kind, *, by: Person | None, fewest: int = 0, **fields: Any) -> Pot:
    if room.pots.filter(state__in=Pot.LIVE).exists():
        raise Refusal(_("A pot is open already. Pour it out first."))
    # Nothing is shown unless so many were here when the pot opened, and so many wrote; of votes, as many voted.
    level = level_of(room)
    present = max(fewest, confidentiality.fewest(level, Surface.FEWEST_PRESENT))
    notes = confidentiality.fewest(level, Surface.FEWEST_NOTES)
    pot = Pot(
        room=room,
        item=room.item,
        kind=kind,
        level=level,
        fewest_present=present,
        fewest_notes=notes if kind == Pot.Kind.NOTES else max(notes, present),
        **fields,
    )
    freeze(pot)
    pot.save()
    journal.record("pot.opened", room, by=by)
    transaction.on_commit(partial(stand, pot))
    return pot


def freeze(pot: Pot) -> None:
    """Who is here now are those who count, and of a vote those who have one."""
    here = pot.room.participants.aggregate(count=Count("pk"), last=Max("pk"))
    pot.present_count = here["count"]
    if pot.is_vote():
        pot.last_voter_pk = here["last"] or 0


def stand(pot: Pot) -> None:
    """See that the pot is there to hand in to, also after a power cut has emptied the memory."""
    if spool.is_there(settings.POT_SPOOL, pot.key):
        return
    about = {
        "ask": pot.ask,
        "language": pot.room.gathering.circle.language,
        "kind": pot.kind,
        "choices": counting.standing(pot) if pot.is_vote() else [],
        "each": pot.votes_each,
    }
    spool.lay_out(
        settings.POT_SPOOL,
        pot.key,
        about,
        cards=cards.unspent(pot.room),
        tickets=hat.new_tickets(pot.present_count) if pot.is_vote() else None,
    )

"""Pouring out: the pot closes, and everything in it comes to the table at once.

The notes come into the database in the order of their keyed names, with new random keys, in
one transaction and with no time. Where too few were here or too few wrote, nothing is
shown: the facilitator lets more fall in, or throws it away.

A crash on the way loses nothing and shows nothing by half: until the commit the notes are
in the spool, and afterwards only the spool is left to be removed.
"""

from functools import partial

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now

from peerhood import journal
from peerhood.gatherings.permissions import can_facilitate
from peerhood.people.models import Person
from peerhood.rooms import turns
from peerhood.rooms.models import Note, Pot, Room
from peerhood.rooms.pot import opening, spool


@transaction.atomic
def pour(pot: Pot) -> Pot:
    """Close the pot and show what was in it, or hold it back. Pouring twice pours once."""
    room, pot = lock(pot)
    if pot.state != Pot.State.OPEN:
        return pot
    notes = _closed(pot)
    pot.closes_at = None
    if pot.present_count < pot.fewest_present or len(notes) < pot.fewest_notes:
        pot.state = Pot.State.HELD_BACK
    else:
        pot.state = Pot.State.POURED
        Note.objects.bulk_create(
            Note(pot=pot, text=note.text, nullifier=note.nullifier) for note in notes
        )
        transaction.on_commit(partial(spool.forget, settings.POT_SPOOL, pot.key))
    pot.save(update_fields=["state", "closes_at"])
    journal.record("pot.poured" if pot.state == Pot.State.POURED else "pot.held_back", room)
    turns.announce(room)
    return pot


def _closed(pot: Pot) -> list[spool.Note]:
    try:
        return spool.close(settings.POT_SPOOL, pot.key)
    except spool.NoPot:
        # Memory was lost, and with it what nobody had seen; it is held back, so that the phones hand in again.
        opening.stand(pot)
        return spool.close(settings.POT_SPOOL, pot.key)


@transaction.atomic
def collect_more(pot: Pot, *, by: Person) -> Pot:
    """Let more fall in to what was held back. Whoever is here now counts."""
    room, pot = lock(pot, by)
    if pot.state == Pot.State.HELD_BACK:
        pot.state, pot.present_count = Pot.State.OPEN, room.participants.count()
        pot.save(update_fields=["state", "present_count"])
        transaction.on_commit(partial(spool.open_again, settings.POT_SPOOL, pot.key))
        turns.announce(room)
    return pot


@transaction.atomic
def discard(pot: Pot, *, by: Person) -> Pot:
    """Throw away what nobody has seen. The phones still have it."""
    room, pot = lock(pot, by)
    if pot.is_live():
        pot.state, pot.closes_at = Pot.State.DISCARDED, None
        pot.save(update_fields=["state", "closes_at"])
        journal.record("pot.discarded", room, by=by)
        transaction.on_commit(partial(spool.forget, settings.POT_SPOOL, pot.key))
        turns.announce(room)
    return pot


def lock(pot: Pot, by: Person | None = None) -> tuple[Room, Pot]:
    """The room's row first, as every act of the room; then the pot as it stands."""
    room = Room.objects.select_for_update(of=("self",)).select_related("gathering__circle").get(pk=pot.room_id)
    if by and not can_facilitate(by, room.gathering):
        raise PermissionDenied
    pot = Pot.objects.get(pk=pot.pk)
    pot.room = room
    return room, pot


def pour_due() -> None:
    """Pour what should have been poured, and remove what a crash left of pots that are over."""
    for pot in Pot.objects.filter(state=Pot.State.OPEN, closes_at__lte=now()):
        pour(pot)
    live = {spool.folder_of(settings.POT_SPOOL, pot.key).name for pot in Pot.objects.filter(state__in=Pot.LIVE)}
    spool.sweep(settings.POT_SPOOL, keep=live)

"""Pouring out: the pot closes, and everything in it comes to the table at once.

The notes come into the database in the order of their keyed names, with new random keys, in
one transaction and with no time; of votes only the totals do (``counting``). Where too few
were here or too few wrote, nothing is shown: the facilitator lets more fall in, or throws it away.

A crash on the way loses nothing and shows nothing by half: until the commit the notes are
in the spool, and afterwards only the spool is left to be removed.
"""

from contextlib import suppress
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now

from peerhood import journal
from peerhood.people.models import Person
from peerhood.rooms import turns
from peerhood.rooms.models import Note, Pot, Room
from peerhood.rooms.pot import cards, counting, opening, spool


@transaction.atomic
def pour(pot: Pot) -> Pot:
    """Close the pot and show what was in it, or hold it back. Pouring twice pours once."""
    # The room's row first, as in every act of the room.
    room = (
        Room.objects.select_for_update(of=("self",)).select_related("gathering__circle").get(pk=pot.room_id)
    )
    pot = room.pots.get(pk=pot.pk)
    if pot.state == Pot.State.OPEN:
        pour_out(pot, by=counting.who_opened(pot))
        turns.announce(room)
    return pot


def pour_out(pot: Pot, *, by: Person | None) -> None:
    """The pouring itself, for an act of ``by`` that holds the room and tells the screens."""
    notes = _closed(pot)
    votes = counting.valid(pot, [note.text for note in notes]) if pot.is_vote() else []
    pot.closes_at = None
    if not pot.can_be_poured() or len(votes if pot.is_vote() else notes) < pot.fewest_notes:
        pot.state = Pot.State.HELD_BACK
    else:
        pot.state = Pot.State.POURED
        cards.spend(pot, notes)
        if pot.is_vote():
            counting.count(pot, votes, by=by)
            transaction.on_commit(partial(spool.forget, settings.POT_SPOOL, pot.key))
        else:
            Note.objects.bulk_create(
                Note(pot=pot, text=note.text, nullifier=note.nullifier) for note in notes
            )
            transaction.on_commit(partial(_forget, pot, [note.nullifier for note in notes]))
    pot.save(update_fields=["state", "closes_at", "voter_count", "thumbs"])
    journal.record("pot.poured" if pot.is_poured() else "pot.held_back", pot.room)


def _forget(pot: Pot, poured: list[str]) -> None:
    """Empty the spool. What was taken back after it was read, and before the commit, goes here as well."""
    with suppress(spool.NoPot):
        left = {note.nullifier for note in spool.close(settings.POT_SPOOL, pot.key)}
        if gone := set(poured) - left:
            pot.notes.filter(nullifier__in=gone).delete()
    spool.forget(settings.POT_SPOOL, pot.key)


def _closed(pot: Pot) -> list[spool.Note]:
    try:
        return spool.close(settings.POT_SPOOL, pot.key)
    except spool.NoPot:
        # Memory was lost, and with it what nobody had seen: it is held back, so that the phones hand in again.
        opening.stand(pot)
        return spool.close(settings.POT_SPOOL, pot.key)


def pour_due() -> None:
    """Pour what should have been poured, and remove what a crash left of pots that are over."""
    for pot in Pot.objects.filter(state=Pot.State.OPEN, closes_at__lte=now()):
        pour(pot)
    # Looked at before the question, or a pot that opens between the two would be taken for one that is over.
    found = spool.folders(settings.POT_SPOOL)
    live = {
        spool.folder_of(settings.POT_SPOOL, key).name
        for key in Pot.objects.filter(state__in=Pot.LIVE).values_list("key", flat=True)
    }
    spool.sweep(found, keep=live)

"""Taking a note off the screens, and putting it back. It touches the note and never who wrote it: nobody knows them."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from peerhood import journal
from peerhood.people.models import Person
from peerhood.rooms import turns
from peerhood.rooms.models import Note, Room


@transaction.atomic
def hide(room: Room, note: Note, *, by: Person, version: int | None = None) -> Room:
    """Take a note that was poured out off every screen."""
    return _turn(room, note, is_hidden=True, by=by, version=version)


@transaction.atomic
def show_again(room: Room, note: Note, *, by: Person, version: int | None = None) -> Room:
    """Put a note back that was hidden."""
    return _turn(room, note, is_hidden=False, by=by, version=version)


def _turn(room: Room, note: Note, *, is_hidden: bool, by: Person, version: int | None) -> Room:
    room = turns.take(room, by=by, version=version)
    if note.pot.room_id != room.pk:
        raise PermissionDenied
    if not Note.objects.filter(pk=note.pk, is_hidden=not is_hidden).update(is_hidden=is_hidden):
        raise turns.Stale
    journal.record("note.hidden" if is_hidden else "note.shown", room, by=by)
    return turns.announce(room)

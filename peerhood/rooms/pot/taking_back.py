"""Taking a note back after it was poured out: with the secret that only its writer's phone has.

Nobody can find a note by its writer, so nobody else can do it for them. The screens are told
that something changed, and not what.
"""

from django.db import transaction

from peerhood.rooms import turns
from peerhood.rooms.models import Note, Room


@transaction.atomic
def take_back(key: str, nullifier: str) -> None:
    note = Note.objects.filter(pot__key=key, nullifier=nullifier).select_related("pot").first()
    if note is None:
        return
    # The room's row first, as in every act of the room.
    room = Room.objects.select_for_update().get(pk=note.pot.room_id)
    note.delete()
    turns.announce(room)

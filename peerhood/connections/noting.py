"""Noting: what I want to remember about somebody I keep, and when to get back to them.

A note is its owner's alone. It is not written in the journal, and it stays when the
connection ends, until its owner empties it.
"""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now

from peerhood.connections.models import Connection, Note
from peerhood.people.models import Person
from peerhood.platform import presence


@transaction.atomic
def note(owner: Person, about: Person, text: str, follow_up_on: date | None = None) -> Note | None:
    """Keep this note in place of the earlier one; an empty one is put away."""
    presence.hold(owner)
    mine = Note.objects.filter(owner=owner, about=about)
    is_kept = Connection.objects.of(owner).between(owner, about).exists()
    if not is_kept and not mine.exists():
        raise PermissionDenied
    if not text.strip() and follow_up_on is None:
        mine.delete()
        return None
    fields = {"text": text.strip(), "follow_up_on": follow_up_on, "changed_at": now()}
    return Note.objects.update_or_create(owner=owner, about=about, defaults=fields)[0]

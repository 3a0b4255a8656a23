"""Noting: what I want to remember about somebody I keep, and when to get back to them.

A note is its owner's alone, and so is a line on what two people talked about where they met. Neither is written in the
journal, and both stay when the connection ends, until their owner empties them.
"""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now

from peerhood.connections.models import Connection, Note, TalkedAbout
from peerhood.gatherings.models import Gathering
from peerhood.mixing.queries import people_met_at
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


@transaction.atomic
def talked_about(owner: Person, about: Person, gathering: Gathering, words: str) -> TalkedAbout | None:
    """Keep a line on what the two talked about there, in place of the earlier one; an empty one is put away.

    About somebody one shared a table with there, whether they are kept or not.
    """
    presence.hold(owner)
    mine = TalkedAbout.objects.filter(owner=owner, about=about, gathering=gathering)
    if not mine.exists() and about not in people_met_at(gathering, owner):
        raise PermissionDenied
    words = " ".join(words.split())
    if not words:
        mine.delete()
        return None
    return TalkedAbout.objects.update_or_create(
        owner=owner, about=about, gathering=gathering, defaults={"words": words}
    )[0]

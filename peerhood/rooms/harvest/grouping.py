"""Grouping: the facilitator puts notes under headings, makes them, renames and removes them; all of it in one act.

The screens show the notes under their headings while they show them. Whoever saves from an older grouping is
refused, and sees what was saved meanwhile beside what they chose.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal
from peerhood.rooms import turns
from peerhood.rooms.models import Note, NoteGroup, Pot

# Where a note is put that goes under the heading which is made in the same breath.
NEW = "new"
LONGEST_TITLE = 80
MOST_HEADINGS = 40


class Conflict(Refusal):
    """Somebody else grouped the notes meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("Somebody else grouped these notes while you did."))


@dataclass(frozen=True)
class Grouping:
    """How it is to be, as a page says it.

    Args:
        titles: of each heading there is, by its key; an empty one removes it.
        new_title: of one more heading, or "".
        places: the heading's key for each note's key; "" is none, and ``NEW`` the new one. A note that is not named
            stays where it is.
    """

    titles: Mapping[str, str] = field(default_factory=dict)
    new_title: str = ""
    places: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def arrange(pot: Pot, grouping: Grouping, *, by: Person, version: int) -> Pot:
    """Put the notes under headings, also after the room has closed.

    Raises ``Conflict`` on a pot that was grouped after ``version``, and ``NoteGroup.DoesNotExist`` for a heading
    that is none of this pot's.
    """
    room = turns.take(pot.room, by=by, version=None, closed_too=True)
    pot = room.pots.get(pk=pot.pk)
    if pot.kind != Pot.Kind.NOTES or not pot.is_poured():
        raise Refusal(_("There are no notes to group yet."))
    if pot.grouping_version != version:
        raise Conflict
    groups = _titled(pot, grouping)
    _place(pot, groups, grouping)
    pot.grouping_version += 1
    pot.save(update_fields=["grouping_version"])
    journal.record("notes.grouped", room, by=by)
    turns.announce(room)
    return pot


def _titled(pot: Pot, grouping: Grouping) -> dict[str, NoteGroup | None]:
    """The headings there are from now on, by what a place says; one that is removed leads to none."""
    groups: dict[str, NoteGroup | None] = {"": None}
    for group in pot.groups.all():
        title = grouping.titles.get(str(group.pk), group.title).strip()[:LONGEST_TITLE]
        groups[str(group.pk)] = group if title else None
        if not title:
            group.delete()
        elif title != group.title:
            group.title = title
            group.save(update_fields=["title"])
    if title := grouping.new_title.strip()[:LONGEST_TITLE]:
        if len(groups) > MOST_HEADINGS:
            raise Refusal(_("That is more headings than anybody reads. Remove one first."))
        last = pot.groups.last()
        groups[NEW] = pot.groups.create(title=title, position=last.position + 1 if last else 1)
    elif NEW in grouping.places.values():
        raise Refusal(_("Give the new heading a name, so that notes can stand under it."))
    return groups


def _place(pot: Pot, groups: Mapping[str, NoteGroup | None], grouping: Grouping) -> None:
    if not groups.keys() >= {*grouping.titles, *grouping.places.values()}:
        raise NoteGroup.DoesNotExist
    # What was taken back or hidden meanwhile is passed by.
    notes = [note for note in pot.notes.filter(is_hidden=False) if str(note.pk) in grouping.places]
    for note in notes:
        note.group = groups[grouping.places[str(note.pk)]]
    Note.objects.bulk_update(notes, ["group"])

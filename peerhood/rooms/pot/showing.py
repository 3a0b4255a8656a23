"""What a pot shows: its notes, what stands to its vote, and how that fell."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch

from peerhood.rooms.models import Note, Pot, Room
from peerhood.rooms.pot import counting
from peerhood.themes.models import Choice
from peerhood.themes.queries import choices_of


@dataclass(frozen=True)
class Shown:
    """``notes`` is None where none are on the screens; of counted dots, those with most come first.

    Notes that were put under headings come heading by heading, and those without one last.
    """

    notes: Sequence[Note] | None = None
    hidden: Sequence[Note] = ()
    choices: Sequence[Choice] = ()
    # Of thumbs: what stands to the vote, and after it how many each had.
    thumbs: Sequence[tuple[str, str, int]] = ()
    is_unanimous: bool = False

    @property
    def standing(self) -> list[tuple[object, str]]:
        """What may be voted for: key and words."""
        if self.thumbs:
            return [(key, words) for key, words, _count in self.thumbs]
        if self.choices:
            return [(choice.pk, choice.theme.title) for choice in self.choices]
        return [(note.pk, note.text) for note in self.notes or ()]

    @property
    def mark(self) -> str:
        """Another whenever other notes are shown: a phone puts a new element in place of one that filled itself."""
        return hashlib.sha256("".join(str(note.pk) for note in self.notes or ()).encode()).hexdigest()[:8]

    @property
    def has_headings(self) -> bool:
        return any(note.group_id for note in self.notes or ())

    @property
    def most_dots(self) -> int:
        """The longest bar; at least 1."""
        return max([note.dots or 0 for note in self.notes or ()] + [1])


def shown(pot: Pot) -> Shown:
    """At most one query, beside the ballot's."""
    if pot.is_ballot():
        return Shown(choices=choices_of(counting.ballot_of(pot)) if pot.is_open() else ())
    if pot.is_dots():
        return _of_dots(pot)
    if pot.is_thumbs():
        return Shown(thumbs=[(*each, (pot.thumbs or {}).get(each[0], 0)) for each in counting.standing(pot)])
    if not pot.is_poured():
        return Shown()
    return _split(sorted(pot.notes.select_related("group"), key=_by_heading))


def _by_heading(note: Note) -> tuple[bool, int, int, UUID]:
    group = note.group
    return (group is None, group.position if group else 0, group.pk if group else 0, note.pk)


def _of_dots(pot: Pot) -> Shown:
    of_all = _split(Note.objects.filter(pot=pot.about_id))
    if not pot.is_poured() or of_all.notes is None:
        return of_all
    in_order = sorted(of_all.notes, key=lambda note: (-(note.dots or 0), note.pk))
    all_dots = (pot.voter_count or 0) * (pot.votes_each or 0)
    is_unanimous = any(note.dots == all_dots for note in in_order) and all_dots > 0
    return Shown(notes=in_order, hidden=of_all.hidden, is_unanimous=is_unanimous)


def _split(notes: Iterable[Note]) -> Shown:
    both = list(notes)
    return Shown(
        notes=[note for note in both if not note.is_hidden], hidden=[note for note in both if note.is_hidden]
    )


def left_behind(room: Room) -> list[Pot]:
    """What was poured out in a room, and what never was, for the goodbye of those who were in it. Two queries."""
    seen = Prefetch("notes", Note.objects.filter(is_hidden=False), to_attr="shown_notes")
    over = room.pots.filter(kind=Pot.Kind.NOTES, state__in=(Pot.State.POURED, Pot.State.DISCARDED))
    return list(over.prefetch_related(seen))

"""Reads: what a room's pots gave, under its headings, and what of it may be told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from peerhood.gatherings import confidentiality
from peerhood.gatherings.confidentiality import WriteUp
from peerhood.gatherings.models import Gathering
from peerhood.rooms.models import Note, NoteGroup, Pot

# With fewer, a number could tell who wrote.
FEWEST_COUNTED = 5
WITH_CONTENT = frozenset({WriteUp.NAMED, WriteUp.UNNAMED})


@dataclass(frozen=True)
class Heading:
    """Notes that belong together; ``group`` is None for those that are under no heading."""

    group: NoteGroup | None
    notes: Sequence[Note]


@dataclass(frozen=True)
class Gathered:
    """One pot: its headings with their notes, the most stars first; hidden notes are not in it."""

    pot: Pot
    headings: Sequence[Heading]
    write_up: WriteUp

    @property
    def notes_count(self) -> int:
        return sum(len(heading.notes) for heading in self.headings)

    @property
    def notes(self) -> list[Note]:
        return [note for heading in self.headings for note in heading.notes]

    @property
    def filled(self) -> list[Heading]:
        return [heading for heading in self.headings if heading.notes]

    def may_be_told(self) -> bool:
        """May what was written leave the room, in a file or a story?"""
        return self.write_up in WITH_CONTENT

    def is_starred(self) -> bool:
        return any(note.dots is not None for note in self.notes)

    def may_be_counted(self) -> bool:
        return self.notes_count >= FEWEST_COUNTED


def gathered_in(gathering: Gathering) -> list[Gathered]:
    """Every pot that was poured out at the gathering, the first one first. Four queries, however many there are.

    The strictest item of the gathering decides what may be told, and of a step that was stricter still, the step.
    """
    seen = Prefetch("notes", Note.objects.filter(is_hidden=False), to_attr="shown_notes")
    pots = Pot.objects.filter(room__gathering=gathering, kind=Pot.Kind.NOTES, state=Pot.State.POURED)
    level = gathering.level
    return [
        Gathered(pot, _under_headings(pot.groups.all(), pot.shown_notes), _write_up(level, pot))
        for pot in pots.select_related("item__format").prefetch_related("groups", seen)
    ]


def _write_up(level: str, pot: Pot) -> WriteUp:
    return confidentiality.write_up(confidentiality.strictest(filter(None, [level, pot.level])))


def _under_headings(groups: Iterable[NoteGroup], notes: Sequence[Note]) -> list[Heading]:
    in_order = sorted(notes, key=lambda note: (-(note.dots or 0), note.pk))
    return [
        Heading(group, [note for note in in_order if note.group_id == (group and group.pk)])
        for group in [*groups, None]
    ]

"""What the promise page says: the table of levels in words, what holds against whom, and the last linking game.

Nothing here decides anything. The cells are those of ``gatherings.confidentiality``; the figures are those that
``bin/bench promise --report`` wrote after the last full game.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peerhood.gatherings.confidentiality import TABLE, Cell, Level, Surface, WriteUp, allows

FIGURES = Path(__file__).with_name("promise_figures.json")
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True)
class Said:
    """A row of a table: what it is about, and a cell for each level."""

    about: str
    cells: list[tuple[str, str]]


@dataclass(frozen=True)
class Adversary:
    """Somebody who would like to know: who wrote a note, and, by level, whether a given person was there.

    ``hides_the_note`` holds at every level, for every level has the one way to write. ``hides_who_came`` is asked
    of the table for each.
    """

    who: str | Promise
    hides_the_note: bool
    hides_who_came: Callable[[str], bool]
    # Whoever reads the disk: held by the pot in memory, and shown by the linking game, or not.
    reads_the_disk: bool = False


def _hides_from_nobody(_level: str) -> bool:
    """Answers and arrivals are in the database with a name: seats, the door and certificates need them."""
    return False


ADVERSARIES = (
    Adversary(
        gettext_lazy("A visitor, or a search engine"),
        True,
        lambda level: not allows(level, Surface.ATTENDEES_PUBLIC),
    ),
    Adversary(
        gettext_lazy("A member of the circle who does not come"),
        True,
        lambda level: not allows(level, Surface.ATTENDEES_MEMBERS),
    ),
    Adversary(gettext_lazy("Another participant"), True, _hides_from_nobody),
    Adversary(gettext_lazy("The organiser"), True, _hides_from_nobody),
    Adversary(
        gettext_lazy("A thief of the database and its backups"), True, _hides_from_nobody, reads_the_disk=True
    ),
    Adversary(
        gettext_lazy("Whoever runs the server, looking at disk and logs afterwards"),
        True,
        _hides_from_nobody,
        reads_the_disk=True,
    ),
    Adversary(
        gettext_lazy("Somebody with full control of the server during the meeting"), False, _hides_from_nobody
    ),
    Adversary(gettext_lazy("Whoever runs changed software"), False, _hides_from_nobody),
)


@dataclass(frozen=True)
class Database:
    """The game on one database: shares between 0 and 1, and the bound as a multiple of chance."""

    kind: str
    attackers_count: int
    best_rate: float
    best_bound: float
    against_chance: float
    worst_control: float

    @property
    def name(self) -> str:
        return NAMES.get(self.kind, self.kind)

    @property
    def best_percent(self) -> float:
        return 100 * self.best_rate

    @property
    def bound_percent(self) -> float:
        return 100 * self.best_bound

    @property
    def control_percent(self) -> float:
        return 100 * self.worst_control


@dataclass(frozen=True)
class Figures:
    """The last full linking game."""

    played_on: date
    rounds_count: int
    notes_count: int
    most_against_chance: float
    has_passed: bool
    databases: list[Database]

    @property
    def chance_percent(self) -> float:
        return 100 / self.notes_count

    @property
    def beyond(self) -> list[Database]:
        """Where an attacker was better than what was set before the game."""
        return [each for each in self.databases if each.against_chance > self.most_against_chance]


@cache
def figures(path: Path = FIGURES) -> Figures:
    read: dict[str, Any] = json.loads(path.read_text())
    databases = [Database(**each) for each in read.pop("databases")]
    return Figures(**read | {"played_on": date.fromisoformat(read["played_on"]), "databases": databases})


def levels() -> list[tuple[str, str]]:
    """Each level's name and what it means, the strictest last."""
    return [(str(Level(level).label), str(rule.means)) for level, rule in TABLE.items()]


def surfaces() -> list[Said]:
    return [
        Said(
            str(surface.label),
            [(str(Level(level).label), _worded(rule.cells[surface])) for level, rule in TABLE.items()],
        )
        for surface in Surface
    ]


def adversaries(*, pot_is_in_memory: bool, has_passed: bool) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Who, whether the writer of a note stays hidden from them, and by level whether somebody's coming does."""
    return [
        (
            str(one.who),
            _about_a_note(one, pot_is_in_memory, has_passed),
            [(str(Level(level).label), _held(one.hides_who_came(level))) for level in TABLE],
        )
        for one in ADVERSARIES
    ]


def _about_a_note(one: Adversary, pot_is_in_memory: bool, has_passed: bool) -> str:
    if not one.reads_the_disk:
        return _held(one.hides_the_note)
    if not pot_is_in_memory:
        return _held(False)
    return _held(True) if has_passed else _("Aimed for, not shown: see the last game")


def _worded(cell: Cell) -> str:
    if isinstance(cell, bool):
        return _("Yes") if cell else _("No")
    return str(cell.label if isinstance(cell, WriteUp) else cell)


def _held(holds: bool) -> str:
    return _("Holds") if holds else _("Does not hold")

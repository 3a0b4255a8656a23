"""People: a list from a spreadsheet, one person in a row, read with every fault named."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from peerhood.mixing.shell.columns import columns_of, is_yes
from peerhood.mixing.shell.faults import Fault, Faulty, said
from peerhood.mixing.shell.reading import rows_of

MOST_PEOPLE = 5_000
LONGEST_NAME = 200


@dataclass(frozen=True)
class Person:
    """One row. ``companions`` and ``apart`` are names on the same list, spelt as there."""

    name: str
    group: str = ""
    sector: str = ""
    is_first_timer: bool = False
    is_greeter: bool = False
    companions: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()


def people_of(content: bytes, source: str) -> tuple[list[Person], list[str]]:
    """Everybody on the list, and the headings of columns that were not read. ``Faulty`` names what is wrong."""
    rows = list(rows_of(content, source))
    if not rows:
        raise Faulty(source, [Fault("", "is empty")])
    columns, unknown, faults = columns_of(rows[0][1])
    if faults:
        raise Faulty(source, faults)
    if len(rows) - 1 > MOST_PEOPLE:
        raise Faulty(source, [Fault("", f"lists more than {MOST_PEOPLE} people")])
    people, faults = _People(columns, len(rows[0][1])).read(rows[1:])
    if faults:
        raise Faulty(source, faults)
    return people, unknown


def key(name: str) -> str:
    """What two spellings of one name have in common.

    >>> key("ÅSA ek") == key("Åsa Ek")
    True
    """
    return unicodedata.normalize("NFC", name).casefold()


class _People:
    """The list while it is being read."""

    def __init__(self, columns: Mapping[str, int], width: int) -> None:
        self.columns = columns
        self.width = width
        self.row_of: dict[str, int] = {}
        self.spelt: dict[str, str] = {}

    def read(self, rows: Sequence[tuple[int, list[str]]]) -> tuple[list[Person], list[Fault]]:
        """Names first: a companion may stand further down."""
        faults: list[Fault] = []
        for number, cells in rows:
            faults += self._enter(number, cells)
        people = [self._person(number, cells, faults) for number, cells in rows]
        return people, faults

    def _cell(self, cells: Sequence[str], column: str) -> str:
        at = self.columns.get(column)
        return cells[at] if at is not None and at < len(cells) else ""

    def _enter(self, number: int, cells: Sequence[str]) -> Iterator[Fault]:
        if any(cells[self.width :]):
            yield Fault(f"row {number}", f"has {len(cells)} cells under {self.width} headings")
        name = self._cell(cells, "name")
        where = f"row {number}, column name"
        if not name:
            yield Fault(where, "nobody is named")
        elif not name.isprintable() or len(name) > LONGEST_NAME:
            yield Fault(where, f"this is no name: {said(name)}")
        elif (first := self.row_of.setdefault(key(name), number)) != number:
            yield Fault(where, f"{said(name)} is in row {first} already; names must differ")
        else:
            self.spelt[key(name)] = name

    def _person(self, number: int, cells: Sequence[str], faults: list[Fault]) -> Person:
        def yes(column: str) -> bool:
            try:
                return is_yes(self._cell(cells, column))
            except ValueError as error:
                faults.append(Fault(f"row {number}, column {column}", str(error)))
                return False

        def others(column: str) -> tuple[str, ...]:
            names = self._names(self._cell(cells, column))
            for name in names:
                if key(name) not in self.spelt:
                    reason = f"nobody is called {said(name)}"
                    faults.append(Fault(f"row {number}, column {column}", reason))
                elif self.row_of[key(name)] == number:
                    reason = f"{said(name)} is the person in this row"
                    faults.append(Fault(f"row {number}, column {column}", reason))
            return tuple(self.spelt.get(key(name), name) for name in names)

        return Person(
            self._cell(cells, "name"),
            self._cell(cells, "group"),
            self._cell(cells, "sector"),
            yes("first_timer"),
            yes("greeter"),
            others("companion_of"),
            others("apart_from"),
        )

    def _names(self, cell: str) -> list[str]:
        """The names in a cell, between semicolons or upright strokes; one name may hold either."""
        if key(cell) in self.spelt:
            return [cell]
        return [name.strip() for name in cell.replace("|", ";").split(";") if name.strip()]

"""Backups as operators take them, read as a thief would: rows as they lie in the file, by every column, and what is new.

Of SQLite it is the copy that SQLite itself makes while the site runs; of PostgreSQL the file of ``pg_dump``. There is
one before each round and one after it, and what they differ in is what the round left.
"""

import os
import re
import sqlite3
import subprocess
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection

Row = tuple[str, ...]
COPY = re.compile(r"COPY (?:public\.)?(\S+) \((.*)\) FROM stdin;")


@dataclass(frozen=True)
class Table:
    columns: list[str]
    rows: list[Row]


@dataclass
class Backups:
    """The last one, and what it has that the one before it had not."""

    last: dict[str, Table] = field(default_factory=dict)
    new: dict[str, Table] = field(default_factory=dict)

    def take(self) -> None:
        before, self.last = self.last, read(take(file_of_last()))
        known = {name: set(table.rows) for name, table in before.items()}
        self.new = {
            name: Table(table.columns, [row for row in table.rows if row not in known.get(name, ())])
            for name, table in self.last.items()
        }

    def orders(self, table: str, column: str, keys: Collection[str]) -> dict[str, list[str]]:
        """The keys, in the orders in which their rows lie in the backup, and in what it has that the one before had not."""
        found = {}
        for name, tables in (("backup", self.last), ("difference", self.new)):
            if kept := tables.get(table):
                at = kept.columns.index(column)
                rows = [row for row in kept.rows if plain(row[at]) in keys]
                found |= _by_every_column(name, Table(kept.columns, rows), at)
        return {name: order for name, order in found.items() if len(order) == len(keys)}

    def people(self, members: Collection[int]) -> dict[str, list[int]]:
        """Everybody of the round, wherever a table has a new row for each of them."""
        keys, found = {str(member) for member in members}, {}
        for name, new in self.new.items():
            for at, column in enumerate(new.columns):
                if column.endswith("person_id") and sorted(row[at] for row in new.rows if row[at] in keys) == sorted(keys):  # fmt: skip
                    rows = [row for row in new.rows if row[at] in keys]
                    found |= _by_every_column(f"difference, {name}", Table(new.columns, rows), at)
        return {name: [int(key) for key in order] for name, order in found.items()}


def take(file: Path) -> Path:
    """Write a backup of the whole database to this file."""
    file.unlink(missing_ok=True)
    if connection.vendor == "postgresql":
        address = os.environ["DATABASE_URL"]
        subprocess.run(["pg_dump", "--dbname", address, "--file", file], check=True)
        return file
    # A connection of its own, as a backup from outside has.
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"])) as kept,
        closing(sqlite3.connect(file)) as copy,
    ):
        kept.backup(copy)
    return file


def file_of_last() -> Path:
    return Path(os.environ["PEERHOOD_HOME"]) / "backup"


def read(file: Path) -> dict[str, Table]:
    """Every table of a backup, with its rows as they lie there."""
    return dict(_of_dump(file) if connection.vendor == "postgresql" else _of_copy(file))


def _of_dump(file: Path) -> Iterator[tuple[str, Table]]:
    lines = iter(file.read_text().split("\n"))
    for line in lines:
        if begun := COPY.fullmatch(line):
            rows = []
            for written in lines:
                if written == r"\.":
                    break
                rows.append(tuple(written.split("\t")))
            yield begun[1], Table([name.strip('"') for name in begun[2].split(", ")], rows)


def _of_copy(file: Path) -> Iterator[tuple[str, Table]]:
    with closing(sqlite3.connect(file)) as copy:
        tables = copy.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        )
        for (name,) in tables.fetchall():
            # Without an order asked for, rows come as they lie.
            asked = copy.execute(f'SELECT * FROM "{name}" NOT INDEXED')
            columns = [column[0] for column in asked.description]
            yield name, Table(columns, [tuple(map(str, row)) for row in asked])


def plain(key: object) -> str:
    """A key, whether a database writes it with dashes or without."""
    return str(key).replace("-", "")


def _by_every_column(name: str, table: Table, at: int) -> dict[str, list[str]]:
    found = {name: [plain(row[at]) for row in table.rows]}
    for column, called in enumerate(table.columns):
        ordered = sorted(table.rows, key=lambda row, column=column: _comparable(row[column]))
        found[f"{name}, {called}"] = [plain(row[at]) for row in ordered]
    return found


def _comparable(cell: str) -> tuple[float, str]:
    """Numbers by what they are worth."""
    try:
        return float(cell), ""
    except ValueError:
        return 0, cell

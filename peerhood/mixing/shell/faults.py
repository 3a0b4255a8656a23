"""Faults: what is wrong with what was handed in, all of it at once, so that it is put right in one go."""

from collections.abc import Iterable
from dataclasses import dataclass

# More than a screenful helps nobody.
MOST_TOLD = 20


@dataclass(frozen=True)
class Fault:
    """One thing to put right, and where it stands: a row and a column, or a field."""

    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}" if self.where else self.reason


class Faulty(ValueError):
    """What was handed in cannot be used; the message names every fault, one on a line.

    >>> print(Faulty("people.csv", [Fault("row 7, column name", "nobody is named")]))
    people.csv: row 7, column name: nobody is named
    """

    def __init__(self, source: str, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        lines = [f"{source}: {fault}" if source else str(fault) for fault in self.faults[:MOST_TOLD]]
        if len(self.faults) > MOST_TOLD:
            lines.append(f"… and {len(self.faults) - MOST_TOLD} more")
        super().__init__("\n".join(lines))


def said(value: object) -> str:
    """Quote what was handed in, shortly and in letters any terminal can show.

    >>> said("Åsa"), said("\\x1b[2J")
    ("'Åsa'", "'\\\\x1b[2J'")
    """
    quoted = repr(value)
    return quoted if len(quoted) <= 60 else f"{quoted[:50]}…{quoted[-1]}"

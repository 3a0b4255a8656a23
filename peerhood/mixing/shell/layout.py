"""Layout: tables and rounds as people type them."""

import re
from collections.abc import Sequence

from peerhood.mixing.engine import even_tables
from peerhood.mixing.shell.faults import Fault, Faulty, said

MOST_SEATS = 20_000
SIZES = re.compile(r"(?:(\d{1,5})\s*[x×*]\s*)?(\d{1,5})", re.IGNORECASE)
MODES = ("mixed", "similar", "diverse")


def tables_of(typed: str) -> list[int]:
    """The chairs at each table.

    >>> tables_of("3x5,2x4"), tables_of("5, 5, 4")
    ([5, 5, 5, 4, 4], [5, 5, 4])
    """
    tables: list[int] = []
    for part in typed.split(","):
        match = SIZES.fullmatch(part.strip())
        count, size = (int(match[1] or 1), int(match[2])) if match else (0, 0)
        if not count or not size:
            raise Faulty("--tables", [Fault("", f"must be like 6x5 or 5,5,4 or 3x5,2x4, not {said(typed)}")])
        if sum(tables) + count * size > MOST_SEATS:
            raise Faulty("--tables", [Fault("", f"more than {MOST_SEATS} seats")])
        tables += [size] * count
    return tables


def tables_for(people_count: int, typed: str | None, size: int | None) -> Sequence[int]:
    """The tables that were typed, or as many of about ``size`` as the people need."""
    return tables_of(typed) if typed is not None else even_tables(people_count, size or 2)


def modes_of(typed: str | None, round_count: int, has_sectors: bool) -> list[str]:
    """One mode for each round: as typed, one for all rounds, or what suits the list.

    >>> modes_of("mixed, similar", 2, False), modes_of(None, 2, True)
    (['mixed', 'similar'], ['diverse', 'diverse'])
    """
    if typed is None:
        return ["diverse" if has_sectors else "mixed"] * round_count
    modes = [part.strip().casefold() for part in typed.split(",")]
    for mode in modes:
        if mode not in MODES:
            raise Faulty("--modes", [Fault("", f"must be of {', '.join(MODES)}, not {said(mode)}")])
    if len(modes) not in (1, round_count):
        raise Faulty(
            "--modes", [Fault("", f"must be one, or one for each of {round_count} rounds, not {len(modes)}")]
        )
    return modes if len(modes) == round_count else modes * round_count

"""Smaller tables from larger ones: where enough points never meet, one from every table can go."""

from collections.abc import Iterator
from functools import cache

from peerhood.mixing.engine.designs import catalogue
from peerhood.mixing.engine.designs.deleting import deleted
from peerhood.mixing.engine.designs.symmetry import Round


def narrowed_count(tables: int, size: int) -> int:
    """How many rounds are left of a design in the catalogue for larger tables; 0 where none can be narrowed."""
    return len(_narrowed(tables, size))


def narrowed(tables: int, size: int, rounds: int) -> Iterator[Round]:
    """``rounds`` rounds or more, if `narrowed_count` is so many."""
    yield from _narrowed(tables, size)


@cache
def _narrowed(tables: int, size: int) -> list[Round]:
    if size >= tables:
        return []
    most = catalogue.longest(tables, size + 1)
    wider = max(list(catalogue.rounds(tables, size + 1, most)), _narrowed(tables, size + 1), key=len)
    return deleted(wider, [[size] * tables] * len(wider)) or [] if wider else []

"""Larger designs from smaller: every point becomes a family, every table a set of transversal rounds.

Where two people of different families sit together, their families' table is unique in the small
design, and within it the round and the table are unique in the transversal one. A family, whose
members have not met, then fills rounds of its own. One table as the small design gives the affine
planes: 4-4-5 is one table of four families of four, each of which sits together once.
"""

from collections.abc import Callable, Iterator

from peerhood.mixing.engine.designs.symmetry import Round
from peerhood.mixing.engine.designs.transversal import transversal, transversal_count

Known = Callable[[int, int], int]
Build = Callable[[int, int, int], Iterator[Round]]


def inflated_count(tables: int, size: int, known: Known) -> int:
    """The most rounds that any family size gives, ``known`` counting the smaller designs."""
    return max((_count(tables, size, family, known) for family in _families(tables)), default=1)


def inflated(tables: int, size: int, rounds: int, known: Known, build: Build) -> Iterator[Round]:
    """``rounds`` rounds, at most `inflated_count`; ``build`` makes the smaller designs."""
    family = next(f for f in _families(tables) if _count(tables, size, f, known) >= rounds)
    small = tables // family
    left = rounds
    each = min(rounds, transversal_count(family, size))
    pattern = list(transversal(family, size, each))
    for coarse in build(small, size, min(known(small, size), -(-rounds // each))):
        for fine in pattern[:left]:
            yield [
                [table[p // family] * family + p % family for p in seat] for table in coarse for seat in fine
            ]
        left -= min(left, each)
    if left:
        for inner in build(family // size, size, left):
            yield [[i * family + p for p in table] for i in range(small * size) for table in inner]


def _families(tables: int) -> list[int]:
    return [f for f in range(tables, 1, -1) if tables % f == 0]


def _count(tables: int, size: int, family: int, known: Known) -> int:
    within = known(family // size, size) if family % size == 0 else 0
    return known(tables // family, size) * transversal_count(family, size) + within

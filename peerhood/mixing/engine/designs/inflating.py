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
Build = Callable[[int, int, int], list[Round] | None]


def inflated_count(tables: int, size: int, known: Known) -> int:
    """The most rounds that any family size gives, ``known`` counting the smaller designs."""
    return max((_count(tables, size, family, known) for family in _families(tables)), default=1)


def inflated(tables: int, size: int, rounds: int, known: Known, build: Build) -> Iterator[Round]:
    """``rounds`` rounds or more, `inflated_count` suffices; ``build`` makes the smaller designs.

    Member m of family f is the point f * (members of a family) + m.
    """
    members = next(n for n in _families(tables) if _count(tables, size, n, known) >= rounds)
    families = tables * size // members
    small = tables // members
    each = min(rounds, transversal_count(members, size))
    between = list(transversal(members, size, each))
    together = min(known(small, size), -(-rounds // each))
    apart = max(0, rounds - together * each)
    for coarse in build(small, size, together) or ():
        for fine in between:
            yield [
                [at[p // members] * members + p % members for p in seats] for at in coarse for seats in fine
            ]
    for inner in build(members // size, size, apart) or () if apart else ():
        yield [[f * members + p for p in seats] for f in range(families) for seats in inner]


def _families(tables: int) -> list[int]:
    return [f for f in range(tables, 1, -1) if tables % f == 0]


def _count(tables: int, size: int, family: int, known: Known) -> int:
    within = known(family // size, size) if family % size == 0 else 0
    return known(tables // family, size) * transversal_count(family, size) + within

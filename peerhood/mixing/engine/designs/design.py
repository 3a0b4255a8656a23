"""A design for so many tables, of such a size, over so many rounds: nobody meets anybody twice."""

from collections.abc import Iterator
from functools import cache
from itertools import islice

from peerhood.mixing.engine.designs import catalogue
from peerhood.mixing.engine.designs.inflating import inflated, inflated_count
from peerhood.mixing.engine.designs.roundrobin import round_robin
from peerhood.mixing.engine.designs.symmetry import Round
from peerhood.mixing.engine.designs.transversal import transversal, transversal_count


def design(tables: int, size: int, rounds: int) -> list[Round] | None:
    """``rounds`` rounds of ``tables`` tables of ``size`` in which no two points meet twice.

    Points are numbered from 0 to tables * size - 1; every point sits in every round. None where no
    such design is known here, which does not say that there is none; see `most_rounds`.
    Raises ValueError unless all three numbers are positive.

    >>> design(2, 2, 3)
    [[[0, 3], [1, 2]], [[1, 3], [2, 0]], [[2, 3], [0, 1]]]
    """
    if min(tables, size, rounds) < 1:
        raise ValueError("Tables, their size and the rounds are counted from one.")
    if rounds > most_rounds(tables, size):
        return None
    return list(_built(tables, size, rounds))


@cache
def most_rounds(tables: int, size: int) -> int:
    """The most rounds that `design` knows for tables of this size; unlimited (10**9) for size 1."""
    if size == 1:
        return 10**9
    if size == 2:
        return 2 * tables - 1
    return max(
        transversal_count(tables, size),
        inflated_count(tables, size, most_rounds),
        catalogue.longest(tables, size),
    )


def _built(tables: int, size: int, rounds: int) -> Iterator[Round]:
    """The first way, cheapest first, that reaches so far."""
    if size == 1:
        return ([[p] for p in range(tables)] for _ in range(rounds))
    if size == 2:
        return round_robin(tables, rounds)
    if rounds <= transversal_count(tables, size):
        return transversal(tables, size, rounds)
    if rounds <= inflated_count(tables, size, most_rounds):
        return inflated(tables, size, rounds, most_rounds, _built)
    found = catalogue.entry(tables, size, rounds)
    assert found is not None  # most_rounds counted it
    return islice(found.expanded(), rounds)

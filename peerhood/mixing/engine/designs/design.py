"""A design for so many tables, of such a size, over so many rounds: nobody meets anybody twice."""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice

from peerhood.mixing.engine.designs import catalogue
from peerhood.mixing.engine.designs.inflating import inflated, inflated_count
from peerhood.mixing.engine.designs.roundrobin import round_robin, round_robin_count
from peerhood.mixing.engine.designs.shifts import steady, steady_count
from peerhood.mixing.engine.designs.symmetry import Round
from peerhood.mixing.engine.designs.transversal import transversal, transversal_count

Count = Callable[[int, int], int]  # how many rounds, for tables of a size
Build = Callable[[int, int, int], Iterator[Round]]  # so many rounds or more, if the count suffices


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
    build = next((build for count, build in _ways(size) if rounds <= count(tables, size)), None)
    return list(islice(build(tables, size, rounds), rounds)) if build else None


@cache
def most_rounds(tables: int, size: int) -> int:
    """The most rounds that `design` knows for tables of this size; without end (10**9) for size 1."""
    return max(count(tables, size) for count, _ in _ways(size))


def _ways(size: int) -> list[tuple[Count, Build]]:
    """The ways to a design, the quickest first, each with how far it goes."""
    if size == 1:
        return [(lambda tables, size: 10**9, _alone)]
    if size == 2:
        return [(round_robin_count, round_robin)]
    return [
        (steady_count, steady),
        (transversal_count, transversal),
        (catalogue.longest, catalogue.rounds),
        (_inflated_count, _inflated),
    ]


def _alone(tables: int, size: int, rounds: int) -> Iterator[Round]:
    return ([[point] for point in range(tables)] for _ in range(rounds))


def _inflated_count(tables: int, size: int) -> int:
    return inflated_count(tables, size, most_rounds)


def _inflated(tables: int, size: int, rounds: int) -> Iterator[Round]:
    return inflated(tables, size, rounds, most_rounds, design)

"""More rounds than anybody has strangers: some pairs must meet again; then as few as we know how."""

from collections.abc import Iterator
from itertools import combinations, count, islice
from random import Random

from peerhood.mixing.engine.designs.design import design, most_rounds
from peerhood.mixing.engine.designs.symmetry import Round
from peerhood.mixing.engine.shuffling import shuffled

STARTS = 4  # tries at every added round, fewer in a room of more than sixty


def fewest_repeats(tables: int, size: int, rounds: int) -> list[Round]:
    """``rounds`` rounds of ``tables`` tables of ``size`` with few repeats: pairs c(c - 1) / 2 over meetings c.

    No repeats where `design` knows so many rounds. Where its longest lets everybody meet everybody
    once, that design over and over, which no schedule can better. Else its longest, and rounds
    added one by one that bring together those who have met least: few repeats, not always the fewest.
    """
    most = min(rounds, most_rounds(tables, size))
    known = design(tables, size, most)
    assert known is not None
    if most * (size - 1) == tables * size - 1:
        return [[list(table) for table in known[i % most]] for i in range(rounds)]
    return [*known, *islice(_added(known, tables, size), rounds - most)]


def _added(rounds: list[Round], tables: int, size: int) -> Iterator[Round]:
    """More rounds, each the best of some descents from a random seating; deterministic."""
    people = tables * size
    met = [[0] * people for _ in range(people)]
    _count(met, rounds)
    for number in count(len(rounds)):
        draw = Random(number).random
        starts = [shuffled(range(people), draw) for _ in range(min(STARTS, 1 + 10_000 // people**2))]
        seatings = (_descended(met, start, size) for start in starts)
        best = min(seatings, key=lambda seats: _price(met, _tables(seats, size)))
        _count(met, [_tables(best, size)])
        yield _tables(best, size)


def _descended(met: list[list[int]], seats: list[int], size: int) -> list[int]:
    """Swap two people of different tables for as long as that lowers the price of this round."""
    improved = True
    while improved:
        improved = False
        for i in range(len(seats)):
            table = range(i - i % size, i - i % size + size)
            if any(met[seats[i]][seats[n]] for n in table):
                improved |= any(_swapped(met, seats, i, j, size) for j in range(len(seats)) if j not in table)
    return seats


def _swapped(met: list[list[int]], seats: list[int], i: int, j: int, size: int) -> bool:
    """Swap who sits at i and who sits at j, of another table, if that makes this round cheaper."""
    here, there = seats[i - i % size :][:size], seats[j - j % size :][:size]
    a, b = met[seats[i]], met[seats[j]]
    gain = 2 * a[seats[j]] + sum(a[p] - b[p] for p in here) - sum(a[p] - b[p] for p in there)
    if gain > 0:
        seats[i], seats[j] = seats[j], seats[i]
    return gain > 0


def _tables(seats: list[int], size: int) -> Round:
    return [sorted(seats[i : i + size]) for i in range(0, len(seats), size)]


def _price(met: list[list[int]], tables: Round) -> int:
    return sum(met[a][b] for table in tables for a, b in combinations(table, 2))


def _count(met: list[list[int]], rounds: list[Round]) -> None:
    for tables in rounds:
        for table in tables:
            for a, b in combinations(table, 2):
                met[a][b] += 1
                met[b][a] += 1

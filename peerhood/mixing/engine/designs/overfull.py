"""More rounds than anybody has strangers: some pairs must meet again; then as few as we know how."""

from collections.abc import Iterator
from itertools import combinations, count, islice
from random import Random

from peerhood.mixing.engine.designs.design import design, most_rounds
from peerhood.mixing.engine.designs.symmetry import Round

STARTS = 12  # tries at every added round


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
        random = Random(number)
        seatings = (_descended(met, random.sample(range(people), people), size) for _ in range(STARTS))
        best = min(seatings, key=lambda seats: _price(met, _tables(seats, size)))
        _count(met, [_tables(best, size)])
        yield _tables(best, size)


def _descended(met: list[list[int]], seats: list[int], size: int) -> list[int]:
    """Swap two people of different tables for as long as that lowers the price of this round."""
    improved = True
    while improved:
        improved = False
        for i, j in combinations(range(len(seats)), 2):
            here, there = i // size, j // size
            if here == there:
                continue
            a, b = met[seats[i]], met[seats[j]]
            gain = 2 * a[seats[j]]
            for other in seats[here * size : here * size + size]:
                gain += a[other] - b[other]
            for other in seats[there * size : there * size + size]:
                gain += b[other] - a[other]
            if gain > 0:
                seats[i], seats[j] = seats[j], seats[i]
                improved = True
    return seats


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

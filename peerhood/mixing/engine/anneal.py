"""Simulated annealing: swap two people, keep what is better, and while it is warm now and then what is worse.

Chance comes from ``draw`` and everything else is whole numbers, so the same seed
and the same number of moves give the same seats on every machine.
"""

import math
from collections.abc import Iterator, Sequence

from peerhood.mixing.engine.construct import Draw
from peerhood.mixing.engine.seating import Seating

# Kirkpatrick et al. 1983 accept a change with probability exp(-change / T), that is
# when change <= -T · ln(u). A table of rounded logarithms keeps platforms' last digits out.
TOLERANCE = [round(-1_000 * math.log((i + 0.5) / 1_024)) for i in range(1_024)]


def stretch(
    seating: Seating,
    free: Sequence[tuple[int, Sequence[int]]],
    temperature: int,
    moves: int,
    draw: Draw,
    floor: int,
) -> None:
    """Propose so many swaps at one temperature; stop early at a cost of ``floor``.

    Args:
        free: rounds (from 0) and the people who may move in each.
        temperature: in milli-repeats.
    """
    rounds = len(free)
    for _ in range(moves):
        number, people = free[int(draw() * rounds)]
        p = people[int(draw() * len(people))]
        # Nine of ten swaps of somebody whose seat costs nothing are not worth a look.
        if seating.strain(number, p) == 0 and draw() < 0.9:
            continue
        q = people[int(draw() * len(people))]
        table_of = seating.table_of[number]
        if table_of[p] == table_of[q]:
            continue
        if p in seating.bonds:
            _swap_bond(seating, number, people, p, q, temperature * TOLERANCE[int(draw() * 1_024)] // 1_000)
            continue
        change = seating.swap_cost(number, p, q)
        if change <= 0 or 1_000 * change <= temperature * TOLERANCE[int(draw() * 1_024)]:
            seating.swap(number, p, q, change)
            if seating.cost <= floor:
                return


def _swap_bond(seating: Seating, number: int, people: Sequence[int], p: int, q: int, tolerance: int) -> None:
    """Swap all who are kept together with p for as many around q; one by one they would never part."""
    tables, table_of = seating.tables[number], seating.table_of[number]
    bond = [x for x in tables[table_of[p]] if x in seating.bonds[p] and x in people]
    others = [q, *(x for x in tables[table_of[q]] if x != q and x in people)]
    swaps = []
    for x, y in zip(bond, others, strict=False):
        swaps.append((x, y, seating.swap_cost(number, x, y)))
        seating.swap(number, *swaps[-1])
    if sum(change for _, _, change in swaps) > tolerance:
        for x, y, change in reversed(swaps):
            seating.swap(number, x, y, -change)


def cooling(moves: int, hot: int, cold: int, step: int) -> Iterator[tuple[int, int]]:
    """Spread the moves over falling temperatures: (temperature, moves), ``step`` moves at most each.

    >>> list(cooling(10, hot=400, cold=300, step=4))
    [(400, 4), (351, 4), (308, 2)]
    """
    levels = [hot]
    while levels[-1] * 15 // 16 >= cold:
        levels.append(levels[-1] * 15 // 16)
    for done in range(0, moves, step):
        yield levels[done * len(levels) // moves], min(step, moves - done)

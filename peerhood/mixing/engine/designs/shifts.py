"""Shifts: groups move on round the tables, each by its own number of tables in every round.

Group i is the points from i * tables on, and the member who sat at table t moves to t + shift. Two
people of groups i and j meet again only when the groups' shifts differ equally in two rounds, so
that all is well when for any two groups the differences of their shifts are different every round.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from random import Random

from peerhood.mixing.engine.designs.fields import prime_power
from peerhood.mixing.engine.designs.symmetry import Round
from peerhood.mixing.engine.shuffling import Draw

Shifts = tuple[int, ...]  # by how many tables each group moves on in one round

LOTS = 2000  # numbers drawn at most for one question: some milliseconds


def steady_count(tables: int, size: int) -> int:
    """How many rounds when group i moves on by i tables every time.

    People meet again when a difference of groups times a difference of rounds is a whole number of
    turns: never for a prime number of tables, nor while that product is less than one turn.
    """
    if prime_power(tables) == (tables, 1) and size <= tables:
        return tables
    return (tables - 1) // (size - 1) + 1


def steady(tables: int, size: int, rounds: int) -> Iterator[Round]:
    """``rounds`` rounds, at most `steady_count`, that begin at once however large the room."""
    return _moved(tables, ([i * r for i in range(size)] for r in range(rounds)))


def drawn_count(tables: int, size: int) -> int:
    """How many rounds `drawn` finds."""
    return len(_drawn(tables, size))


def drawn(tables: int, size: int, rounds: int) -> Iterator[Round]:
    """``rounds`` rounds, at most `drawn_count`, by shifts that were drawn by lot; always the same."""
    return _moved(tables, _drawn(tables, size)[:rounds])


@cache
def _drawn(tables: int, size: int) -> list[Shifts]:
    """Draw shifts for one group after the other, round after round, as long as the lots last."""
    draw = Random(0).random
    lots, best = LOTS, list[Shifts]()
    while lots > 0:
        rounds: list[Shifts] = []
        used = [[0] * size for _ in range(size)]  # used[j][i]: differences between groups, as bits
        failures = 0
        while lots > 0 and failures < 200 and len(rounds) < tables:
            shifts = _drawn_once(tables, size, used, draw)
            lots -= size
            if shifts is None:
                failures += 1
                continue
            failures = 0
            rounds.append(shifts)
            for i in range(size):
                for j in range(i):
                    used[j][i] |= 1 << (shifts[i] - shifts[j]) % tables
        best = max(best, rounds, key=len)
    return best


def _drawn_once(tables: int, size: int, used: list[list[int]], draw: Draw) -> Shifts | None:
    """Shifts for one more round, or None where the draw led nowhere."""
    everywhere = (1 << tables) - 1
    shifts = [0]
    for i in range(1, size):
        taken = 0
        for j, shift in enumerate(shifts):
            taken |= used[j][i] << shift | used[j][i] >> (tables - shift)
        free = everywhere & ~taken
        if not free:
            return None
        later = free >> (start := int(draw() * tables)) << start or free
        shifts.append((later & -later).bit_length() - 1)
    return tuple(shifts)


def _moved(tables: int, rounds: Iterator[Sequence[int]] | Sequence[Sequence[int]]) -> Iterator[Round]:
    for shifts in rounds:
        yield [[i * tables + (t + shift) % tables for i, shift in enumerate(shifts)] for t in range(tables)]

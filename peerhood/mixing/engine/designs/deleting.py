"""Tables of two sizes, k and k - 1: take a design for tables of k and leave out some of its points."""

from collections.abc import Sequence
from itertools import combinations

from peerhood.mixing.engine.designs.symmetry import Round

PATIENCE = 20_000  # points considered, a few milliseconds


def deleted(rounds: Sequence[Round], sizes: Sequence[Sequence[int]]) -> list[Round] | None:
    """The design ``rounds`` with points left out so that its tables have these sizes, round by round.

    All tables of the design have one size k; in ``sizes`` every round wants as many tables of k,
    and the rest of k - 1, in any order. The points that stay are numbered from 0 anew. None where
    no set of points was found of which, in every round, no two share a table. Raises ValueError
    when ``sizes`` are not of that kind.
    """
    size = len(rounds[0][0])
    fewer = sum(size - s for s in sizes[0])
    for wanted in sizes:
        if len(wanted) != len(rounds[0]) or not set(wanted) <= {size, size - 1}:
            raise ValueError(f"Each round has {len(rounds[0])} tables of {size} or {size - 1}.")
        if sum(size - s for s in wanted) != fewer:
            raise ValueError("The same people come to every round.")
    out = apart(rounds[: len(sizes)], fewer)
    if out is None or len(sizes) > len(rounds):
        return None
    points = sorted({p for table in rounds[0] for p in table} - set(out))
    name = {point: number for number, point in enumerate(points)}
    seated = []
    for tables, wanted in zip(rounds, sizes, strict=False):
        left = [[name[p] for p in table if p in name] for table in tables]
        of = {s: [table for table in left if len(table) == s] for s in {*wanted}}
        seated.append([of[s].pop(0) for s in wanted])
    return seated


def apart(rounds: Sequence[Round], count: int) -> list[int] | None:
    """``count`` points of which no two ever share a table, or None where none were found."""
    stranger = [(1 << sum(map(len, rounds[0]))) - 1] * sum(map(len, rounds[0]))
    for tables in rounds:
        for table in tables:
            for a, b in combinations(table, 2):
                stranger[a] &= ~(1 << b)
                stranger[b] &= ~(1 << a)
    patience = PATIENCE

    def pick(chosen: list[int], left: int) -> list[int] | None:
        nonlocal patience
        if len(chosen) == count:
            return chosen
        while left and left.bit_count() >= count - len(chosen) and patience:
            patience -= 1
            point = left.bit_length() - 1
            left &= ~(1 << point)
            if found := pick([*chosen, point], left & stranger[point]):
                return found
        return None

    return pick([], (1 << len(stranger)) - 1) if count else []

"""Weights: columns of numbers on the people of a block, one column after the other."""

from collections.abc import Sequence
from operator import mul

from peerhood.mixing.engine.bounds.series import Number, Series


def rows_of(columns: Sequence[Number], people: int) -> list[tuple[Number, ...]]:
    """A row of numbers for each person, from one column after the other."""
    return list(zip(*(columns[at : at + people] for at in range(0, len(columns), people)), strict=True))


def pull(
    s: Series, block: Sequence[int], weights: Sequence[float], met: Sequence[Sequence[float]]
) -> list[float]:
    """Where the weights should go: apart from those one meets, unless the tables are already uneven."""
    pulls: list[float] = []
    for at in range(0, len(weights), len(block)):
        column = weights[at : at + len(block)]
        spread = sum(column) / len(s.sizes)
        pulls += [
            (spread - w - sum(map(mul, xs, column)) / s.rounds) * (p in s.here)
            for p, w, xs in zip(block, column, met, strict=True)
        ]
    return pulls

"""Offers: what the multipliers of a moment make of an evening, as the people of one block see it."""

from collections.abc import Sequence
from dataclasses import dataclass

from peerhood.mixing.engine.bounds.series import Series

Rows = Sequence[Sequence[float]]


class Cut:
    """A series as the people of one block see it, in their order."""

    def __init__(self, s: Series, block: Sequence[int]) -> None:
        self.rounds, self.block = s.rounds, block
        self.flat = [[s.flat[p][q] for q in block] for p in block]
        self.mode = s.mode and [[s.mode[p][q] for q in block] for p in block]


@dataclass(frozen=True)
class Offer:
    """What one series offers a block: for company, for weights (a row each), and how much the mode counts."""

    company: Sequence[float]
    weights: Rows
    mode: float

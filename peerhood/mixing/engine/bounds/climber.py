"""A climber: numbers on their way up a slope that is only known step by step."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import sqrt

# How much of what it has seen a climber keeps: of the slope, and of its roughness.
KEPT, LONG_KEPT = 0.9, 0.98


@dataclass
class Climber:
    """Steps as Adam does (Kingma and Ba 2015): long where the slope is steady, short where it is rough."""

    at: list[float]
    stride: float
    slope: list[float] = field(init=False)
    rough: list[float] = field(init=False)
    steps: int = 0

    def __post_init__(self) -> None:
        self.slope, self.rough = [0.0] * len(self.at), [0.0] * len(self.at)

    def step(self, slope: Sequence[float], pace: float) -> None:
        """Move up this slope; ``pace`` falls from 1 towards 0."""
        self.steps += 1
        self.slope = [KEPT * old + (1 - KEPT) * new for old, new in zip(self.slope, slope, strict=True)]
        self.rough = [
            LONG_KEPT * old + (1 - LONG_KEPT) * new * new for old, new in zip(self.rough, slope, strict=True)
        ]
        stride = pace * self.stride * sqrt(1 - LONG_KEPT**self.steps) / (1 - KEPT**self.steps)
        self.at = [
            x + stride * m / (sqrt(r) + 1e-9) for x, m, r in zip(self.at, self.slope, self.rough, strict=True)
        ]

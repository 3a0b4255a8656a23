"""A radar of what somebody said of themselves. Pure: levels in, a drawing's numbers out.

Each skill has a spoke, numbered as in the table beside it, clockwise from the top; what was skipped has no
point. Numbers are text with a point in them, whatever the language of the page writes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

SIZE, REACH, STEPS = 320, 130, 5
FEWEST = 3


@dataclass(frozen=True)
class Spoke:
    number: int
    end: tuple[str, str]
    label: tuple[str, str]


@dataclass(frozen=True)
class Radar:
    """Spokes, rings from the inside out, and the shape with its corners."""

    spokes: list[Spoke]
    rings: list[str]
    shape: str
    corners: list[tuple[str, str]]


def drawn(levels: Sequence[int | None]) -> Radar | None:
    """The radar of these skills in their order; None for fewer than three: there is no area to draw.

    >>> drawn([5, 5]) is None
    True
    >>> drawn([5, None, 1, 5]).corners
    [('160.0', '30.0'), ('160.0', '186.0'), ('30.0', '160.0')]
    """
    count = len(levels)
    if count < FEWEST:
        return None
    spokes = [
        Spoke(number + 1, _at(number, count, STEPS), _at(number, count, STEPS + 0.6))
        for number in range(count)
    ]
    rings = [_line([_at(n, count, step) for n in range(count)]) for step in range(1, STEPS + 1)]
    corners = [_at(number, count, level) for number, level in enumerate(levels) if level]
    return Radar(spokes, rings, _line(corners), corners)


def _at(number: int, count: int, level: float) -> tuple[str, str]:
    turn, far = 2 * pi * number / count, REACH * level / STEPS
    return f"{SIZE / 2 + far * sin(turn):.1f}", f"{SIZE / 2 - far * cos(turn):.1f}"


def _line(points: Sequence[tuple[str, str]]) -> str:
    return " ".join(",".join(point) for point in points)

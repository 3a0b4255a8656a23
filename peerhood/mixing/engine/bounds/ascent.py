"""The ascent: looking for multipliers that prove much.

The bound of ``multipliers.worth`` is climbed along its slope, with every pair's
choice blurred at first, so that the slope is smooth, and less and less later.
Weights take the form of Burer and Monteiro (2003): a few columns instead of a
whole semidefinite matrix. Nothing here needs to be exact: whatever the ascent
finds is reckoned again in whole numbers.

A step takes time in proportion to the pairs of people, times the series.
"""

from collections.abc import Sequence
from operator import mul
from random import Random

from peerhood.mixing.engine.bounds.choices import Choice, Offer, choices
from peerhood.mixing.engine.bounds.climber import Climber
from peerhood.mixing.engine.bounds.facts import Facts
from peerhood.mixing.engine.bounds.floors import Floor
from peerhood.mixing.engine.bounds.multipliers import ROOT, UNIT, Multipliers
from peerhood.mixing.engine.bounds.series import Number, Series

COLUMNS = 6
# As shares of the price of a repeat: how far the first steps go, and how blurred choices are.
STRIDE, BLUR, LAST_BLUR = 0.03, 0.4, 0.016


def ascend(
    facts: Facts, alike: Sequence[Series], floors: Sequence[Floor], steps: int
) -> tuple[list[Multipliers], list[int]]:
    """Multipliers for each series and shares of each floor, after so many steps."""
    draw = Random(1)
    company = [Climber([0.0] * facts.people, STRIDE * facts.repeat) for _ in alike]
    weights = [
        Climber([draw.gauss(0, 4) * (p in s.here) for _ in range(COLUMNS) for p in range(facts.people)], 0.6)
        for s in alike
    ]
    shares = Climber([0.9] * len(floors), STRIDE)
    for number in range(1, steps + 1):
        pace, blur = 1 - number / (steps + 1), BLUR * (LAST_BLUR / BLUR) ** (number / steps)
        repeat = facts.repeat * (1 - _taken(shares.at, floors, repeats=True))
        offers = [
            Offer(u.at, _rows(v.at, facts.people), 1 - _taken(shares.at, floors, s.numbers[0]))
            for s, u, v in zip(alike, company, weights, strict=True)
        ]
        choice = choices(facts, alike, offers, repeat, blur * facts.repeat)
        for s, u, v, met in zip(alike, company, weights, choice.met, strict=True):
            _, seats = s.seats(u.at)
            v.step(_pull(s, v.at, met), pace)
            u.step([s.rounds * n - sum(xs) for n, xs in zip(seats, met, strict=True)], pace)
        shares.step([floor.value - _paid(floor, alike, choice) for floor in floors], pace)
        shares.at = [min(1.0, max(0.0, share)) for share in shares.at]
    return [
        Multipliers([round(x * UNIT) for x in u.at], _rows([round(w * ROOT) for w in v.at], facts.people))
        for u, v in zip(company, weights, strict=True)
    ], [int(share * UNIT) for share in shares.at]


def _rows(columns: Sequence[Number], people: int) -> list[tuple[Number, ...]]:
    return list(zip(*(columns[at : at + people] for at in range(0, len(columns), people)), strict=True))


def _pull(s: Series, weights: Sequence[float], met: Sequence[Sequence[float]]) -> list[float]:
    """Where the weights should go: apart from those one meets, unless the tables are already uneven."""
    pull: list[float] = []
    for at in range(0, len(weights), len(met)):
        column = weights[at : at + len(met)]
        spread = sum(column) / len(s.sizes)
        pull += [
            (spread - w - sum(map(mul, xs, column)) / s.rounds) * (p in s.here)
            for p, (w, xs) in enumerate(zip(column, met, strict=True))
        ]
    return pull


def _taken(
    shares: Sequence[float], floors: Sequence[Floor], number: int | None = None, repeats: bool = False
) -> float:
    """The share of a price that a floor already accounts for."""
    return sum(
        share
        for share, floor in zip(shares, floors, strict=True)
        if (repeats and floor.repeats) or number in floor.modes
    )


def _paid(floor: Floor, alike: Sequence[Series], choice: Choice) -> float:
    """What the choices cost under this floor."""
    modes = sum(cost for s, cost in zip(alike, choice.modes, strict=True) if s.numbers[0] in floor.modes)
    return modes + (choice.repeats if floor.repeats else 0.0)

"""The ascent: looking for multipliers that prove much.

The bound of ``multipliers.worth`` is climbed along its slope, with every pair's
choice blurred at first, so that the slope is smooth, and less and less later.
Weights take the form of Burer and Monteiro (2003): a few columns instead of a
whole semidefinite matrix. Nothing here needs to be exact: whatever the ascent
finds is reckoned again in whole numbers.

A step takes time in proportion to the pairs within blocks, times the series.
"""

from collections.abc import Sequence
from random import Random

from peerhood.mixing.engine.bounds.choices import Choice, choices
from peerhood.mixing.engine.bounds.climber import Climber
from peerhood.mixing.engine.bounds.facts import Facts
from peerhood.mixing.engine.bounds.floors import Floor
from peerhood.mixing.engine.bounds.multipliers import ROOT, UNIT, Multipliers
from peerhood.mixing.engine.bounds.offers import Cut, Offer
from peerhood.mixing.engine.bounds.series import Series
from peerhood.mixing.engine.bounds.weights import pull, rows_of

COLUMNS = 10
# As shares of the price of a repeat: how far the first steps go, and how blurred choices are.
STRIDE, BLUR, LAST_BLUR = 0.06, 0.4, 0.008
# In roots of a milli-repeat: where weights begin, and how far they step.
WEIGHT, WEIGHT_STRIDE = 2.0, 2.5


class Ascent:
    """Where the climb is: company and weights for each series, shares for each floor.

    Args:
        blocks: groups of people, no two with a common person. Pairs across blocks
            are left out of sight, so ``most`` must keep company prices below theirs.
    """

    def __init__(
        self,
        facts: Facts,
        alike: Sequence[Series],
        blocks: Sequence[Sequence[int]],
        floors: Sequence[Floor],
        most: float | None = None,
    ) -> None:
        draw = Random(1)
        self.facts, self.alike, self.blocks, self.floors, self.most = facts, alike, blocks, floors, most
        self.cuts = [[Cut(s, block) for s in alike] for block in blocks]
        self.company = [Climber([0.0] * facts.people, STRIDE * facts.repeat) for _ in alike]
        self.weights = [
            [
                Climber(
                    [draw.gauss(0, WEIGHT) * (p in s.here) for _ in range(COLUMNS) for p in block],
                    WEIGHT_STRIDE,
                )
                for s in alike
            ]
            for block in blocks
        ]
        self.seen = [any(p in block for block in blocks) for p in range(facts.people)]
        self.shares = Climber([0.9] * len(floors), STRIDE)

    def climb(self, steps: int) -> None:
        for number in range(1, steps + 1):
            pace = 1 - number / (steps + 1)
            self._step(pace, self.facts.repeat * BLUR * (LAST_BLUR / BLUR) ** (number / steps))

    def _step(self, pace: float, blur: float) -> None:
        shares = list(zip(self.shares.at, self.floors, strict=True))
        repeat = self.facts.repeat * (1 - sum(share for share, floor in shares if floor.repeats))
        modes = [1 - sum(share for share, floor in shares if floor.covers(s)) for s in self.alike]
        lonely: list[list[float]] = [
            [s.rounds * n * seen for n, seen in zip(s.seats(u.at)[1], self.seen, strict=True)]
            for s, u in zip(self.alike, self.company, strict=True)
        ]
        paid = [0.0] * len(self.floors)
        for block, cuts, weights in zip(self.blocks, self.cuts, self.weights, strict=True):
            offers = [
                Offer([u.at[p] for p in block], rows_of(v.at, len(block)), mode)
                for u, v, mode in zip(self.company, weights, modes, strict=True)
            ]
            choice = choices(self.facts, cuts, offers, repeat, blur)
            paid = [
                so_far + _paid(f, self.alike, choice) for so_far, f in zip(paid, self.floors, strict=True)
            ]
            for s, v, met, left in zip(self.alike, weights, choice.met, lonely, strict=True):
                v.step(pull(s, block, v.at, met), pace)
                for p, xs in zip(block, met, strict=True):
                    left[p] -= sum(xs)
        for u, left in zip(self.company, lonely, strict=True):
            u.step(left, pace)
            if self.most is not None:
                u.at = [min(price, self.most) for price in u.at]
        self.shares.step([f.value - cost for f, cost in zip(self.floors, paid, strict=True)], pace)
        self.shares.at = [min(1.0, max(0.0, share)) for share in self.shares.at]

    def multipliers(
        self, alike: Sequence[Series], floors: Sequence[Floor]
    ) -> tuple[list[Multipliers], list[int]]:
        """In whole numbers, for the whole evening: of each series, and the share of each floor.

        Series left out are idle; floors left out count in full, unless a series in sight is under them.
        """
        found = [Multipliers([0] * self.facts.people, [], []) for _ in alike]
        for n, u in enumerate(self.company):
            weights = [
                rows_of([round(w * ROOT) for w in of[n].at], len(block))
                for of, block in zip(self.weights, self.blocks, strict=True)
            ]
            at = alike.index(self.alike[n])
            found[at] = Multipliers([round(price * UNIT) for price in u.at], self.blocks, weights)
        shares = [0 if any(floor.covers(s) for s in self.alike) else UNIT for floor in floors]
        for floor, share in zip(self.floors, self.shares.at, strict=True):
            shares[floors.index(floor)] = int(share * UNIT)
        return found, shares


def _paid(floor: Floor, alike: Sequence[Series], choice: Choice) -> float:
    """What the choices cost under this floor."""
    modes = sum(cost for s, cost in zip(alike, choice.modes, strict=True) if floor.covers(s))
    return modes + (choice.repeats if floor.repeats else 0.0)

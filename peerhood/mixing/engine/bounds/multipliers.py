"""Multipliers: any numbers that share out the prices prove a bound; good ones prove a good one.

Every seating obeys, in each round,
 * each person meets as many as their table has other chairs;
 * for any weights v on people, the squares of the tables' weights sum to at least
   what the whole weight spread evenly would (a table's square holds v_p · v_q
   for its pairs: this is how crowding shows in pairs, whichever weights are chosen);
 * and the floors.
Charge a person u for each one they miss and refund it in the end, and the same
for the other two: the plan costs no more than before, and now every pair stands
alone, so its best number of meetings is easily found. The sum is a bound
(weak duality), reckoned here in whole numbers, whatever the multipliers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from peerhood.mixing.engine.bounds.crowding import crowded_squares
from peerhood.mixing.engine.bounds.facts import Facts
from peerhood.mixing.engine.bounds.floors import Floor
from peerhood.mixing.engine.bounds.series import Series

ROOT = 64
UNIT = ROOT * ROOT  # multipliers are in UNITths of a milli-repeat, weights in ROOTths of its root


@dataclass(frozen=True)
class Multipliers:
    """Of one series: ``company[p]`` for each meeting of p, and columns of weights, a row per person."""

    company: Sequence[int]
    weights: Sequence[Sequence[int]]


def worth(
    facts: Facts,
    alike: Sequence[Series],
    floors: Sequence[Floor],
    multipliers: Sequence[Multipliers],
    shares: Sequence[int],
) -> int:
    """The bound these multipliers prove, in milli-repeats.

    Args:
        shares: what of each floor is used, out of UNIT; the prices under it count that much less.
    """
    total = sum(share * floor.value for share, floor in zip(shares, floors, strict=True))
    repeat = UNIT - sum(share for share, floor in zip(shares, floors, strict=True) if floor.repeats)
    gains = []
    for s, m in zip(alike, multipliers, strict=True):
        total += s.rounds * (s.seats(m.company)[0] + _squares(s, m))
        mode = UNIT - sum(
            share for share, f in zip(shares, floors, strict=True) if s.numbers[0] in f.modes
        )
        gains.append(_gains(s, m, mode))
    for p, q in combinations(range(facts.people), 2):
        units = [(gain[p][q], s.rounds) for gain, s in zip(gains, alike, strict=True)]
        reward = facts.rewards.get((p, q), 0) * UNIT
        if reward or (p, q) in facts.together or max(units)[0] > 0:
            total -= _best(units, 0 if (p, q) in facts.together else repeat * facts.repeat, reward)
    return -(-total // UNIT)


def _squares(s: Series, m: Multipliers) -> int:
    """What the tables' squared weights hold beyond each person's own."""
    columns = zip(*(m.weights[p] for p in s.here), strict=True)
    return sum(crowded_squares(sum(v), len(s.sizes)) - sum(w * w for w in v) for v in columns)


def _gains(s: Series, m: Multipliers, mode: int) -> list[list[int]]:
    """What two people gain by meeting in one of these rounds, repeats aside."""
    gains = []
    for p, row in enumerate(s.flat):
        v, u = m.weights[p], m.company[p]
        gain = [
            u + other - UNIT * price + 2 * sum(map(int.__mul__, v, w))
            for other, price, w in zip(m.company, row, m.weights, strict=True)
        ]
        if s.mode is not None:
            gain = [g - mode * price for g, price in zip(gain, s.mode[p], strict=True)]
        gains.append(gain)
    return gains


def _best(units: Sequence[tuple[int, int]], repeat: int, reward: int) -> int:
    """The most a pair can gain: meetings in order of gain, while each is worth its repeat."""
    best, met = 0, 0
    for gain, rounds in sorted(units, reverse=True):
        for _ in range(rounds):
            more = gain - repeat * met + (reward if met == 0 else 0)
            if more <= 0:
                return best
            best, met = best + more, met + 1
    return best

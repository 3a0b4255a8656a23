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
from operator import mul

from peerhood.mixing.engine.bounds.crowding import crowded_squares
from peerhood.mixing.engine.bounds.facts import Facts
from peerhood.mixing.engine.bounds.floors import Floor
from peerhood.mixing.engine.bounds.series import Series

ROOT = 64
UNIT = ROOT * ROOT  # multipliers are in UNITths of a milli-repeat, weights in ROOTths of its root


@dataclass(frozen=True)
class Multipliers:
    """Of one series: ``company[p]`` for each meeting of p, and weights on the people of each block.

    No two blocks share a person; ``weights[b][i]`` is the row of numbers of ``blocks[b][i]``.
    """

    company: Sequence[int]
    blocks: Sequence[Sequence[int]]
    weights: Sequence[Sequence[Sequence[int]]]


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
    rounds, gains = [], []
    for s, m in zip(alike, multipliers, strict=True):
        mode = UNIT - sum(share for share, f in zip(shares, floors, strict=True) if f.covers(s))
        idle = not any(m.company) and not m.blocks
        if not idle:
            total += s.rounds * (s.seats(m.company)[0] + sum(_squares(s, weights) for weights in m.weights))
        if not idle or facts.can_save:
            rounds.append(s.rounds)
            gains.append(_gains(s, m, mode))
    for p, rows in enumerate(zip(*gains, strict=True)):
        for q, each in enumerate(zip(*rows, strict=True), p + 1):
            if facts.rewards or max(each) > 0:
                again = 0 if (p, q) in facts.together else repeat * facts.repeat
                total -= _best(
                    sorted(zip(each, rounds, strict=True), reverse=True),
                    again,
                    UNIT * facts.rewards.get((p, q), 0),
                )
    return -(-total // UNIT)


def _squares(s: Series, weights: Sequence[Sequence[int]]) -> int:
    """What the tables' squared weights hold beyond each person's own."""
    columns = zip(*weights, strict=True)
    return sum(crowded_squares(sum(v), len(s.sizes)) - sum(map(mul, v, v)) for v in columns)


def _gains(s: Series, m: Multipliers, mode: int) -> list[list[int]]:
    """What each person gains by meeting each later one in a round, repeats aside."""
    gains = []
    for p, u in enumerate(m.company):
        gain = [u + v - UNIT * price for v, price in zip(m.company[p + 1 :], s.flat[p][p + 1 :], strict=True)]
        if s.mode is not None:
            gain = [g - mode * price for g, price in zip(gain, s.mode[p][p + 1 :], strict=True)]
        gains.append(gain)
    for block, weights in zip(m.blocks, m.weights, strict=True):
        for (p, v), (q, w) in combinations(sorted(zip(block, weights, strict=True)), 2):
            gains[p][q - p - 1] += 2 * sum(map(mul, v, w))
    return gains


def _best(units: Sequence[tuple[int, int]], again: int, reward: int) -> int:
    """The most a pair can gain: meetings in order of gain, while each is worth its repeat."""
    best, met = 0, 0
    for gain, rounds in units:
        for _ in range(rounds):
            more = gain - again * met + (0 if met else reward)
            if more <= 0:
                return best
            best, met = best + more, met + 1
    return best

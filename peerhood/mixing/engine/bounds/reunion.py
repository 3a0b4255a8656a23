"""Reunion: what rounds of the like-minded cost at least together, since the same few find each other again.

Where a kind sits in k parts in one round, a part of a people from another round
crowds into those k: see ``crowding.py``. Each kind chooses its parts in both
rounds, and pays for crowding one way or the other, or half of each, whichever
is most. Every two rounds are reckoned so, each round's mode cost being split
among its partners.
"""

from collections.abc import Sequence
from math import gcd, inf, lcm

from peerhood.mixing.engine.bounds import parts
from peerhood.mixing.engine.bounds.crowding import crowded
from peerhood.mixing.engine.bounds.facts import Facts
from peerhood.mixing.engine.bounds.likeness import fitting_rent
from peerhood.mixing.engine.bounds.parts import Costs, Parts, Rent


def reunion_floor(facts: Facts, numbers: Sequence[int]) -> int:
    """The mode (and size) cost of these like rounds together with the repeats between them.

    The rounds must have the same people and the same sizes.
    """
    number, partners = numbers[0], len(numbers) - 1
    kinds = parts.kinds(facts, number)
    scale = 2 * lcm(*(key for key in parts.no_rent(facts, number) if key > 0))
    largest = max(parts.no_rent(facts, number))
    # A larger kind has parts enough for each of a part to find another.
    few = [n for n in kinds if n < largest * (largest - 1)]

    def pays(rent: Rent) -> int:
        # Modes are split among partners by charging all else that many times.
        of_part = parts.cheapest_parts(facts, rent, scale)
        alone = parts.in_any_parts(of_part, max(kinds))
        pressed = _pressed(of_part, max(few, default=0), largest, scale * facts.repeat * partners)
        both = sum(int(max(pressed[n], 2 * alone[n]) if n in few else 2 * alone[n]) for n in kinds)
        return both - 2 * parts.paid_back(facts, number, rent)

    value, _ = parts.best_rent(facts, pays, fitting_rent(facts, number, scale)[1], scale, first=1)
    grain = scale * gcd(facts.unlike, facts.repeat, *(facts.size_cost or {}).values())
    pairs = len(numbers) * partners // 2
    forgiven = len(numbers) * parts.forgiven(facts, number) + pairs * facts.repeat * len(facts.together)
    # Up to the next sum that prices can add up to; len(numbers) / 2 is pairs / partners.
    return max(0, -(-value * len(numbers) // (2 * grain)) * grain // scale - forgiven)


def _pressed(of_part: Parts, most: int, several: int, repeat: int) -> Costs:
    """What each number of people pays for its parts in two rounds, and for crowding between them."""
    # By how much of the crowding counts, in halves; by the parts of the other round; by one's own.
    ways = [
        [
            parts.by_parts(
                [(a, pays + repeat * halves * crowded(a, k) // 2) for a, pays in of_part], most, several
            )
            for k in range(several + 1)
        ]
        for halves in range(3)
    ]
    least: Costs = [inf] * (most + 1)
    for k in range(1, several + 1):
        for other in range(1, several + 1):
            costs = [
                [a + b for a, b in zip(ways[halves][other][k], ways[2 - halves][k][other], strict=True)]
                for halves in range(3)
            ]
            least = [min(so_far, max(each)) for so_far, *each in zip(least, *costs, strict=True)]
    return [0, *least[1:]]

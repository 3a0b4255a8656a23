"""Likeness: what one round of the like-minded costs at least, where kinds do not fill whole tables."""

from math import gcd, lcm

from peerhood.mixing.engine.bounds import parts
from peerhood.mixing.engine.bounds.facts import Facts
from peerhood.mixing.engine.bounds.parts import Rent


def similar_floor(facts: Facts, number: int) -> int:
    """The mode (and size) cost of one round, in milli-repeats, that no seating goes below."""
    scale = 2 * lcm(*(key for key in parts.no_rent(facts, number) if key > 0))
    value, _ = fitting_rent(facts, number, scale)
    # Up to the next sum that prices can add up to.
    grain = scale * gcd(facts.unlike, *(facts.size_cost or {}).values())
    return max(0, -(-value // grain) * grain // scale - parts.forgiven(facts, number))


def fitting_rent(facts: Facts, number: int, scale: int) -> tuple[int, Rent]:
    """What the kinds pay in one round at least, times ``scale``, and the rent that shows it."""
    kinds = parts.kinds(facts, number)

    def pays(rent: Rent) -> int:
        costs = parts.in_any_parts(parts.cheapest_parts(facts, rent, scale), max(kinds))
        return sum(int(costs[n]) for n in kinds) - parts.paid_back(facts, number, rent)

    return parts.best_rent(facts, pays, parts.no_rent(facts, number), scale)

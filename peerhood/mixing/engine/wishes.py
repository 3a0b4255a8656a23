"""Wishes: what a circle and its people hope for when tables are mixed.

A wish is a price, not a rule: the engine pays as little as it can and says what
it paid. A wish may name somebody who is not here today; it then waits, and
counts if that person arrives late.
"""

import math
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Person = Hashable
Pair = Collection[Person]
Group = Collection[Person]

# A meeting one gathering ago weighs 0.6 of a repeat, two gatherings ago 0.36, and so on.
DECAY = 0.6


@dataclass(frozen=True)
class Wishes:
    """Every wish is optional; ``objective.py`` holds the prices.

    Attributes:
        companions: people who arrived together; apart from ``companions_from_round`` on.
        competitors: pairs that have not consented to share a table.
        first_timers, greeters: no first-timer sits without a greeter in round 1.
        not_with: silent wishes of one person about another. Never named in any message.
        keep_apart, keep_together: the organiser's word, in every round.
        meet_again: pairs rewarded, once in a gathering, for sharing a table.
        modes: one of "mixed", "similar", "diverse" per round; none means all mixed.
        similar_in, diverse_in: the trait the modes look at, per person.
    """

    companions: Collection[Group] = ()
    companions_from_round: int = 2
    competitors: Collection[Pair] = ()
    first_timers: Collection[Person] = ()
    greeters: Collection[Person] = ()
    not_with: Collection[Pair] = ()
    keep_apart: Collection[Group] = ()
    keep_together: Collection[Group] = ()
    meet_again: Collection[Pair] = ()
    # Must outweigh the 600 of having met at the last gathering, or it does nothing.
    meet_again_reward: int = 1_000
    modes: Sequence[str] = ()
    similar_in: Mapping[Person, Hashable] = field(default_factory=dict)
    diverse_in: Mapping[Person, Hashable] = field(default_factory=dict)


def milli_repeats(ages: Iterable[int]) -> int:
    """Weigh earlier meetings: 1000 · Σ 0.6^age, where age 1 is the last gathering.

    >>> milli_repeats([1]), milli_repeats([1, 2]), milli_repeats([])
    (600, 960, 0)
    """
    return round(1_000 * math.fsum(DECAY**age for age in ages))

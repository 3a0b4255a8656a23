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
# Ten thousand repeats. The kernel adds prices up in 32 bits, so none may be dearer.
DEAREST = 10_000_000


@dataclass(frozen=True)
class Prices:
    """What each wish is worth, in milli-repeats.

    Attributes:
        repeat: each further meeting of a pair costs so much more than the one before.
        decay: a meeting one gathering ago weighs 0.6 of a repeat, two gatherings ago 0.36, and so on.
        companions, competitors: each shared table.
        uncovered: each first-timer at a round-1 table where nobody welcomes them.
        unlike, alike: each pair of different traits in a similar round, of one trait in a diverse round.
        sizes: what a table of so many people costs, for tables whose size is free; empty, and they
            are as even as they can be. A size that is not named is not used where that can be helped.
    """

    repeat: int = 1_000
    decay: float = 0.6
    companions: int = 3_000
    competitors: int = 50_000
    uncovered: int = 20_000
    unlike: int = 200
    alike: int = 200
    sizes: Mapping[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        wishes = (self.companions, self.competitors, self.uncovered, self.unlike, self.alike)
        bearable([self.repeat, *wishes, *self.sizes.values()], "A price")
        if not 0 <= self.decay <= 1:
            raise ValueError(f"A meeting can decay by a factor between 0 and 1, not {self.decay}.")


def bearable(prices: Iterable[float], name: str) -> None:
    """Raise ``ValueError`` where one of these is less than nothing, or too dear to reckon with.

    >>> bearable([600, -1], "A reward")
    Traceback (most recent call last):
    ...
    ValueError: A reward is between 0 and 10000000 milli-repeats, not -1.
    """
    for price in prices:
        if not 0 <= price <= DEAREST:
            raise ValueError(f"{name} is between 0 and {DEAREST} milli-repeats, not {price}.")


@dataclass(frozen=True)
class PastGathering:
    """Who sat with whom at an earlier gathering; ``age`` 1 is the last one."""

    age: int
    rounds: Sequence[Sequence[Collection[Person]]]


@dataclass(frozen=True)
class Wishes:
    """Every wish is optional; ``Prices`` says what each is worth.

    Attributes:
        companions: people who arrived together; apart from ``companions_from_round`` on.
        competitors: pairs that have not consented to share a table.
        first_timers, greeters: no first-timer sits without a greeter in round 1.
        not_with: silent wishes of one person about another. Never named in any message.
        keep_apart, keep_together: the organiser's word, in every round.
        meet_again: pairs rewarded, once in a gathering, for sharing a table: a second meeting on
            purpose is what makes a tie. A mapping gives each pair a reward of its own.
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
    meet_again: Collection[Pair] | Mapping[Pair, int] = ()
    # Outweighs the 600 of having met at the last gathering, or it would do nothing; less than a repeat.
    meet_again_reward: int = 700
    modes: Sequence[str] = ()
    similar_in: Mapping[Person, Hashable] = field(default_factory=dict)
    diverse_in: Mapping[Person, Hashable] = field(default_factory=dict)

    @property
    def rewards(self) -> dict[frozenset[Person], int]:
        """What each pair is rewarded with for meeting again."""
        if isinstance(self.meet_again, Mapping):
            return {frozenset(pair): reward for pair, reward in self.meet_again.items()}
        return {frozenset(pair): self.meet_again_reward for pair in self.meet_again}


def milli_repeats(ages: Iterable[int], decay: float = Prices.decay) -> int:
    """Weigh earlier meetings: 1000 · Σ decay^age, where age 1 is the last gathering.

    >>> milli_repeats([1]), milli_repeats([1, 2]), milli_repeats([])
    (600, 960, 0)
    """
    return round(1_000 * math.fsum(decay**age for age in ages))

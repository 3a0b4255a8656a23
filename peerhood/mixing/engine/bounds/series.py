"""A series: rounds alike in people, tables and prices, so that a bound may reckon them as one."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TypeVar

from peerhood.mixing.engine.bounds.facts import Facts

# Dearer than anything else together: these two never share a table in these rounds.
NEVER = 10**9

Number = TypeVar("Number", int, float)
Matrix = list[list[int]]


@dataclass(frozen=True)
class Series:
    """Some rounds of an evening, by their numbers."""

    facts: Facts
    numbers: Sequence[int]

    @property
    def rounds(self) -> int:
        return len(self.numbers)

    @property
    def here(self) -> frozenset[int]:
        return self.facts.present[self.numbers[0]]

    @property
    def sizes(self) -> Sequence[int]:
        return self.facts.sizes[self.numbers[0]]

    @property
    def held(self) -> dict[int, int]:
        """The table of everybody who cannot move."""
        return {p: table for p, table in self.facts.held(self.numbers[0]).items() if p in self.here}

    @property
    def asks(self) -> str:
        """The mode of these rounds."""
        return self.facts.mode(self.numbers[0])

    @cached_property
    def flat(self) -> Matrix:
        """What a shared table costs every two people, whatever the mode."""
        facts, held = self.facts, self.held
        rows = [[0 if p in self.here else NEVER] * facts.people for p in range(facts.people)]
        for row in rows:
            for q in set(range(facts.people)) - self.here:
                row[q] = NEVER
        for prices in (facts.prices, facts.companions if self.numbers[0] >= facts.companions_from else {}):
            for (p, q), price in prices.items():
                rows[p][q] = rows[q][p] = rows[p][q] + price
        for p, q in combinations(held, 2):
            if held[p] != held[q]:
                rows[p][q] = rows[q][p] = NEVER
        return rows

    @cached_property
    def mode(self) -> Matrix | None:
        """What the mode adds; None is nothing."""
        if self.asks == "mixed":
            return None
        facts, similar = self.facts, self.asks == "similar"
        traits = facts.similar_in if similar else facts.diverse_in
        price = facts.unlike if similar else facts.alike
        rows = [
            [price * (t is not None and u is not None and (t != u) == similar) for u in traits]
            for t in traits
        ]
        for p, q in facts.together:
            rows[p][q] = rows[q][p] = 0
        for p in range(facts.people):
            rows[p][p] = 0
        return rows

    @cached_property
    def chairs(self) -> tuple[dict[int, int], list[int]]:
        """How many those who cannot move will meet in a round, and those in the chairs that are left."""
        held = self.held
        left = [
            size - 1
            for table, size in enumerate(self.sizes)
            for _ in range(size - list(held.values()).count(table))
        ]
        return {p: self.sizes[table] - 1 for p, table in held.items()}, sorted(left, reverse=True)

    def seats(self, prices: Sequence[Number]) -> tuple[Number, list[int]]:
        """The least that a round's people pay for each other's company, and how many each then meets.

        With ``prices[p]`` for each person that p meets: whoever pays least takes
        the largest table, so the sum of products of opposite orders is the least.
        """
        held, left = self.chairs
        company = [held.get(p, 0) for p in range(len(prices))]
        free = sorted(self.here - held.keys(), key=lambda p: (prices[p], p))
        for p, others in zip(free, left, strict=True):
            company[p] = others
        return sum(price * n for price, n in zip(prices, company, strict=True)), company


def series(facts: Facts) -> list[Series]:
    """All rounds of the evening, gathered into as few series as they allow."""
    alike: dict[object, list[int]] = {}
    for number, sizes in enumerate(facts.sizes):
        held = tuple(sorted(facts.held(number).items()))
        layout = tuple(sizes) if held else tuple(sorted(sizes))
        pays = bool(facts.companions) and number >= facts.companions_from
        key = (layout, facts.present[number], facts.mode(number), held, pays)
        alike.setdefault(key, []).append(number)
    return [Series(facts, numbers) for numbers in alike.values()]

"""A series: rounds alike in people, tables and prices, so that a bound may reckon them as one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TypeVar

from peerhood.mixing.engine.bounds.facts import Facts

# Dearer than anything else together: these two never share a table in these rounds.
NEVER = 10**9

Number = TypeVar("Number", int, float)


@dataclass(frozen=True)
class Series:
    """``flat`` is what a shared table costs, ``mode`` what the round's mode adds; None is nothing."""

    numbers: Sequence[int]
    here: frozenset[int]
    sizes: Sequence[int]
    held: Mapping[int, int]
    flat: list[list[int]]
    mode: list[list[int]] | None

    @property
    def rounds(self) -> int:
        return len(self.numbers)

    def seats(self, prices: Sequence[Number]) -> tuple[Number, list[int]]:
        """The least that a round's people pay for each other's company, and how many each then meets.

        With ``prices[p]`` for each person that p meets: whoever pays least takes
        the largest table, so the sum of products of opposite orders is the least.
        """
        company = [0] * len(prices)
        chairs = []
        for table, size in enumerate(self.sizes):
            holders = [p for p, at in self.held.items() if at == table]
            for p in holders:
                company[p] = size - 1
            chairs += [size - 1] * (size - len(holders))
        free = sorted((p for p in self.here if p not in self.held), key=lambda p: (prices[p], p))
        for p, others in zip(free, sorted(chairs, reverse=True), strict=True):
            company[p] = others
        return sum(price * n for price, n in zip(prices, company, strict=True)), company

    def cut(self, block: Sequence[int]) -> "Series":
        """The same with the prices of these people only, in this order."""
        return replace(
            self,
            flat=[[self.flat[p][q] for q in block] for p in block],
            mode=self.mode and [[self.mode[p][q] for q in block] for p in block],
        )


def series(facts: Facts) -> list[Series]:
    """All rounds of the evening, gathered into as few series as they allow."""
    alike: dict[object, list[int]] = {}
    for number, sizes in enumerate(facts.sizes):
        held = tuple(sorted(facts.held(number).items()))
        layout = tuple(sizes) if held else tuple(sorted(sizes))
        pays = bool(facts.companions) and number >= facts.companions_from
        key = (layout, facts.present[number], facts.mode(number), held, pays)
        alike.setdefault(key, []).append(number)
    return [_gathered(facts, numbers) for numbers in alike.values()]


def _gathered(facts: Facts, numbers: list[int]) -> Series:
    first = numbers[0]
    here, held = facts.present[first], facts.held(first)
    flat = [[0] * facts.people for _ in range(facts.people)]
    for (p, q), price in facts.prices.items():
        flat[p][q] = flat[q][p] = price
    for (p, q), price in facts.companions.items() if first >= facts.companions_from else ():
        flat[p][q] = flat[q][p] = flat[p][q] + price
    for p in range(facts.people):
        if p not in here:
            flat[p] = [NEVER] * facts.people
            for row in flat:
                row[p] = NEVER
    for p, q in combinations(held, 2):
        if held[p] != held[q]:
            flat[p][q] = flat[q][p] = NEVER
    return Series(numbers, here, facts.sizes[first], held, flat, _mode(facts, first))


def _mode(facts: Facts, number: int) -> list[list[int]] | None:
    mode = facts.mode(number)
    if mode == "mixed":
        return None
    traits = facts.similar_in if mode == "similar" else facts.diverse_in
    price = facts.unlike if mode == "similar" else facts.alike
    rows = [[0] * facts.people for _ in range(facts.people)]
    for p, q in combinations(range(facts.people), 2):
        if traits[p] is None or traits[q] is None or (p, q) in facts.together:
            continue
        if (traits[p] == traits[q]) == (mode == "diverse"):
            rows[p][q] = rows[q][p] = price
    return rows

"""Prices: an evening's wishes as what two people cost when they share a table."""

from collections import defaultdict
from itertools import combinations

from bench.mixing.instances import Instance

Pair = tuple[int, int]


def of_meetings(instance: Instance) -> dict[Pair, int]:
    """What each meeting of a pair costs in any round, beside repeats; pairs are (smaller, larger)."""
    weights = instance["weights"]
    prices: dict[Pair, int] = defaultdict(int)
    past: dict[Pair, float] = defaultdict(float)
    for gathering in instance["history"]:
        for table in (table for tables in gathering["rounds"] for table in tables):
            for pair in combinations(sorted(table), 2):
                past[pair] += weights["decay"] ** gathering["age"]
    for pair, weight in past.items():
        prices[pair] += round(1000 * weight)
    for pair in {pair for group in instance["friends"] for pair in combinations(sorted(group), 2)}:
        prices[pair] += weights["friends"]
    consented = {tuple(sorted(pair)) for pair in instance["consented"]}
    for pair in {tuple(sorted(pair)) for pair in instance["competitors"]} - consented:
        prices[pair] += weights["competitors"]
    return prices


def in_round(instance: Instance, number: int, a: int, b: int) -> int:
    """What the mode of a round (from 0) makes of two people at one table."""
    mode, weights = instance["modes"][number], instance["weights"]
    if mode == "similar" and instance["pmo_type"][a] != instance["pmo_type"][b]:
        return weights["similar"]
    if mode == "diverse" and instance["sector"][a] == instance["sector"][b]:
        return weights["diverse"]
    return 0

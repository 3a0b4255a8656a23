"""Openness: where the sizes of tables are open, the cheapest way to seat everybody at so many tables."""

from math import inf

from peerhood.mixing.engine.bounds.facts import Facts


def cheapest_tables(facts: Facts, number: int) -> int:
    """What the tables of a round cost at least; nothing where their sizes are given.

    Tables are opened one by one; each takes any allowed number, or stays empty.
    """
    if facts.size_cost is None:
        return 0
    here = len(facts.present[number])
    least: list[float] = [0, *[inf] * here]
    for most in sorted(facts.sizes[number], reverse=True):
        sizes = [(size, cost) for size, cost in facts.size_cost.items() if size <= most]
        opened = [
            min((least[n - size] + cost for size, cost in sizes if size <= n), default=inf)
            for n in range(here + 1)
        ]
        if (better := list(map(min, least, opened))) == least:
            break
        least = better
    return int(least[here]) if least[here] < inf else 0

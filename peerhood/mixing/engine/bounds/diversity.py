"""Diversity: what a round of the different costs at least.

People of one sector spread as evenly as they can over the open tables; whoever
is too many still meets somebody of the same sector. Sectors do not compete:
each may take every table, so this is the exact least for equal chairs.
"""

from collections import Counter

from peerhood.mixing.engine.bounds.crowding import crowded
from peerhood.mixing.engine.bounds.facts import Facts


def diverse_floor(facts: Facts, number: int) -> int:
    """The mode cost of this round, in milli-repeats, that no seating goes below."""
    if facts.mode(number) != "diverse":
        return 0
    sectors = Counter(facts.diverse_in[p] for p in facts.present[number])
    tables = len(facts.sizes[number])
    pairs = sum(crowded(n, tables) for sector, n in sectors.items() if sector is not None)
    return facts.alike * max(0, pairs - len(facts.together))

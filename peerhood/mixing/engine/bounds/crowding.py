"""Crowding: people who must sit with somebody again, because there are too few tables.

The pigeonhole argument. Whoever is the n-th of a group to sit down at one of T
tables finds at least (n - 1) // T of the group there, if all spread evenly. The
group may be a table of another round, or everybody of one sector.
"""

from collections.abc import Sequence

from peerhood.mixing.engine.bounds.facts import Facts


def crowded(people: int, tables: int) -> int:
    """Pairs of a group that share a table, at least.

    >>> crowded(5, 4), crowded(8, 4), crowded(9, 4)
    (1, 4, 6)
    """
    if not tables:
        return 0
    full, rest = divmod(people, tables)
    return tables * full * (full - 1) // 2 + rest * full


def crowded_squares(weight: int, tables: int) -> int:
    """The least sum of squares when a whole weight, of either sign, is laid on so many tables.

    >>> crowded_squares(6, 4), crowded_squares(-6, 4)
    (10, 10)
    """
    full, rest = divmod(weight, tables)
    return tables * full * full + rest * (2 * full + 1)


def fewest_repeats(facts: Facts, skipped: frozenset[int] = frozenset()) -> int:
    """Pairs that share a table twice, summed over every two rounds; not over two skipped ones.

    A pair that meets c times is counted c(c-1)/2 times, which is what the objective does.
    """
    rounds = range(len(facts.sizes))
    return sum(_between(facts, r, s) for r in rounds for s in range(r) if not (r in skipped and s in skipped))


def _between(facts: Facts, r: int, s: int) -> int:
    here, there = facts.present[r], facts.present[s]
    if facts.size_cost is not None:
        # Sizes are open: all who are in both rounds spread over every two tables.
        repeats = crowded(len(here & there), len(facts.sizes[r]) * len(facts.sizes[s]))
    else:
        onward = _spread(facts.sizes[r], len(facts.sizes[s]), len(here - there))
        back = _spread(facts.sizes[s], len(facts.sizes[r]), len(there - here))
        repeats = max(onward, back)
    # A pair kept together meets every time, and is not charged for it.
    return max(0, repeats - len(facts.together))


def _spread(sizes: Sequence[int], tables: int, missing: int) -> int:
    """The n-th person to leave a table finds n // tables of its people wherever they go.

    >>> _spread([4, 4, 4], tables=3, missing=0)
    3
    """
    company = sorted(n // max(1, tables) for size in sizes for n in range(size))
    return sum(company[: len(company) - missing])

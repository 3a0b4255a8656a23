"""What every design must be: everybody once a round, and how often pairs meet."""

from collections import Counter
from itertools import combinations


def meetings(rounds: list[list[list[int]]], tables: int, size: int) -> Counter[tuple[int, int]]:
    """How often each pair meets in a schedule, which is checked to seat everybody in every round."""
    for seated in rounds:
        assert [len(table) for table in seated] == [size] * tables
        assert sorted(p for table in seated for p in table) == list(range(tables * size))
    return Counter(pair for seated in rounds for table in seated for pair in combinations(sorted(table), 2))


def repeats(met: Counter[tuple[int, int]]) -> int:
    return sum(times * (times - 1) // 2 for times in met.values())


def degree_bound(tables: int, size: int, rounds: int) -> int:
    """The repeats when everybody meets everybody as evenly as can be."""
    people = tables * size
    often, more = divmod(rounds * (size - 1), people - 1)
    return people * ((people - 1 - more) * often * (often - 1) + more * (often + 1) * often) // 4

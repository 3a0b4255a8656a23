"""Joining: two groups become one, so that as many as possible meet somebody new. Pure arithmetic."""

from collections.abc import Callable, Sequence
from itertools import combinations, product
from typing import Any, cast

from peerhood.mixing import engine


def joined(
    groups: Sequence[Sequence[int]], weight: Callable[[int, int], int], *, seed: int, **budget: Any
) -> list[list[int]]:
    """Groups of two groups each, and one of three where their number is odd; who was together stays together.

    Args:
        groups: disjoint groups of people; any sizes.
        weight: what it weighs that two people have met before, in milli-repeats, at least 0.
        budget: what ``engine.solve`` may use: moves, deadline in seconds.

    >>> joined([[1, 2], [3, 4], [5, 6], [7, 8]], lambda one, other: 1000 * ((one > 4) != (other > 4)), seed=1, moves=500)
    [[1, 2, 3, 4], [5, 6, 7, 8]]
    """
    if len(groups) < 2:
        return [list(group) for group in groups]
    met = {
        frozenset(pair): sum(weight(*people) for people in product(groups[pair[0]], groups[pair[1]]))
        for pair in combinations(range(len(groups)), 2)
    }
    problem = engine.Problem(
        range(len(groups)),
        [engine.even_tables(len(groups), 2)],
        history={pair: weight for pair, weight in met.items() if weight},
    )
    found = cast(list[list[int]], engine.solve(problem, seed=seed, **budget).rounds[0])
    together = sorted(sorted(numbers) for numbers in found)
    return [[person for number in numbers for person in groups[number]] for numbers in together]

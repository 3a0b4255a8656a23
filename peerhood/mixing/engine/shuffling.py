"""Shuffling: the only chance there is, from a ``Draw`` that is passed in."""

from collections.abc import Callable, Sequence

Draw = Callable[[], float]  # the next number in [0, 1)
Round = list[list[int]]  # tables of people, as indices


def shuffled(people: Sequence[int], draw: Draw) -> list[int]:
    """Fisher and Yates, on ``draw`` alone, so that every Python shuffles alike."""
    order = list(people)
    for i in range(len(order) - 1, 0, -1):
        j = int(draw() * (i + 1))
        order[i], order[j] = order[j], order[i]
    return order

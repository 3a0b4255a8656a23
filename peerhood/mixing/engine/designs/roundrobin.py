"""Tables of two: the round robin, in which everybody meets everybody once."""

from collections.abc import Iterator

from peerhood.mixing.engine.designs.symmetry import Round


def round_robin_count(tables: int, size: int) -> int:
    """Everybody meets everybody: one round less than there are people at tables of ``size`` two."""
    return tables * size - 1


def round_robin(tables: int, size: int, rounds: int) -> Iterator[Round]:
    """``rounds`` rounds, at most `round_robin_count`, by the circle method."""
    for r in range(rounds):
        yield turn(tables * size - 1, r)


def turn(circle: int, number: int) -> Round:
    """One round of the circle method, of an odd ``circle`` and one person more.

    That last person stays in the middle, the others walk round; opposite chairs meet. The
    pair in the middle comes first.

    >>> turn(3, 0), turn(3, 1)
    ([[0, 3], [1, 2]], [[1, 3], [2, 0]])
    """
    r = number % circle
    return [[r, circle], *([(r + i) % circle, (r - i) % circle] for i in range(1, circle // 2 + 1))]

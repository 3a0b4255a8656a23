"""Tables of two: the round robin, in which everybody meets everybody once."""

from collections.abc import Iterator

from peerhood.mixing.engine.designs.symmetry import Round


def round_robin_count(tables: int, size: int) -> int:
    """Everybody meets everybody: one round less than there are people at tables of ``size`` two."""
    return tables * size - 1


def round_robin(tables: int, size: int, rounds: int) -> Iterator[Round]:
    """``rounds`` rounds, at most `round_robin_count`, by the circle method.

    The last person stays in the middle, the others walk round; opposite chairs meet.
    """
    circle = tables * size - 1
    for r in range(rounds):
        yield [[r, circle], *([(r + i) % circle, (r - i) % circle] for i in range(1, tables))]

"""Tables of two: the round robin, in which everybody meets everybody once."""

from collections.abc import Iterator

from peerhood.mixing.engine.designs.symmetry import Round


def round_robin(tables: int, rounds: int) -> Iterator[Round]:
    """``rounds`` rounds, at most 2 * tables - 1, by the circle method.

    The last person stays in the middle, the others walk round; opposite chairs meet.
    """
    circle = 2 * tables - 1
    for r in range(rounds):
        yield [[r, circle], *([(r + i) % circle, (r - i) % circle] for i in range(1, tables))]

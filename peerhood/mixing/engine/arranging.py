"""Arranging a design for a problem: the points of a known design become people, drawn by lot."""

from collections import Counter
from collections.abc import Sequence

from peerhood.mixing.engine.designs import deleted, design, fewest_repeats, most_rounds
from peerhood.mixing.engine.problem import Problem
from peerhood.mixing.engine.shuffling import Draw, Round, shuffled

# Rounds beyond a design are added by descent; more work than this (people squared, times rounds) takes too long.
MOST_WORK = 10_000


def arranged(problem: Problem, draw: Draw) -> list[Round] | None:
    """Seats from a design, or None where none fits.

    One fits where everybody is there in every round, nobody's seat is given, and all rounds
    have as many tables of one size, or of two that differ by one.
    """
    here = problem.objective.present
    if (
        not here[0]
        or any(people != here[0] for people in here)
        or any(problem.fixed)
        or problem.has_free_sizes
    ):
        return None
    open_tables = [[size for size in sizes if size] for sizes in problem.sizes]
    if any(Counter(sizes) != Counter(open_tables[0]) for sizes in open_tables):
        return None
    rounds = _of_sizes(open_tables)
    if rounds is None:
        return None
    people = shuffled(sorted(here[0]), draw)
    return [
        _at_their_tables([[people[point] for point in table] for table in tables], sizes)
        for tables, sizes in zip(rounds, problem.sizes, strict=True)
    ]


def _of_sizes(sizes: Sequence[Sequence[int]]) -> list[Round] | None:
    """A design for open tables of these sizes, the same in every round."""
    tables, largest, smallest, rounds = len(sizes[0]), max(sizes[0]), min(sizes[0]), len(sizes)
    if smallest == largest:
        extra = max(0, rounds - most_rounds(tables, largest))
        if extra * (tables * largest) ** 2 > MOST_WORK:
            return None
        return fewest_repeats(tables, largest, rounds)
    known = design(tables, largest, rounds) if smallest == largest - 1 else None
    return deleted(known, sizes) if known else None


def _at_their_tables(tables: Round, sizes: Sequence[int]) -> Round:
    """The same tables in the order of the room's; those that stay closed are empty."""
    of_size: dict[int, Round] = {}
    for table in tables:
        of_size.setdefault(len(table), []).append(table)
    return [of_size[size].pop() if size else [] for size in sizes]

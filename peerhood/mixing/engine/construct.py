"""Seatings to start from: dealt like cards, by round robin, or from a plan that must change.

Each is valid: everybody once per round, pins kept, no more people than chairs.
"""

from collections.abc import Sequence

from peerhood.mixing.engine.designs.roundrobin import turn
from peerhood.mixing.engine.kinds import by_difference, by_likeness
from peerhood.mixing.engine.objective import Seats
from peerhood.mixing.engine.problem import Problem
from peerhood.mixing.engine.shuffling import Draw, Round, shuffled

# How often an evening whose sizes are free is dealt to other numbers of tables; SOME is divided by its seats.
SELDOM, OFTEN, SOME = 0.25, 0.75, 12
# In how many rounds, then.
CHANGING = 1.5


def dealt(problem: Problem, draw: Draw, like: Seats | None = None) -> list[Round]:
    """Deal everybody to the tables by chance, round by round, and by kind where a round has a mode.

    As many tables open as in the seats ``like``, where sizes are free, but for some rounds now and then.
    """
    objective = problem.objective
    layouts = problem.sizes if like is None else _opened(problem, like, draw)
    seats = []
    for sizes, mode, here, fixed in zip(
        layouts, objective.modes, objective.present, problem.fixed, strict=True
    ):
        people = sorted(here)
        if mode == "similar":
            tables = by_likeness(people, sizes, objective.similar_in, fixed, draw)
        elif mode == "diverse":
            tables = by_difference(people, sizes, objective.diverse_in, draw)
        else:
            cards = iter(shuffled(people, draw))
            tables = [[next(cards) for _ in range(size)] for size in sizes]
        seats.append(_with_fixed(tables, fixed))
    return seats


def _opened(problem: Problem, like: Seats, draw: Draw) -> list[list[int]]:
    """Sizes for as many open tables as there were; in a few rounds perhaps for more or fewer.

    A search moves people one by one, and nobody likes to be the first at a table: so a closed one
    opens, and an open one closes, only here.
    """
    # The smaller the evening, the more often there is time to try.
    is_tried = draw() < max(SELDOM, min(OFTEN, SOME / problem.seat_count()))
    changing = min(0.5, CHANGING / len(like)) if is_tried else 0
    return [
        _laid(problem, number, sum(map(bool, tables)), changing, draw) for number, tables in enumerate(like)
    ]


def _laid(problem: Problem, number: int, usual: int, changing: float, draw: Draw) -> list[int]:
    """Sizes, as even as can be, for the usual number of open tables, or by this chance (0 to 1) for another."""
    capacities, fixed = problem.capacities[number], problem.fixed[number]
    sizes = [list(fixed.values()).count(t) for t in range(len(capacities))]
    count = len(problem.objective.present[number])
    order = shuffled(range(len(sizes)), draw)
    order.sort(key=lambda t: not sizes[t])
    fewest = next(n for n in range(len(order) + 1) if sum(capacities[t] for t in order[:n]) >= count)
    fewest = max(fewest, sum(size > 0 for size in sizes))
    others = max(fewest, min(len(order), count // 2)) - fewest
    opened = max(fewest, usual)
    if draw() < changing:
        opened = fewest + (opened - fewest + 1 + int(draw() * others)) % (others + 1)
    for _ in range(count - sum(sizes)):
        t = min((t for t in order[:opened] if sizes[t] < capacities[t]), key=sizes.__getitem__)
        sizes[t] += 1
    return sizes


def _with_fixed(tables: Round, fixed: dict[int, int]) -> Round:
    """Bring those who may not move to their tables, each in exchange for somebody who may."""
    for person, wanted in fixed.items():
        table = next(table for table in tables if person in table)
        if table is not tables[wanted]:
            other = next(x for x in tables[wanted] if fixed.get(x) != wanted)
            table[table.index(person)] = other
            tables[wanted][tables[wanted].index(other)] = person
    return tables


def is_coffee(problem: Problem) -> bool:
    """Is it tables of two throughout, with one trio at most and everybody there every round?"""
    sizes = [sorted(tables) for tables in problem.sizes]
    present = problem.objective.present
    return (
        sizes[0][:-1] == [2] * (len(sizes[0]) - 1)
        and sizes[0][-1:] in ([2], [3])
        and all(tables == sizes[0] for tables in sizes)
        and all(here == present[0] for here in present)
    )


def round_robin(problem: Problem, draw: Draw) -> list[Round]:
    """Tables of two by the circle method: nobody meets twice in the first n - 1 rounds.

    When the number is odd, nobody stands in the middle, and whoever would rest makes the trio.
    """
    people = shuffled(sorted(problem.objective.present[0]), draw)
    circle = len(people) - 1 + len(people) % 2
    seats = []
    for number, sizes in enumerate(problem.sizes):
        middle, *tables = [[people[i] for i in pair if i < len(people)] for pair in turn(circle, number)]
        if len(middle) == 1:
            tables.insert(sizes.index(3), [*tables.pop(), *middle])
        else:
            tables.append(middle)
        seats.append(_with_fixed(tables, problem.fixed[number]))
    return seats


def repaired(problem: Problem, seats: Sequence[Sequence[Sequence[int]]], first: int) -> list[Round]:
    """Seat the rounds from ``first`` (from 0) on for whoever is there now, moving as few as possible."""
    kept: list[Round] = [[list(table) for table in tables] for tables in seats[:first]]
    for r in range(first, len(problem.tables)):
        before = seats[r] if r < len(seats) else []
        kept.append(_mended(problem, r, before))
    return kept


def _mended(problem: Problem, r: int, before: Sequence[Sequence[int]]) -> Round:
    here, fixed, count = problem.objective.present[r], problem.fixed[r], len(problem.tables[r])
    tables = [[p for p in table if p in here] for table in before[:count]]
    tables += [[] for _ in range(count - len(tables))]
    sizes = problem.chairs(r + 1, taken=[len(table) for table in tables])
    for t, table in enumerate(tables):
        # Whoever is fixed here is the last to lose a chair.
        table.sort(key=lambda p, t=t: fixed.get(p) != t)  # type: ignore[misc]
        del table[sizes[t] :]
    standing = sorted(here.difference(*tables))
    for t, table in enumerate(tables):
        while len(table) < sizes[t]:
            table.append(standing.pop())
    return _with_fixed(tables, fixed)

"""Tables: how many chairs stand at each, so that nobody sits alone."""

from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush
from itertools import count


def even_tables(people_count: int, size: int) -> tuple[int, ...]:
    """Lay tables of ``size``, or one more or less where the numbers ask for it; never for one.

    >>> even_tables(23, 4)
    (4, 4, 4, 4, 4, 3)
    >>> even_tables(9, 2)
    (3, 2, 2, 2)
    """
    if size < 2:
        raise ValueError("A table seats at least two.")
    few = max(1, people_count // size)
    layouts = [_evenly(people_count, count) for count in (few, few + 1)]
    return min(layouts, key=lambda layout: _discomfort(layout, size)) if people_count else ()


def _evenly(people_count: int, tables: int) -> tuple[int, ...]:
    seats, larger = divmod(people_count, tables)
    return (seats + 1,) * larger + (seats,) * (tables - larger)


def _discomfort(layout: Sequence[int], size: int) -> tuple[bool, int, int]:
    off = [abs(seats - size) for seats in layout]
    return min(layout) < 2, max(off), sum(off)


def chairs(
    capacities: Sequence[int],
    people_count: int,
    held: Sequence[int],
    taken: Sequence[int] = (),
    fewest: int = 1,
) -> tuple[int, ...]:
    """Set out exactly one chair each: as even as the tables allow, threes before pairs before one alone.

    Tables close, smallest first, before anybody sits alone.

    Args:
        held: people locked to each table; it stays open and has a chair for each of them.
        taken: people who already sit there; the emptier of two equal tables loses its chair.
        fewest: tables that stay open as long as nobody sits alone for it; see ``parted``.

    >>> chairs([4, 4, 4], 11, held=[0, 0, 0])
    (4, 4, 3)
    >>> chairs([4, 4, 4, 4], 9, held=[0, 0, 0, 1])
    (3, 3, 0, 3)
    >>> chairs([5, 5], 5, held=[0, 0]), chairs([5, 5], 5, held=[0, 0], fewest=2)
    ((5, 0), (3, 2))
    """
    closing = sorted((t for t in range(len(capacities)) if not held[t]), key=lambda t: (capacities[t], -t))
    for least in (3, 2, 1):
        for closed in range(len(closing) + 1):
            sizes = [0 if t in closing[:closed] else min(n, people_count) for t, n in enumerate(capacities)]
            if sum(sizes) < people_count or (least > 1 and len(sizes) - closed < fewest):
                break
            least_at = [max(held[t], min(least, seats)) for t, seats in enumerate(sizes)]
            if sum(least_at) <= people_count:
                return _take_away(sizes, sum(sizes) - people_count, least_at, taken or held)
    raise ValueError(f"{people_count} people cannot sit at tables of {list(capacities)}.")


def parted(pairs: Iterable[tuple[int, int]]) -> int:
    """How many tables are enough to keep all of these apart: whoever has most to avoid chooses first.

    >>> parted([]), parted([(0, 1), (1, 2)]), parted([(0, 1), (1, 2), (0, 2)])
    (1, 2, 3)
    """
    avoided: dict[int, set[int]] = {}
    for p, q in pairs:
        avoided.setdefault(p, set()).add(q)
        avoided.setdefault(q, set()).add(p)
    table: dict[int, int] = {}
    for p in sorted(avoided, key=lambda p: (-len(avoided[p]), p)):
        taken = {table.get(q) for q in avoided[p]}
        table[p] = next(t for t in count() if t not in taken)
    return max(table.values(), default=0) + 1


def _take_away(
    sizes: list[int], surplus: int, least_at: Sequence[int], taken: Sequence[int]
) -> tuple[int, ...]:
    """Take chairs away one by one, each from the largest table that can spare it."""
    removable = [(-seats, taken[t], -t) for t, seats in enumerate(sizes) if seats > least_at[t]]
    heapify(removable)
    for _ in range(surplus):
        seats, people, t = heappop(removable)
        sizes[-t] -= 1
        if sizes[-t] > least_at[-t]:
            heappush(removable, (seats + 1, people, t))
    return tuple(sizes)

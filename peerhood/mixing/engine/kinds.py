"""Dealing by kind: rounds of the like-minded and of the different begin near their best.

Swap by swap, a search never fills whole tables with one kind when kinds and tables do not
divide evenly: that is packing, so it is packed here first, and only then annealed.
"""

from collections.abc import Hashable, Mapping, Sequence
from math import inf

from peerhood.mixing.engine.shuffling import Draw, Round, shuffled

# Tables of each size that are packed exactly, by how many sizes there are; the rest is handed out before.
FEW = {1: 40, 2: 14, 3: 6}


def by_likeness(
    people: Sequence[int],
    sizes: Sequence[int],
    kind_of: Sequence[Hashable],
    fixed: Mapping[int, int],
    draw: Draw,
) -> Round:
    """Whole tables of one kind as far as they go; what is left over of a kind stays close together.

    Args:
        sizes: people at each table, 0 where it stays closed; as many seats as people.
        kind_of: for each person, None where it is not stated: such a person fits anywhere.
        fixed: who may not move, and their table: it fills with their kind first.
    """
    tables: Round = [[] for _ in sizes]
    for p, t in fixed.items():
        tables[t].append(p)
    kinds: dict[Hashable, list[int]] = {}
    for p in shuffled([p for p in people if p not in fixed], draw):
        kinds.setdefault(kind_of[p], []).append(p)
    anywhere = kinds.pop(None, [])
    for t, size in enumerate(sizes):
        like = kinds.get(kind_of[tables[t][0]], []) if tables[t] else []
        if len(like) >= size - len(tables[t]):
            tables[t] += [like.pop() for _ in range(size - len(tables[t]))] if like else []
    free: dict[int, list[int]] = {}
    for t in shuffled([t for t, size in enumerate(sizes) if size and not tables[t]], draw):
        free.setdefault(sizes[t], []).append(t)
    whole = packed([len(kinds[kind]) for kind in kinds], {size: len(free[size]) for size in free})
    for kind, filled in zip(kinds, whole, strict=True):
        for size in filled:
            tables[free[size].pop()] = [kinds[kind].pop() for _ in range(size)]
    left = sorted(kinds.values(), key=len, reverse=True)
    rest = iter([*(p for group in left for p in group), *anywhere])
    for t in sorted(range(len(sizes)), key=lambda t: sizes[t] - len(tables[t])):
        tables[t] += [next(rest) for _ in range(sizes[t] - len(tables[t]))]
    return tables


def by_difference(
    people: Sequence[int], sizes: Sequence[int], kind_of: Sequence[Hashable], draw: Draw
) -> Round:
    """Every kind dealt round the tables, so that each gets as many of it as any other, or one more."""
    kinds: dict[Hashable, list[int]] = {}
    for p in shuffled(people, draw):
        kinds.setdefault(kind_of[p], []).append(p)
    cards = [p for group in sorted(kinds.values(), key=len, reverse=True) for p in group]
    tables: Round = [[] for _ in sizes]
    order = shuffled([t for t, size in enumerate(sizes) if size], draw)
    seats = [t for seat in range(max(sizes)) for t in order if seat < sizes[t]]
    for p, t in zip(cards, seats, strict=True):
        tables[t].append(p)
    return tables


def packed(kinds: Sequence[int], tables: Mapping[int, int]) -> list[list[int]]:
    """Which tables each kind fills alone, so that what is left over will cost least.

    Args:
        kinds: people of each kind.
        tables: how many there are of each size.

    >>> packed([10, 8], {4: 3, 3: 2})
    [[4, 3, 3], [4, 4]]
    """
    left, free = list(kinds), dict(tables)
    filled: list[list[int]] = [[] for _ in kinds]
    few = FEW.get(len(free), 3)
    while free and left:
        kind = max(range(len(left)), key=left.__getitem__)
        size = max(free, key=free.__getitem__)
        if free[size] <= few or left[kind] < 5 * max(free):
            break
        filled[kind].append(size)
        left[kind] -= size
        free[size] -= 1
    sizes = sorted(free, reverse=True)
    if not sizes:
        return filled
    best: dict[tuple[int, ...], tuple[float, list[tuple[int, ...]]]] = {
        tuple(free[size] for size in sizes): (0, [])
    }
    for people in left:
        following: dict[tuple[int, ...], tuple[float, list[tuple[int, ...]]]] = {}
        for have, (cost, taken) in best.items():
            for take in _choices(people, sizes, have):
                rest = tuple(h - n for h, n in zip(have, take, strict=True))
                over = people - sum(n * size for n, size in zip(take, sizes, strict=True))
                price = cost + _scattered(over, sizes, rest)
                if price < following.get(rest, (inf,))[0]:
                    following[rest] = (price, [*taken, take])
        best = following
    _, chosen = min(best.values(), key=lambda found: found[0], default=(0, []))
    for kind, take in enumerate(chosen):
        filled[kind] += [size for n, size in zip(take, sizes, strict=True) for _ in range(n)]
    return filled


def _choices(people: int, sizes: Sequence[int], have: Sequence[int]) -> list[tuple[int, ...]]:
    """Numbers of tables of each size that a kind may fill, leaving as few over as it can or one table more."""
    found: list[tuple[int, ...]] = [()]
    for size, count in zip(sizes, have, strict=True):
        found = [
            (*take, n)
            for take in found
            for n in range(min(count, (people - _seats(take, sizes)) // size) + 1)
        ]
    most = max(_seats(take, sizes) for take in found)
    return [take for take in found if _seats(take, sizes) > most - max(sizes)]


def _seats(take: Sequence[int], sizes: Sequence[int]) -> int:
    return sum(n * size for n, size in zip(take, sizes, strict=False))


def _scattered(over: int, sizes: Sequence[int], have: Sequence[int]) -> float:
    """About what people left over of one kind cost: half of their pairs with others at one table.

    Where no table is left, others must make room for them.
    """
    if not over:
        return 0
    open_sizes = [size for size, count in zip(sizes, have, strict=True) if count]
    return min((over * max(1, size - over) / 2 for size in open_sizes), default=over * max(sizes))

"""Matching: as many pairs as there can be, nobody in two (Edmonds 1965, "Paths, trees, and flowers")."""

from collections import deque
from collections.abc import Sequence


def matched(friends: Sequence[Sequence[int]], partner: Sequence[int] | None = None) -> list[int]:
    """The partner of each, -1 where none is left; no matching has more pairs.

    Args:
        friends: for each, with whom they may be paired; both ways.
        partner: a matching to begin with. Whoever has a partner in it keeps having one.

    >>> matched([[1], [0, 2], [1, 3], [2]])
    [1, 0, 3, 2]
    """
    mate = list(partner) if partner is not None else [-1] * len(friends)
    for person in range(len(friends)):
        if mate[person] < 0:
            _augment(friends, mate, person)
    return mate


def _augment(friends: Sequence[Sequence[int]], mate: list[int], root: int) -> bool:
    """Find a path from ``root`` to somebody without a partner on which every second pair changes hands."""
    count = len(friends)
    parent = [-1] * count
    # A blossom, a ring of odd length, is treated as one: everybody in it has the same base.
    base = list(range(count))
    is_outer = [False] * count
    is_outer[root] = True
    waiting = deque([root])
    while waiting:
        person = waiting.popleft()
        for other in friends[person]:
            if base[person] == base[other] or mate[person] == other:
                continue
            if other == root or (mate[other] >= 0 and parent[mate[other]] >= 0):
                _shrink(mate, parent, base, is_outer, waiting, person, other)
            elif parent[other] < 0:
                parent[other] = person
                if mate[other] < 0:
                    _change_hands(mate, parent, other)
                    return True
                is_outer[mate[other]] = True
                waiting.append(mate[other])
    return False


def _shrink(
    mate: list[int],
    parent: list[int],
    base: list[int],
    is_outer: list[bool],
    waiting: deque[int],
    person: int,
    other: int,
) -> None:
    stem = _meeting_point(mate, parent, base, person, other)
    ring: set[int] = set()
    for start, child in ((person, other), (other, person)):
        while base[start] != stem:
            ring |= {base[start], base[mate[start]]}
            parent[start] = child
            child = mate[start]
            start = parent[mate[start]]
    for x in range(len(base)):
        if base[x] in ring:
            base[x] = stem
            if not is_outer[x]:
                is_outer[x] = True
                waiting.append(x)


def _meeting_point(mate: list[int], parent: list[int], base: list[int], a: int, b: int) -> int:
    """The base at which the two ways back to the root meet."""
    seen = set()
    while True:
        a = base[a]
        seen.add(a)
        if mate[a] < 0:
            break
        a = parent[mate[a]]
    while base[b] not in seen:
        b = parent[mate[base[b]]]
    return base[b]


def _change_hands(mate: list[int], parent: list[int], end: int) -> None:
    while end >= 0:
        before = parent[end]
        following = mate[before]
        mate[end], mate[before] = before, end
        end = following

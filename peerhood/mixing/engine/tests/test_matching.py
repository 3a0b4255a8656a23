from itertools import combinations
from random import Random

import pytest

from peerhood.mixing.engine.matching import matched


def _most_pairs(count, edges):
    """Every way to pair, by brute force."""

    def most(left):
        if len(left) < 2:
            return 0
        first, *rest = left
        best = most(rest)
        for other in rest:
            if (first, other) in edges:
                best = max(best, 1 + most([x for x in rest if x != other]))
        return best

    return most(list(range(count)))


@pytest.mark.parametrize("seed", range(300))
def test_there_is_no_matching_with_more_pairs(seed):
    random = Random(seed)
    count = random.randint(1, 9)
    density = random.random()
    edges = {pair for pair in combinations(range(count), 2) if random.random() < density}
    friends = [[b for b in range(count) if (min(a, b), max(a, b)) in edges] for a in range(count)]
    mate = matched(friends)
    assert all(mate[mate[a]] == a and mate[a] in friends[a] for a in range(count) if mate[a] >= 0)
    assert sum(other >= 0 for other in mate) == 2 * _most_pairs(count, edges)


def test_a_matching_to_begin_with_only_grows():
    friends = [[1, 2], [0, 3], [0], [1]]
    assert matched(friends, [1, 0, -1, -1]) == [2, 3, 0, 1]

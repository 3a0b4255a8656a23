from itertools import combinations

import pytest

from peerhood.mixing.engine.designs import deleted, design


@pytest.mark.parametrize(
    ("tables", "size", "rounds", "sizes"),
    [
        (6, 4, 5, [4, 4, 4, 4, 4, 3]),
        (8, 4, 7, [3, 3, 3, 4, 4, 4, 4, 4]),
        (7, 4, 9, [4, 4, 4, 3, 4, 4, 4]),
        (25, 5, 6, [5] * 10 + [4] * 15),
        (9, 4, 6, [3] * 9),
    ],
)
def test_tables_have_the_sizes_wanted_and_nobody_meets_twice(tables, size, rounds, sizes):
    seated = deleted(design(tables, size, rounds), [sizes] * rounds)
    met = [pair for seats in seated for table in seats for pair in combinations(sorted(table), 2)]
    assert len(met) == len(set(met))
    for seats in seated:
        assert [len(table) for table in seats] == sizes
        assert sorted(p for table in seats for p in table) == list(range(sum(sizes)))


def test_the_short_tables_may_differ_from_round_to_round():
    seated = deleted(design(3, 3, 2), [[3, 2, 3], [2, 3, 3]])
    assert [[len(table) for table in seats] for seats in seated] == [[3, 2, 3], [2, 3, 3]]


def test_where_everybody_meets_everybody_two_points_cannot_go():
    assert deleted(design(7, 4, 9), [[3, 3, 4, 4, 4, 4, 4]] * 9) is None


@pytest.mark.parametrize("sizes", [[[4, 2]], [[4, 4, 4]], [[4, 3], [3, 3]]])
def test_other_sizes_are_refused(sizes):
    with pytest.raises(ValueError):
        deleted(design(2, 4, 1) * 2, sizes)

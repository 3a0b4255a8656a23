"""Published optima of the social golfer problem (CSPLib 010), found with any seed and proven."""

import pytest

from peerhood.mixing.engine import Problem, solve


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(
    ("tables", "size", "rounds", "repeats"),
    [
        (8, 4, 10, 0),  # Aguado 2004
        (5, 3, 7, 0),  # Kirkman's schoolgirls, 1850
        (7, 4, 9, 0),
        (6, 3, 8, 0),
        (10, 4, 13, 0),  # everybody meets everybody once
        (7, 7, 8, 0),  # the affine plane of order 7
        (6, 6, 3, 0),  # no two orthogonal squares of order 6 (Tarry 1900), so no fourth round
        (8, 4, 12, 80),
        (7, 4, 11, 84),
        (8, 4, 15, 224),
        (5, 4, 8, 50),
        (6, 4, 10, 84),
    ],
)
def test_a_published_optimum_is_found_and_proven(tables, size, rounds, repeats, seed):
    plan = solve(Problem(range(tables * size), [[size] * tables] * rounds), seed=seed, moves=200_000)
    assert (plan.cost, plan.bound.value, plan.is_optimal) == (1_000 * repeats, 1_000 * repeats, True)

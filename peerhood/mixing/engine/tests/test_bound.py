from dataclasses import replace
from itertools import permutations, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerhood.mixing.engine import Problem, Wishes, rebuild, solve
from peerhood.mixing.engine.construct import dealt
from peerhood.mixing.engine.plan import from_indices
from peerhood.mixing.engine.tests.problems import fuzzed, problems
from peerhood.mixing.engine.verifying import verified


@fuzzed
@given(problems(), st.integers(0, 99))
def test_no_plan_costs_less_than_the_bound(problem, seed):
    assert from_indices(problem, dealt(problem, Random(seed).random)).gap >= 0
    assert solve(problem, seed=seed, moves=2_000).gap >= 0


@settings(fuzzed, max_examples=40, derandomize=True)
@given(problems(most_people=5))
def test_on_small_evenings_the_search_finds_the_best_of_all_seatings(problem):
    wishes = replace(problem.wishes, modes=problem.wishes.modes[:2])
    problem = Problem(problem.people, problem.tables[:2], problem.history, wishes, absences=problem.absences)
    best = min(sum(verified(problem, rounds).values()) for rounds in _all(problem))
    assert problem.bound().value <= best
    assert solve(problem, seed=1).cost == best


def _all(problem):
    """Every seating of the tables in use, round by round."""
    orders = [permutations(problem.present(number)) for number in problem.rounds]
    return product(
        *({_cut(o, sizes) for o in order} for order, sizes in zip(orders, problem.sizes, strict=True))
    )


def _cut(order, sizes):
    starts = [sum(sizes[:i]) for i in range(len(sizes))]
    return tuple(tuple(sorted(order[s : s + n])) for s, n in zip(starts, sizes, strict=True))


@pytest.mark.parametrize(
    ("tables", "size", "rounds", "optimum", "kind"),
    [
        (3, 3, 4, 0, "wishes"),  # the affine plane of order 3
        (4, 4, 5, 0, "wishes"),  # the affine plane of order 4: everybody meets everybody once
        (8, 5, 3, 0, "wishes"),
        (4, 5, 3, 12_000, "pigeonhole"),  # five from one table cannot all go to different ones of four
        (3, 4, 4, 18_000, "pigeonhole"),
        (2, 2, 4, 2_000, "degree"),  # four people have three ways to pair
    ],
)
def test_a_known_optimum_is_found_and_proven(tables, size, rounds, optimum, kind):
    plan = solve(Problem(range(tables * size), [[size] * tables] * rounds), seed=1)
    assert (plan.cost, plan.bound.kind, plan.is_optimal) == (optimum, kind, True)


def test_a_diverse_round_with_more_of_a_kind_than_tables_has_a_price():
    diverse = Wishes(modes=["diverse"], diverse_in=dict.fromkeys("abc", "bank") | {"d": "rail"})
    plan = solve(Problem("abcd", [[2, 2]], wishes=diverse), seed=1)
    assert (plan.cost, plan.is_optimal) == (200, True)


def test_a_round_of_the_like_minded_pays_for_whoever_is_left_over():
    similar = Wishes(modes=["similar"], similar_in=dict.fromkeys("abc", "one") | {"d": "many"})
    plan = solve(Problem("abcd", [[2, 2]], wishes=similar), seed=1)
    assert (plan.cost, plan.is_optimal) == (200, True)


def test_a_plan_moved_by_hand_is_measured_against_tables_of_its_own_sizes():
    problem = Problem("abcdef", [[4, 4]], history={("a", "b"): [1]})
    uneven = rebuild(problem, [["abcd", "ef"]])
    assert uneven.bound == problem.bound([(4, 2)])

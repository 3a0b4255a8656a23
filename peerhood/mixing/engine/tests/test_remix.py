import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerhood.mixing.engine import Contradiction, Problem, Wishes, even_tables, remix, solve
from peerhood.mixing.engine.tests.problems import fuzzed, problems
from peerhood.mixing.engine.verifying import verified

PEOPLE = [f"p{i}" for i in range(20)]


@pytest.fixture(scope="module")
def plan():
    wishes = Wishes(companions=[("p7", "late")], companions_from_round=1)
    return solve(Problem(PEOPLE, [[5] * 4] * 3, wishes=wishes), seed=1)


def test_rounds_that_took_place_stay(plan):
    mixed = remix(plan, after_round=2, absent=["p3"], seed=1)
    assert mixed.rounds[:2] == plan.rounds[:2]
    assert sorted(x for table in mixed.rounds[2] for x in table) == sorted(set(PEOPLE) - {"p3"})


def test_whoever_came_late_sits_from_then_on_and_their_wishes_count(plan):
    mixed = remix(plan, after_round=1, absent=["p3"], arrived=["late"], seed=1)
    assert [mixed.table_of("late", number) is not None for number in (1, 2, 3)] == [False, True, True]
    assert mixed.breakdown["companions"] == 0
    assert "p7" not in mixed.met("late")


def test_whoever_returns_is_seated_again(plan):
    gone = remix(plan, after_round=0, absent=["p3"], seed=1)
    back = remix(gone, after_round=2, arrived=["p3"], seed=1)
    assert [back.table_of("p3", number) is not None for number in (1, 2, 3)] == [False, False, True]


def test_whoever_is_said_to_be_gone_is_gone_whoever_says_that_they_arrived(plan):
    mixed = remix(plan, after_round=1, absent=["p3", "late"], arrived=["p3", "late"], seed=1)
    assert mixed.met("late") == ()
    assert mixed.table_of("p3", 2) is None


def test_tables_stay_even(plan):
    mixed = remix(plan, after_round=1, absent=PEOPLE[:3], seed=1)
    assert sorted(map(len, mixed.rounds[1])) == [4, 4, 4, 5]


def test_without_a_search_only_those_move_who_must(plan):
    mixed = remix(plan, after_round=1, absent=[plan.rounds[1][0][0]], seed=1, moves=0)
    assert mixed.rounds[1][0] == plan.rounds[1][0][1:]
    assert mixed.rounds[1][1:] == plan.rounds[1][1:]


def test_too_many_arrivals_are_named_and_more_tables_seat_them(plan):
    with pytest.raises(Contradiction, match=r"^There are 21 people but only 20 seats in round 3\.$"):
        remix(plan, after_round=2, arrived=["late"])
    mixed = remix(plan, after_round=2, arrived=["late"], tables=[even_tables(21, 5)])
    assert sorted(map(len, mixed.rounds[2])) == [5, 5, 5, 6]


def test_one_more_round_can_be_added(plan):
    mixed = remix(plan, after_round=3, tables=[[5] * 4], seed=1)
    assert mixed.rounds[:3] == plan.rounds
    assert sorted(x for table in mixed.rounds[3] for x in table) == sorted(PEOPLE)


@fuzzed
@given(problems(), st.integers(0, 4), st.integers(0, 9))
def test_a_remix_is_a_valid_plan_that_costs_what_a_stranger_counts(problem, after_round, seed):
    plan = solve(problem, seed=seed, moves=500)
    gone = problem.people[seed % len(problem.people)]
    mixed = remix(
        plan, after_round=min(after_round, len(problem.tables)), absent=[gone], seed=seed, moves=500
    )
    assert {term: price for term, price in mixed.breakdown.items() if price} == verified(
        mixed.problem, mixed.rounds
    )
    for number, tables in zip(mixed.problem.rounds, mixed.rounds, strict=True):
        assert sorted(x for table in tables for x in table) == sorted(mixed.problem.present(number))

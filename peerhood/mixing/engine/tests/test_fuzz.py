"""Whatever it is handed, the engine says in a sentence what is wrong, or gives a plan that a stranger accepts."""

from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peerhood.mixing.engine import Prices, Problem, Wishes, rebuild, remix, solve
from peerhood.mixing.engine.coffee import coffee_round
from peerhood.mixing.engine.tests import wild
from peerhood.mixing.engine.tests.problems import fuzzed
from peerhood.mixing.engine.verifying import verified

wildly = settings(fuzzed, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
# Seconds after which an act hangs; each takes some milliseconds.
PATIENCE = 60


def answered(act):
    """What the act gives, None where it refuses with a sentence; a crash or a hang fails."""
    outcome = []

    def run():
        try:
            outcome.append((act(), None))
        except Exception as error:
            outcome.append((None, error))

    # A thread that hangs must not keep the tests from ending.
    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(PATIENCE)
    assert not thread.is_alive(), "hangs"
    plan, error = outcome[0]
    if isinstance(error, (ValueError, TypeError)) and str(error):
        return None
    if error is not None:
        raise error
    return plan


def accepted(plan):
    """Would a stranger take this for a plan, and count the same?"""
    verified_cost = sum(verified(plan.problem, plan.rounds).values())
    return verified_cost == plan.cost >= plan.bound.value


def everything_asked(problem):
    plan = solve(problem, seed=1, moves=500)
    assert accepted(plan)
    told = [str(plan.explain(who, number)) for who in problem.people for number in problem.rounds]
    assert all(told)
    assert plan.encounters.met >= 0
    return plan


@wildly
@given(wild.arguments())
def test_a_problem_is_refused_in_words_or_solved(arguments):
    problem = answered(lambda: Problem(**arguments))
    if problem:
        answered(lambda: everything_asked(problem))


@wildly
@given(
    wild.arguments(), wild.some, wild.some, wild.counts, st.none() | wild.unusual["tables"], st.integers(0, 3)
)
def test_a_remix_is_refused_in_words_or_a_plan(arguments, absent, arrived, after_round, tables, shown):
    arguments = {name: value for name, value in arguments.items() if name != "prices"}
    plan = answered(lambda: solve(Problem(**arguments), seed=1, moves=200))
    if plan:
        how = {"absent": absent, "arrived": arrived, "tables": tables, "shown": [shown]}
        mixed = answered(lambda: remix(plan, after_round=after_round, moves=200, **how))
        assert mixed is None or accepted(mixed)


@wildly
@given(wild.unusual["people"], wild.histories, wild.some, wild.groups)
def test_a_coffee_round_is_refused_in_words_or_a_plan(people, history, paused, not_with):
    how = {"history": history, "paused": paused, "not_with": not_with}
    plan = answered(lambda: coffee_round(people, seed=1, moves=200, **how))
    assert plan is None or accepted(plan)


@wildly
@given(st.lists(st.lists(wild.some, max_size=3), max_size=3))
def test_stored_seats_are_refused_in_words_or_a_plan(rounds):
    problem = Problem(["Ada", "Ben", "Chi"], [[3, 2]] * 2)
    plan = answered(lambda: rebuild(problem, rounds))
    assert plan is None or accepted(plan)


@wildly
@given(wild.wild_prices)
def test_prices_are_refused_in_words_or_paid(prices):
    prices = answered(lambda: Prices(**prices))
    if prices:
        wishes = Wishes(companions=["ab"], first_timers="c", greeters="d", modes=["similar"] * 2)
        problem = Problem("abcde", [[4, 4]] * 2, {("a", "c"): [1]}, wishes, prices=prices)
        assert accepted(answered(lambda: solve(problem, seed=1, moves=500)))


@pytest.mark.parametrize("people", [[["Ada"], ["Ben"]], [{}, {}]])
def test_people_must_be_told_apart(people):
    with pytest.raises(TypeError, match="unhashable"):
        Problem(people, [[2]])


def test_a_hang_is_noticed(monkeypatch):
    monkeypatch.setattr("peerhood.mixing.engine.tests.test_fuzz.PATIENCE", 0.01)
    with pytest.raises(AssertionError, match="hangs"):
        answered(lambda: solve(Problem(range(20), [[5] * 4] * 7), seed=1, deadline=0.5))


def test_a_crash_is_noticed():
    with pytest.raises(ZeroDivisionError):
        answered(lambda: 1 / 0)

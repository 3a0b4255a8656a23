import os
import subprocess
import sys
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from peerhood.mixing.engine import Problem, Wishes, even_tables, solve
from peerhood.mixing.engine.tests.problems import fuzzed, problems
from peerhood.mixing.engine.verifying import verified


@fuzzed
@given(problems(), st.integers(0, 9))
def test_everybody_who_is_there_sits_exactly_once_in_every_round(problem, seed):
    plan = solve(problem, seed=seed, moves=1_000)
    for number, tables in zip(problem.rounds, plan.rounds, strict=True):
        assert sorted(who for table in tables for who in table) == sorted(problem.present(number))


@fuzzed
@given(problems(), st.integers(0, 9))
def test_no_table_seats_more_people_than_it_has_chairs(problem, seed):
    plan = solve(problem, seed=seed, moves=1_000)
    for capacities, tables in zip(problem.tables, plan.rounds, strict=True):
        assert len(tables) == len(capacities)
        assert all(len(table) <= chairs for table, chairs in zip(tables, capacities, strict=True))


@fuzzed
@given(problems(), st.integers(0, 9))
def test_the_cost_is_what_a_stranger_counts(problem, seed):
    plan = solve(problem, seed=seed, moves=1_000)
    assert {term: price for term, price in plan.breakdown.items() if price} == verified(problem, plan.rounds)
    assert plan.cost == sum(plan.breakdown.values())


@fuzzed
@given(problems(), st.integers(0, 9))
def test_the_same_seed_and_moves_give_the_same_seats(problem, seed):
    assert solve(problem, seed=seed, moves=1_500).rounds == solve(problem, seed=seed, moves=1_500).rounds


@fuzzed
@given(problems(), st.integers(0, 9))
def test_pins_and_hosts_keep_their_tables(problem, seed):
    plan = solve(problem, seed=seed, moves=1_000)
    for person, number, table in problem.pins:
        assert plan.table_of(person, number) == table
    for person, table in problem.hosts.items():
        assert {plan.table_of(person, number) for number in problem.rounds} <= {table, None}


@fuzzed
@given(problems(), st.integers(0, 9))
def test_more_moves_never_cost_more(problem, seed):
    dealt, solved = (solve(problem, seed=seed, moves=moves) for moves in (0, 2_000))
    assert solved.cost <= dealt.cost


def test_seats_do_not_depend_on_how_python_hashes_names():
    program = (
        "from peerhood.mixing.engine import *\n"
        "people = [f'p{i}' for i in range(17)]\n"
        "wishes = Wishes(companions=[{'p1', 'p2', 'p3'}], first_timers={'p4', 'p5'}, greeters={'p6', 'p7'})\n"
        "print(solve(Problem(people, [[5, 4, 4, 4]] * 3, wishes=wishes), seed=7, moves=2_000).rounds)\n"
    )
    outputs = [
        subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | {"PYTHONHASHSEED": hash_seed},
            capture_output=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    ]
    assert outputs[0] == outputs[1] != b""


def test_a_silent_not_with_is_kept_where_it_can_be():
    wishes = Wishes(not_with=[("p0", f"p{i}") for i in range(1, 9)])
    plan = solve(Problem([f"p{i}" for i in range(12)], [[4, 4, 4]] * 1, wishes=wishes), seed=1)
    assert set(plan.met("p0")) == {"p9", "p10", "p11"}


def test_every_first_timer_has_a_greeter_while_greeters_suffice():
    people = [f"p{i}" for i in range(20)]
    for seed in range(10):
        wishes = Wishes(first_timers=people[:8], greeters=people[8:10])
        plan = solve(Problem(people, [[5] * 4] * 3, wishes=wishes), seed=seed, moves=5_000)
        assert plan.breakdown["first_timers"] == 0


def test_without_a_greeter_a_regular_welcomes_the_first_timers():
    plan = solve(Problem("abcdef", [[2, 2, 2]], wishes=Wishes(first_timers="abc")), seed=1)
    assert plan.breakdown["first_timers"] == 0
    assert all(len(set(table) & set("abc")) == 1 for table in plan.rounds[0])


def test_where_everybody_is_new_nobody_is_unwelcome():
    assert solve(Problem("abcd", [[2, 2]], wishes=Wishes(first_timers="abcd")), seed=1).cost == 0


def test_companions_may_share_the_first_table_and_no_other():
    together = Wishes(companions=["ab"])
    plan = solve(Problem("abcd", [[2, 2]] * 3, wishes=together), seed=1)
    assert plan.breakdown["companions"] == 0
    assert "b" in plan.rounds[0][plan.table_of("a", 1) - 1]


def test_people_kept_together_always_are():
    people = [f"p{i}" for i in range(12)]
    plan = solve(Problem(people, [[4, 4, 4]] * 3, wishes=Wishes(keep_together=[people[:2]])), seed=1)
    assert [plan.table_of("p0", r) for r in (1, 2, 3)] == [plan.table_of("p1", r) for r in (1, 2, 3)]
    assert plan.breakdown["kept_together"] == 0


def test_a_pair_that_wants_to_meet_again_does():
    again = Wishes(meet_again=["ab"])
    plan = solve(Problem("abcdefgh", [[4, 4]], history={("a", "b"): [1]}, wishes=again), seed=1)
    assert "b" in plan.met("a")
    assert plan.cost == 600 - 700


def test_a_round_of_ten_in_pairs_lets_everybody_meet_everybody():
    plan = solve(Problem(range(10), [[2] * 5] * 9), seed=1, moves=0)
    assert all(len(plan.met(person)) == 9 for person in range(10))
    assert plan.is_optimal


def test_an_odd_coffee_round_has_one_trio():
    plan = solve(Problem(range(9), [even_tables(9, 2)] * 4), seed=1)
    assert [sorted(map(len, tables)) for tables in plan.rounds] == [[2, 2, 2, 3]] * 4
    assert plan.cost == 0


def test_each_better_plan_is_told_and_the_last_is_the_best():
    told = []
    problem = Problem(range(20), [[5] * 4] * 4)
    plan = solve(problem, seed=1, moves=5_000, on_improve=told.append)
    assert [better.cost for better in told] == sorted({better.cost for better in told}, reverse=True)
    assert told[-1].rounds == plan.rounds


def test_a_cancelled_search_still_has_a_valid_plan():
    plan = solve(Problem(range(20), [[5] * 4] * 4), seed=1, cancel=lambda: True)
    assert all(sorted(x for table in tables for x in table) == list(range(20)) for tables in plan.rounds)


def test_a_deadline_ends_the_search():
    met = {(p, q): [1] for p, q in combinations(range(23), 2) if (p * q) % 5 < 3}
    plan = solve(Problem(range(23), [[4, 4, 4, 4, 4, 3]] * 5, history=met), seed=1, deadline=0.02)
    assert plan.gap > 0

"""What a host may rely on: hard wishes, first-timers, tables that were shown, coffee without a repeat."""

from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerhood.mixing.engine import Problem, Wishes, even_tables, rebuild, remix, solve
from peerhood.mixing.engine.coffee import coffee_round
from peerhood.mixing.engine.tests.problems import fuzzed, problems
from peerhood.mixing.engine.tests.small_cases import fewest_broken
from peerhood.mixing.engine.verifying import HARD, verified

HARD_TERMS = ("kept_apart", "not_with", "kept_together")


def broken(plan):
    """How many hard wishes are broken, as a stranger counts."""
    cost = verified(plan.problem, plan.rounds)
    return sum(cost.get(term, 0) for term in HARD_TERMS) // HARD


@fuzzed
@given(problems(most_people=7), st.integers(0, 99))
def test_no_more_hard_wishes_are_broken_than_must_be(problem, seed):
    plan = solve(problem, seed=seed, moves=20_000)
    assert broken(plan) == fewest_broken(problem)


@pytest.mark.parametrize("seed", range(10))
def test_hard_wishes_are_kept_in_a_full_room(seed):
    people = range(40)
    random = Random(seed)
    wishes = Wishes(
        not_with=[random.sample(people, 2) for _ in range(12)],
        keep_apart=[random.sample(people, 3) for _ in range(6)],
        competitors=[random.sample(people, 2) for _ in range(12)],
    )
    plan = solve(Problem(people, [[4] * 10] * 4, wishes=wishes), seed=seed, moves=100_000)
    assert broken(plan) == plan.breakdown["competitors"] == 0


@pytest.mark.parametrize("wish", ["keep_apart", "not_with"])
def test_a_table_that_would_close_stays_open_for_a_hard_wish(wish):
    problem = Problem("abcde", [[5, 5]] * 2, wishes=Wishes(**{wish: ["ab"]}), absences={2: "b"})
    plan = solve(problem, seed=1, moves=1_000)
    assert broken(plan) == 0
    assert [sorted(map(len, tables)) for tables in plan.rounds] == [[2, 3], [0, 4]]


@pytest.mark.parametrize("seed", range(5))
def test_pins_hosts_and_chairs_hold_in_a_full_room(seed):
    people = range(30)
    hosts = {table - 1: table for table in range(1, 7)}
    pins = [(10 + number, number, 1) for number in (1, 2, 3)]
    plan = solve(Problem(people, [[6, 5, 5, 5, 5, 5]] * 3, hosts=hosts, pins=pins), seed=seed, moves=20_000)
    assert all(plan.table_of(who, number) == table for who, number, table in pins)
    assert all(plan.table_of(who, number) == table for who, table in hosts.items() for number in (1, 2, 3))
    assert verified(plan.problem, plan.rounds).keys() <= {"repeats"}


@pytest.mark.parametrize("seed", range(5))
def test_every_first_timer_is_welcomed_whatever_else_is_wished(seed):
    people = [f"p{i}" for i in range(24)]
    wishes = Wishes(
        first_timers=people[:9],
        greeters=people[9:15],
        companions=[people[i : i + 2] for i in range(0, 18, 2)],
        companions_from_round=1,
        modes=["similar", "mixed", "mixed"],
        similar_in={person: "ab"[i % 2] for i, person in enumerate(people)},
    )
    plan = solve(Problem(people, [[4] * 6] * 3, wishes=wishes), seed=seed, moves=60_000)
    assert "first_timers" not in verified(plan.problem, plan.rounds)


@pytest.mark.parametrize("seed", range(5))
def test_rounds_that_took_place_and_tables_that_were_shown_stay(seed):
    plan = solve(Problem(range(40), [even_tables(40, 5)] * 4), seed=seed, moves=20_000)
    gone = plan.rounds[1][2][0]
    mixed = remix(plan, after_round=1, absent=[gone], shown=[2], seed=seed, moves=20_000)
    assert mixed.rounds[0] == plan.rounds[0]
    stayed = [who for who in range(40) if who != gone and mixed.table_of(who, 2) == plan.table_of(who, 2)]
    assert len(stayed) == 39


def test_people_who_were_shown_a_table_leave_it_for_a_hard_wish_only():
    shown = rebuild(Problem("abcdefgh", [[4, 4]] * 2), [["abcd", "efgh"], ["abef", "cdgh"]])
    hard = Problem("abcdefgh", [[4, 4]] * 2, wishes=Wishes(not_with=["ae"]))
    mixed = remix(rebuild(hard, shown.rounds), after_round=1, shown=[2], seed=1, moves=20_000)
    moved = [who for who in "abcdefgh" if mixed.table_of(who, 2) != shown.table_of(who, 2)]
    assert broken(mixed) == 0
    assert len(moved) == 2


def fewest_repeats(people, met, barred):
    """The least meetings of pairs in ``met``, with no pair in ``barred``; None where that cannot be."""
    if not people:
        return 0
    first, *others = people
    best = None
    for table in [(x,) for x in others] + (list(combinations(others, 2)) if len(people) % 2 else []):
        pairs = {frozenset(pair) for pair in combinations((first, *table), 2)}
        if not pairs & barred:
            rest = fewest_repeats([x for x in others if x not in table], met, barred)
            if rest is not None and (best is None or rest + len(pairs & met) < best):
                best = rest + len(pairs & met)
    return best


@pytest.mark.parametrize("seed", range(60))
def test_nobody_has_coffee_twice_with_the_same_while_that_can_be_helped(seed):
    random = Random(seed)
    people = list(range(random.randint(2, 10)))
    paused = random.sample(people, random.choice([0, 0, 1, 2]) if len(people) > 4 else 0)
    here = [person for person in people if person not in paused]
    barred = [random.sample(people, 2) for _ in range(random.choice([0, 0, 1, 2]))]
    history, silent = {}, {frozenset(pair) for pair in barred}
    for number in range(1, 14):
        met = history.keys()
        least = fewest_repeats(here, met, silent)
        if least is None:
            return
        plan = coffee_round(
            people,
            history={tuple(pair): [number - at for at in times] for pair, times in history.items()},
            paused=paused,
            not_with=barred,
            seed=seed,
            moves=2_000,
        )
        pairs = [frozenset(pair) for table in plan.rounds[0] for pair in combinations(table, 2)]
        assert sorted(who for table in plan.rounds[0] for who in table) == here
        assert not silent.intersection(pairs)
        assert least or not [pair for pair in pairs if pair in met], f"round {number}"
        for pair in pairs:
            history.setdefault(pair, []).append(number)

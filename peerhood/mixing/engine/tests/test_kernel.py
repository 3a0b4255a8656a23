"""Compiled or not, the kernel does the same; and its running cost is what a recount finds."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from peerhood.mixing.engine import Contradiction, Problem
from peerhood.mixing.engine.construct import dealt
from peerhood.mixing.engine.kernel import is_compiled
from peerhood.mixing.engine.tests.plain import compiled, on_board, plain
from peerhood.mixing.engine.tests.problems import full_problems, fuzzed

needs_compiler = pytest.mark.skipif(
    not is_compiled,
    reason="a C compiler: test_kernel.py has no compiled kernel to compare with the plain one",
)
thoroughly = settings(fuzzed, max_examples=100)
both = pytest.mark.parametrize("engine", [compiled, plain], ids=["as installed", "plain"])
seeds = st.integers(0, 999)
temperatures = st.sampled_from([20, 150, 700])
STAY = 2_500
NO_FLOOR = -(10**9)


def seated(engine, problem, seed, *, is_told=False, has_totals=False):
    """People dealt to tables; if told, they knew the tables in another order and would rather be there."""
    seats = dealt(problem, Random(seed).random)
    seating = engine.seating.Seating(
        engine.compiling.compiled(problem.objective, problem.fixed),
        seats,
        problem.capacities,
        constant=problem.objective.constant(),
        draw=Random(seed).random,
        homes=[tables[::-1] for tables in seats] if is_told else None,
        stay_price=STAY,
    )
    if has_totals:
        seating.board.total = engine.kernel.zeros(len(seating.count) * seating.people)
        engine.kernel.sum_up(seating.board)
    return seating


def with_all_free(problem):
    """Nobody fixed and nobody absent, as changing names asks for."""
    try:
        return replace(problem, pins=(), hosts={}, absences={})
    except Contradiction:
        reject()


def paid(problem, seating):
    """What the seats cost, reckoned from nothing, and what those pay who are not at the table they knew."""
    seats, board = seating.seats(), seating.board
    is_away = [
        board.home[r * board.people + p] not in (-1, seating.first_table[r] + t)
        for r, tables in enumerate(seats)
        for t, table in enumerate(tables)
        for p in table
    ]
    return sum(problem.objective.breakdown(seats).values()) + STAY * sum(is_away)


def annealed(engine, problem, seed, temperature, **how):
    """Every board on the way: at the start, and after each hundred moves."""
    seating = seated(engine, problem, seed, **how)
    boards = [on_board(seating.board)]
    for _ in range(4):
        engine.kernel.anneal(seating.board, temperature, 100, NO_FLOOR)
        boards.append(on_board(seating.board))
    return boards


@needs_compiler
@thoroughly
@given(full_problems(), seeds, temperatures, st.booleans(), st.booleans())
def test_compiled_and_plain_go_the_same_way(problem, seed, temperature, is_told, has_totals):
    how = {"is_told": is_told, "has_totals": has_totals}
    assert annealed(compiled, problem, seed, temperature, **how) == annealed(
        plain, problem, seed, temperature, **how
    )


@needs_compiler
@thoroughly
@given(full_problems(), seeds)
def test_compiled_and_plain_let_the_same_people_change_names(problem, seed):
    problem = with_all_free(problem)
    boards = []
    for engine in (compiled, plain):
        seating = seated(engine, problem, seed)
        engine.kernel.relabel(seating.board, 200, 300, NO_FLOOR)
        boards.append(on_board(seating.board))
    assert boards[0] == boards[1]


@both
@fuzzed
@given(full_problems(), seeds, temperatures, st.booleans(), st.booleans())
def test_the_running_cost_is_what_a_recount_finds(engine, problem, seed, temperature, is_told, has_totals):
    seating = seated(engine, problem, seed, is_told=is_told, has_totals=has_totals)
    for _ in range(4):
        assert seating.cost == paid(problem, seating)
        engine.kernel.anneal(seating.board, temperature, 100, NO_FLOOR)
    assert seating.cost == paid(problem, seating)


@both
@fuzzed
@given(full_problems(), seeds)
def test_the_running_cost_is_right_after_names_have_changed(engine, problem, seed):
    problem = with_all_free(problem)
    seating = seated(engine, problem, seed)
    engine.kernel.relabel(seating.board, 200, 300, NO_FLOOR)
    assert seating.cost == paid(problem, seating)


@both
@fuzzed
@given(full_problems(), seeds, temperatures)
def test_totals_are_what_everybody_would_pay_at_each_table(engine, problem, seed, temperature):
    seating = seated(engine, problem, seed, has_totals=True)
    engine.kernel.anneal(seating.board, temperature, 400, NO_FLOOR)
    people, price = range(seating.people), list(seating.board.price)
    tables = [table for tables in seating.seats() for table in tables]
    assert list(seating.board.total) == [
        sum(price[p * seating.people + x] for x in table) for table in tables for p in people
    ]


@both
def test_a_kernel_that_misreads_one_price_is_noticed(engine):
    problem = Problem(range(12), [[4] * 3] * 3)
    seating = seated(engine, problem, seed=1)
    seating.board.price[1] += 7
    engine.kernel.anneal(seating.board, 700, 1_000, NO_FLOOR)
    assert seating.cost != paid(problem, seating)


@needs_compiler
def test_a_kernel_that_draws_one_other_number_is_noticed():
    problem = Problem(range(12), [[4] * 3] * 3)
    boards = []
    for engine, chance in ((compiled, 0), (plain, 1)):
        seating = seated(engine, problem, seed=1)
        seating.board.chance += chance
        engine.kernel.anneal(seating.board, 700, 100, NO_FLOOR)
        boards.append(on_board(seating.board))
    assert boards[0] != boards[1]

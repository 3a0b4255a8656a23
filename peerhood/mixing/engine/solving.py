"""Solve: find seats for a problem, within so many moves or so much time.

The search may stop at any moment with the best plan so far, which is always
valid. It stops by itself when the cost reaches the bound: nothing is better.
"""

from random import Random

from peerhood.mixing.engine.construct import dealt, is_coffee, round_robin
from peerhood.mixing.engine.plan import Plan
from peerhood.mixing.engine.problem import Problem
from peerhood.mixing.engine.search import Budget, Cancel, OnImprove, Search

HOT = 400
# What a host will wait for: about 3 seconds for 100 people and 4 rounds where Python is not compiled.
FEWEST_MOVES, MOST_MOVES = 60_000, 600_000


def solve(
    problem: Problem,
    *,
    seed: int,
    moves: int | None = None,
    deadline: float | None = None,
    on_improve: OnImprove | None = None,
    cancel: Cancel | None = None,
) -> Plan:
    """Seat everybody as cheaply as the search can; the same seed and moves give the same seats.

    Args:
        moves: swaps to consider; without it and without a deadline, a few seconds' worth.
        deadline: seconds from now. Best effort, and not the same seats every time.
        on_improve: is given each better plan as it is found.
        cancel: asked now and then; the search stops when it says yes.

    >>> from peerhood.mixing.engine import Problem
    >>> plan = solve(Problem("abcd", [[2, 2]] * 3), seed=7)
    >>> plan.cost, plan.is_optimal
    (0, True)
    """
    # Only ``random()`` is promised to give the same numbers in every Python.
    draw = Random(seed).random
    seats = problem.seat_count()
    usual = min(max(FEWEST_MOVES, 1_200 * seats), MOST_MOVES)
    budget = Budget(moves, deadline, cancel, usual, shortest=max(500, 20 * seats))
    start = round_robin(problem, draw) if is_coffee(problem) else dealt(problem, draw)
    search = Search(problem, start, budget, draw, on_improve=on_improve)
    lengths = budget.attempts()
    while not search.is_done() and (length := next(lengths, 0)):
        search.attempt(start, length, HOT)
        start = dealt(problem, draw)
    return search.plan()

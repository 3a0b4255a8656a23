"""Solve: find seats for a problem, within so many moves or so much time.

The search may stop at any moment with the best plan so far, which is always
valid. It stops by itself when the cost reaches the bound: nothing is better.
"""

from collections.abc import Callable

from peerhood.mixing.engine.arranging import arranged
from peerhood.mixing.engine.attempts import follow_chance, follow_design
from peerhood.mixing.engine.budget import Budget
from peerhood.mixing.engine.construct import dealt, is_coffee, round_robin
from peerhood.mixing.engine.objective import Seats
from peerhood.mixing.engine.plan import Plan, from_indices
from peerhood.mixing.engine.problem import Problem
from peerhood.mixing.engine.search import Cancel, Lane, OnImprove, chance, search
from peerhood.mixing.engine.seating import Seating
from peerhood.mixing.engine.shuffling import Draw, Round

# Where only repeats cost, where history does, and where small prices of modes do.
HOT_PURE, HOT, HOT_MODES = 700, 600, 400
# What a host will wait for: about 3 seconds for 100 people and 4 rounds where Python is not compiled.
FEWEST_MOVES, MOST_MOVES = 60_000, 600_000
# Up to so many people, a floor is found in a few thousandths of a second.
FEW_PEOPLE = 100
# From so many seconds on, there is time to look for the best bound.
LONG = 2.0


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
    usual = min(max(FEWEST_MOVES, 1_200 * problem.seat_count()), MOST_MOVES)
    # A number of moves must mean the same everywhere, so the floor is known before the first of them.
    # Where there is a clock and much to reckon, it is looked for later.
    is_timed = moves is None and deadline is not None
    is_quick = len(problem.people) <= FEW_PEOPLE or not problem.objective.first_meetings()
    floor = problem.floor if is_quick or not is_timed else problem.objective.least()
    budget = Budget(moves, deadline, usual, floor)
    draws = [chance(seed, number) for number in range(budget.lanes)]
    hot, cold = _hot(problem), _cold(problem)

    design = arranged(problem, draws[0])
    if design and (known := from_indices(problem, design)).cost <= floor:
        if on_improve is not None:
            on_improve(known)
        return known

    def make(number: int) -> Lane:
        start = design if design and number == 0 else _dealt(problem, draws[number])
        constant = problem.objective.constant()
        seating = Seating(problem.numbers, start, problem.capacities, constant=constant, draw=draws[number])
        return Lane(number, seating, budget)

    def run(lane: Lane) -> None:
        follow = follow_design if design and lane.number == 0 else follow_chance

        def deal() -> list[Round]:
            like = lane.seating.seats(lane.best) if problem.has_free_sizes else None
            return _dealt(problem, draws[lane.number], like)

        follow(lane, budget, hot=hot, cold=cold, deal=deal)

    return search(
        problem, budget, make, run, on_improve, cancel, _find_floor(problem, deadline if is_timed else None)
    )


def _find_floor(problem: Problem, deadline: float | None) -> Callable[[], int] | None:
    """What to look for in the search's shadow; the best bound only where there is time for it."""
    if deadline is None:
        return None
    return (lambda: problem.floor) if deadline < LONG else (lambda: problem.bound().value)


def _dealt(problem: Problem, draw: Draw, like: Seats | None = None) -> list[Round]:
    return round_robin(problem, draw) if is_coffee(problem) else dealt(problem, draw, like)


def _hot(problem: Problem) -> int:
    if set(problem.objective.modes) != {"mixed"}:
        return HOT_MODES
    return HOT if problem.objective.first_meetings() else HOT_PURE


def _cold(problem: Problem) -> int:
    # A tenth of the smallest price: below that, nothing moves.
    return max(10, problem.objective.smallest_price() // 10)

"""Solve: find seats for a problem, within so many moves or so much time.

The search may stop at any moment with the best plan so far, which is always
valid. It stops by itself when the cost reaches the bound: nothing is better.
"""

from itertools import pairwise

from peerhood.mixing.engine.arranging import arranged
from peerhood.mixing.engine.budget import Budget, Cancel
from peerhood.mixing.engine.construct import dealt, is_coffee, round_robin
from peerhood.mixing.engine.plan import Plan
from peerhood.mixing.engine.problem import Problem
from peerhood.mixing.engine.search import Lane, OnImprove, chance, cooling, search
from peerhood.mixing.engine.seating import Seating
from peerhood.mixing.engine.shuffling import Draw, Round

# Where only repeats cost, and where wishes of many sizes do.
HOT_PURE, HOT = 700, 400
# What a host will wait for: about 3 seconds for 100 people and 4 rounds where Python is not compiled.
FEWEST_MOVES, MOST_MOVES = 60_000, 600_000
# Parts of a lane's budget: short attempts solve what is small or tight, long ones what is full of wishes.
LAPS = (0.0, 0.03, 0.1, 0.25, 1.0)
# Until when a design's people change names, then leave it, and where it is warm enough for that.
RENAMED, LOOSENED, WARM = 0.06, 0.1, 100


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
    is_timed = moves is None and deadline is not None
    floor = problem.objective.least() if is_timed else problem.bound().value
    budget = Budget(moves, deadline, usual, floor)
    draws = [chance(seed, number) for number in range(budget.lanes)]
    temperatures = cooling(_hot(problem), _cold(problem))

    design = arranged(problem, draws[0])

    def make(number: int) -> Lane:
        start = design if design and number == 0 else _dealt(problem, draws[number])
        constant = problem.objective.constant()
        seating = Seating(problem.numbers, start, problem.capacities, constant=constant, draw=draws[number])
        return Lane(number, seating, budget)

    def run(lane: Lane) -> None:
        begun = 0.0
        if design and lane.number == 0:
            begun = LOOSENED
            # A design's people change names first, which keeps its virtue; then whoever gains from it moves.
            lane.attempt(budget.lap(0, RENAMED), temperatures, relabels=True)
            lane.seating.restore(lane.best)
            lane.attempt(budget.lap(RENAMED, LOOSENED), cooling(WARM, _cold(problem)))
        for start, end in (lap for lap in pairwise(LAPS) if lap[0] >= begun):
            if lane.is_done() or not lane.seating.can_move:
                return
            if lane.spent:
                lane.seating.place(_dealt(problem, draws[lane.number]))
            lane.attempt(budget.lap(start, end), temperatures)

    find_floor = (lambda: problem.bound().value) if is_timed else None
    return search(problem, budget, make, run, on_improve, cancel, find_floor)


def _dealt(problem: Problem, draw: Draw) -> list[Round]:
    return round_robin(problem, draw) if is_coffee(problem) else dealt(problem, draw)


def _hot(problem: Problem) -> int:
    is_pure = not problem.objective.first_meetings() and set(problem.objective.modes) == {"mixed"}
    return HOT_PURE if is_pure else HOT


def _cold(problem: Problem) -> int:
    # A tenth of the smallest price: below that, nothing moves.
    return max(10, problem.objective.smallest_price() // 10)

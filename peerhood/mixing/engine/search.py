"""The search that ``solve`` and ``remix`` share: in each lane attempts, annealed one after the other, the best kept.

Lanes know nothing of each other, and each draws its own chance from the seed: they run
on as many cores as there are, and find the same seats on one.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from random import Random
from typing import NamedTuple

from peerhood.mixing.engine.budget import Budget, Lap
from peerhood.mixing.engine.plan import Plan, from_indices
from peerhood.mixing.engine.problem import Problem
from peerhood.mixing.engine.seating import Seating, Snapshot
from peerhood.mixing.engine.shuffling import Draw

OnImprove = Callable[[Plan], None]
Cancel = Callable[[], bool]
# Between two looks at whether anything is to be told, in seconds.
PAUSE = 0.02
# The part of the time after which the floor is looked for.
SETTLED = 0.25


class Found(NamedTuple):
    """The least cost that an attempt came to, and the temperature at which it did."""

    cost: int
    temperature: int


class Lane:
    """One line of attempts and the best of them."""

    def __init__(self, number: int, seating: Seating, budget: Budget) -> None:
        self.number = number
        self.seating = seating
        self.budget = budget
        self.spent = 0
        self.best = seating.snapshot()

    @property
    def rank(self) -> tuple[int, int, int]:
        """The lower the better: cost, then moves where nothing better is possible, then the first lane."""
        is_floor = self.best.cost <= self.budget.floor
        return (self.best.cost, self.spent if is_floor else 0, self.number)

    def is_done(self) -> bool:
        """Is nothing better possible, or the time up?"""
        return self.best.cost <= self.budget.floor or self.budget.is_over(self.spent)

    def is_over(self) -> bool:
        """Is there nothing left to do for this lane, for one reason or another?"""
        return self.is_done() or not self.seating.can_move

    def attempt(self, lap: Lap, temperatures: Sequence[int], *, relabels: bool = False) -> "Found":
        """Anneal from where the seating is, down the temperatures."""
        act = self.seating.relabel if relabels else self.seating.anneal
        self._keep_if_better()
        found = Found(self.seating.cost, temperatures[0])
        while not self.is_done() and (progress := lap.progress()) < 1:
            temperature = temperatures[int(progress * len(temperatures))]
            moves = act(temperature, lap.portion(), self.budget.floor)
            lap.spent += moves
            self.spent += moves
            if self.seating.cost < found.cost:
                found = Found(self.seating.cost, temperature)
            self._keep_if_better()
        return found

    def _keep_if_better(self) -> None:
        if self.seating.cost < self.best.cost:
            self.best = self.seating.snapshot()
        if self.best.cost <= self.budget.floor:
            self.budget.suffices(self.spent)


def cooling(hot: int, cold: int) -> list[int]:
    """Falling temperatures, each fifteen sixteenths of the one before; in milli-repeats.

    >>> cooling(400, 300)
    [400, 375, 351, 329, 308]
    """
    levels = [hot]
    while levels[-1] * 15 // 16 >= cold:
        levels.append(levels[-1] * 15 // 16)
    return levels


def search(
    problem: Problem,
    budget: Budget,
    make: Callable[[int], Lane],
    run: Callable[[Lane], None],
    on_improve: OnImprove | None,
    cancel: Cancel | None,
    find_floor: Callable[[], int] | None = None,
) -> Plan:
    """Run every lane; tell of better plans, in the caller's own thread, as they are found.

    Args:
        make: builds the lane of a number.
        run: makes its attempts.
        find_floor: a better floor than the budget's, looked for while the lanes run.
    """
    lanes: list[Lane] = []

    def follow(number: int) -> None:
        lane = make(number)
        lanes.append(lane)
        run(lane)

    told: int | None = None

    def tell() -> None:
        nonlocal told
        lane = min(list(lanes), key=lambda lane: lane.rank, default=None)
        if lane is None or on_improve is None:
            return
        best = lane.best
        if told is None or best.cost < told:
            told = best.cost
            on_improve(_plan(problem, lanes, best))

    with ThreadPoolExecutor(budget.threads) as threads:
        pending = {threads.submit(follow, number) for number in range(budget.lanes)}
        while pending:
            if cancel is not None and cancel():
                budget.is_cancelled = True
            finished, pending = wait(pending, timeout=PAUSE)
            for future in finished:
                future.result()
            tell()
            # Reckoned sooner, it would keep the lanes from setting out.
            if pending and find_floor is not None and budget.is_past(SETTLED):
                budget.floor, find_floor = max(budget.floor, find_floor()), None
    tell()
    lane = min(lanes, key=lambda lane: lane.rank)
    return _plan(problem, lanes, lane.best)


def _plan(problem: Problem, lanes: Sequence[Lane], best: Snapshot) -> Plan:
    moves = sum(lane.spent for lane in lanes)
    return from_indices(problem, lanes[0].seating.seats(best), moves)


def chance(seed: int, lane: int) -> Draw:
    """A lane's own numbers in [0, 1)."""
    # Only ``random()`` is promised to give the same numbers in every Python.
    return Random(1_000_003 * seed + lane).random

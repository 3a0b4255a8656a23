"""The search that ``solve`` and ``remix`` share: attempts, each annealed, the best kept.

The only clock is the one a deadline asks for; without a deadline none is read.
"""

import time
from collections.abc import Callable, Iterator

from peerhood.mixing.engine.anneal import cooling, stretch
from peerhood.mixing.engine.construct import Draw, Round
from peerhood.mixing.engine.plan import Plan, from_indices
from peerhood.mixing.engine.problem import Problem
from peerhood.mixing.engine.seating import Seating

# After so many moves the search looks up: is this the best yet, is it late, is it still wanted?
STEP = 500
SHORT_MOVES = 30_000

OnImprove = Callable[[Plan], None]
Cancel = Callable[[], bool]


class Budget:
    """How long to search: so many moves, so many seconds, whichever ends first, or until cancelled."""

    def __init__(
        self, moves: int | None, deadline: float | None, cancel: Cancel | None, usual: int, shortest: int
    ) -> None:
        """``usual`` moves where neither moves nor a deadline are given; ``shortest`` is the first attempt."""
        self.started_at = time.monotonic() if deadline is not None else 0.0
        self.deadline = deadline
        self.moves = usual if moves is None and deadline is None else moves
        self.cancel = cancel
        self.spent = 0
        self.shortest = shortest

    def attempts(self) -> Iterator[int]:
        """Lengths of attempts: at first short and varied, then a third of what is left, then the rest.

        Short ones solve what is small or tight, long ones what is large and full of wishes.
        """
        number = 0
        while (left := self._left()) > 0:
            number += 1
            if self.spent < min(left // 3, SHORT_MOVES):
                yield min(left, luby(number) * self.shortest)
            else:
                yield left // 3 if self.spent < left // 2 else left

    def _left(self) -> int:
        if self.is_over():
            return 0
        left = [] if self.moves is None else [self.moves - self.spent]
        if self.deadline is not None:
            passed = time.monotonic() - self.started_at
            left.append(int(self.spent * (self.deadline - passed) / passed) if self.spent else self.shortest)
        return min(left)

    def is_over(self) -> bool:
        """Is it time to stop, whatever was planned?"""
        if self.cancel is not None and self.cancel():
            return True
        if self.deadline is not None and time.monotonic() - self.started_at >= self.deadline:
            return True
        return self.moves is not None and self.spent >= self.moves


def luby(number: int) -> int:
    """How long to try before starting over, when nobody knows how long it takes (Luby et al. 1993).

    >>> [luby(number) for number in range(1, 16)]
    [1, 1, 2, 1, 1, 2, 4, 1, 1, 2, 1, 1, 2, 4, 8]
    """
    half = 1 << (number.bit_length() - 1)
    return half if number == 2 * half - 1 else luby(number - half + 1)


class Search:
    """The best seats so far, and how to look for better ones in the rounds from ``first`` (from 0) on."""

    def __init__(
        self,
        problem: Problem,
        seats: list[Round],
        budget: Budget,
        draw: Draw,
        first: int = 0,
        on_improve: OnImprove | None = None,
    ) -> None:
        self.problem = problem
        self.budget = budget
        self.draw = draw
        self.on_improve = on_improve
        self.free = [(r, people) for r, people in enumerate(_movable(problem)) if r >= first and people]
        self.seating = Seating(problem.objective, seats)
        self.cost = self.seating.cost
        self.seats = seats
        self.floor = self.plan().bound.value

    def is_done(self) -> bool:
        """Is nothing better possible, or nothing left to try?"""
        return self.cost <= self.floor or not self.free

    def attempt(self, seats: list[Round], moves: int, hot: int) -> None:
        """Anneal from these seats; keep them where they are the best yet."""
        self.seating.place(seats)
        self._keep_if_better()
        # Cold is a tenth of the smallest price: below that, nothing moves.
        cold = max(10, self.problem.objective.smallest_price() // 10)
        for temperature, step in cooling(moves, hot, cold, STEP):
            stretch(self.seating, self.free, temperature, step, self.draw, self.floor)
            self.budget.spent += step
            self._keep_if_better()
            if self.is_done() or self.budget.is_over():
                return

    def _keep_if_better(self) -> None:
        if self.seating.cost < self.cost:
            self.cost = self.seating.cost
            self.seats = [[list(table) for table in tables] for tables in self.seating.tables]
            if self.on_improve is not None:
                self.on_improve(self.plan())

    def plan(self) -> Plan:
        """The best so far."""
        return from_indices(self.problem, self.seats)


def _movable(problem: Problem) -> Iterator[list[int]]:
    """Who may change seats, round by round."""
    for here, fixed in zip(problem.objective.present, problem.fixed, strict=True):
        yield [p for p in sorted(here) if p not in fixed]

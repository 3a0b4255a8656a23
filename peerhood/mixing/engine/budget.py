"""How long to search: so many moves or so many seconds, shared out between lanes and their attempts."""

import os
import time

from peerhood.mixing.engine.kernel import is_compiled

# With a number of moves there are always as many lanes, so that the seats do not depend on the machine.
LANES = 2
# Moves before the clock is first looked at, and at most between two looks.
FIRST, MOST = (5_000, 100_000) if is_compiled else (200, 2_000)
# How often the clock is looked at while an attempt lasts.
LOOKS = 100


class Budget:
    """What all lanes share: when to stop, the floor, and who reached it first."""

    def __init__(self, moves: int | None, deadline: float | None, usual: int, floor: int) -> None:
        """Begin now.

        Args:
            deadline: seconds from now.
            usual: moves where neither moves nor a deadline are given.
            floor: a cost that nothing can better; it may be raised while the lanes run.
        """
        self.floor = floor
        self.started_at = time.monotonic() if deadline is not None else 0.0
        self.deadline = deadline
        self.moves = usual if moves is None and deadline is None else moves
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        self.lanes = LANES if self.moves is not None else cores if is_compiled else 1
        self.threads = min(self.lanes, cores) if is_compiled else 1
        self.is_cancelled = False
        # Moves after which a lane had a plan that nothing can better: no other needs to look longer.
        self.enough: int | None = None

    def is_over(self, spent: int) -> bool:
        """Must a lane stop that has spent so many moves?"""
        if self.is_cancelled or (self.enough is not None and spent >= self.enough):
            return True
        return self.deadline is not None and time.monotonic() - self.started_at >= self.deadline

    def is_past(self, share: float) -> bool:
        """Has so much of the time gone by, from 0 to 1?"""
        return self.deadline is None or time.monotonic() - self.started_at >= share * self.deadline

    def suffices(self, spent: int) -> None:
        """A lane has reached the floor after so many moves."""
        self.enough = spent if self.enough is None else min(spent, self.enough)

    def lap(self, start: float, end: float) -> "Lap":
        """The part of each lane's budget between two shares of it, 0 to 1."""
        return Lap(self, start, end)


class Lap:
    """One attempt's part of a lane's budget."""

    def __init__(self, budget: Budget, start: float, end: float) -> None:
        self.budget = budget
        self.spent = 0
        self.moves: int | None = None
        if budget.moves is not None:
            each = budget.moves // budget.lanes
            self.moves = int(each * end) - int(each * start)
        if budget.deadline is not None:
            self.begins_at = time.monotonic()
            self.lasts = max(1e-9, budget.started_at + budget.deadline * end - self.begins_at)

    def portion(self) -> int:
        """How many moves to consider before looking up."""
        if self.moves is not None:
            return min(self.moves - self.spent, max(500, self.moves // 400))
        if not self.spent:
            return FIRST
        speed = self.spent / max(1e-6, time.monotonic() - self.begins_at)
        return min(MOST, max(FIRST // 10, int(speed * self.lasts / LOOKS)))

    def progress(self) -> float:
        """How much of it is spent, 0 to 1 or more."""
        shares = []
        if self.moves is not None:
            shares.append(self.spent / self.moves if self.moves else 1.0)
        if self.budget.deadline is not None:
            shares.append((time.monotonic() - self.begins_at) / self.lasts)
        return max(shares)

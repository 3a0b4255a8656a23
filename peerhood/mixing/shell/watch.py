"""Watch: the search from outside. It shows how far it is, stops when asked to, and ends in time."""

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from peerhood.mixing.engine import Plan, Problem, solve
from peerhood.mixing.engine.kernel import is_compiled
from peerhood.mixing.shell.clock import seconds_since_start

# For writing the plan and leaving.
ENDING_SECONDS = 0.05
WIDTH = 30


@dataclass(frozen=True)
class Run:
    """How a plan was found. ``stopped_by`` is the signal that ended the search early, or None."""

    moves: int
    seconds: float
    stopped_by: int | None
    engine: str = field(default="compiled" if is_compiled else "plain")


def watched(
    problem: Problem, *, seed: int, moves: int | None, seconds: float | None, is_shown: bool
) -> tuple[Plan, Run]:
    """Solve until the moves or the seconds (since the program began) are spent, or somebody stops it."""
    began_at = time.monotonic()
    deadline = None
    if seconds is not None:
        # Where the start took all there was, a little search is better than none.
        deadline = max(seconds / 10, seconds - seconds_since_start() - ENDING_SECONDS)
    watch = Watch(deadline, is_shown)
    with watch.stopping():
        plan = solve(
            problem,
            seed=seed,
            moves=moves,
            deadline=deadline,
            on_improve=watch.note if is_shown else None,
            cancel=watch.is_stopped,
        )
    watch.clear()
    lasted = getattr(plan, "seconds", None) or time.monotonic() - began_at
    return plan, Run(getattr(plan, "moves", 0), lasted, watch.stopped_by)


class Watch:
    """What the search is asked, and what a terminal shows meanwhile."""

    def __init__(self, deadline: float | None, is_shown: bool) -> None:
        self.deadline = deadline
        self.is_shown = is_shown
        self.best: Plan | None = None
        self.stopped_by: int | None = None
        self.began_at = self.shown_at = time.monotonic()

    def note(self, plan: Plan) -> None:
        """Remember the best so far."""
        self.best = plan

    def is_stopped(self) -> bool:
        """Has somebody asked it to stop? The search asks this often, so here the bar moves, too."""
        now = time.monotonic()
        if self.is_shown and now - self.shown_at > 0.1:
            self.shown_at = now
            sys.stderr.write(f"\r\x1b[K{self._line(now - self.began_at)}")
            sys.stderr.flush()
        return self.stopped_by is not None

    def clear(self) -> None:
        """Leave the terminal as it was."""
        if self.is_shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def _line(self, elapsed: float) -> str:
        best = f"  best so far {self.best.cost / 1000:.1f} repeats" if self.best else ""
        if self.deadline is None:
            return f"  {elapsed:.1f} s{best}  (Ctrl-C keeps it)"
        filled = min(WIDTH, int(WIDTH * elapsed / self.deadline))
        return f"  {'━' * filled}{'╌' * (WIDTH - filled)}  {elapsed:.1f} of {self.deadline:.1f} s{best}"

    @contextmanager
    def stopping(self) -> Iterator[None]:
        """Ctrl-C and a polite kill end the search, not the program: the best so far is always valid.

        A second one ends the program.
        """

        def stop(number: int, frame: FrameType | None) -> None:
            self.stopped_by = number
            signal.signal(number, before[number])

        before: dict[int, Any] = {
            number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)
        }
        for number in before:
            signal.signal(number, stop)
        try:
            yield
        finally:
            for number, was in before.items():
                signal.signal(number, was)

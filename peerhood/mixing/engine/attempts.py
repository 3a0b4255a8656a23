"""Attempts: what a lane does with its budget.

Short attempts come first: they solve what is small or tight, and show what a long one should be like.
"""

from collections.abc import Callable

from peerhood.mixing.engine.budget import Budget
from peerhood.mixing.engine.search import Found, Lane, cooling
from peerhood.mixing.engine.shuffling import Round

# Parts of a lane's budget: two attempts to learn from, a longer one, and the long ones; at the end,
# people of different kinds may change seats again.
FIRST, SECOND, THIRD, LAST = 0.05, 0.1, 0.25, 0.95
# A design's people change names until then, and leave it until then, where it is warm enough for that.
RENAMED, LOOSENED, WARM = 0.06, 0.1, 100
# Moves for each seat from which an attempt tells something.
TELLING = 100
# Moves for each seat, times the seats, after which it is better to begin anew than to cool more slowly:
# the larger the evening, the more there is to settle at once.
ENOUGH = 5_000
# Evenings of so few seats have deep valleys, not wide ones: there so many moves are enough.
FEW_SEATS, ENOUGH_FOR_FEW = 50, 300


def follow_design(
    lane: Lane, budget: Budget, *, hot: int, cold: int, deal: Callable[[], list[Round]]
) -> None:
    """Begin with the design that the lane was given, then go on as others do.

    Its people change names first, which keeps its virtue; then whoever gains from it moves.
    """
    lane.attempt(budget.lap(0, RENAMED), cooling(hot, cold), relabels=True)
    lane.seating.restore(lane.best)
    lane.attempt(budget.lap(RENAMED, LOOSENED), cooling(WARM, cold))
    _follow(lane, budget, Found(lane.best.cost, cold), hot=hot, cold=cold, deal=deal, keeps=False)


def follow_chance(
    lane: Lane, budget: Budget, *, hot: int, cold: int, deal: Callable[[], list[Round]]
) -> None:
    """Anneal from random seats; first in two ways, then in the better one.

    In rounds of the like-minded, tables that are filled with one kind melt and never freeze so
    well again; so one way lets only people of one kind change seats there, and one lets anybody.
    The first gains more from a long attempt, so it wins where the two come close.
    """
    keeps = lane.seating.has_kinds
    lane.seating.keep_kinds(keeps)
    kept = lane.attempt(budget.lap(0, FIRST), cooling(hot, cold))
    if lane.spent < TELLING * lane.seating.seat_count:
        # Too little time to compare: what is there goes into one long attempt.
        _follow(lane, budget, Found(kept.cost, cold), hot=hot, cold=cold, deal=deal, keeps=keeps)
        return
    if not _begin_anew(lane, deal, keeps=False):
        return
    free = lane.attempt(budget.lap(FIRST, SECOND), cooling(hot, _colder(kept, hot, cold)))
    keeps = keeps and 20 * kept.cost < 21 * free.cost
    found = kept if keeps else free
    _follow(lane, budget, found, hot=hot, cold=cold, deal=deal, keeps=keeps)


def _follow(
    lane: Lane,
    budget: Budget,
    found: Found,
    *,
    hot: int,
    cold: int,
    deal: Callable[[], list[Round]],
    keeps: bool,
) -> None:
    """The long attempts: one, or as many as there is time for."""
    end = LAST if keeps else 1.0
    seats = lane.seating.seat_count
    enough = ENOUGH_FOR_FEW if seats <= FEW_SEATS else ENOUGH * seats
    pieces = round(lane.spent / SECOND * (end - THIRD) / (enough * seats))
    starts = [SECOND, *(THIRD + (end - THIRD) * piece / pieces for piece in range(pieces))]
    for start, stop in zip(starts, [*starts[1:], end], strict=True):
        if not _begin_anew(lane, deal, keeps=keeps):
            return
        found = lane.attempt(budget.lap(start, stop), cooling(hot, _colder(found, hot, cold)))
    if keeps and not lane.is_over():
        lane.seating.keep_kinds(False)
        lane.seating.restore(lane.best)
        lane.attempt(budget.lap(LAST, 1.0), cooling(WARM, cold))


def _begin_anew(lane: Lane, deal: Callable[[], list[Round]], *, keeps: bool) -> bool:
    if lane.is_over():
        return False
    lane.seating.keep_kinds(keeps)
    lane.seating.place(deal())
    return True


def _colder(found: Found, hot: int, cold: int) -> int:
    """Where the last attempt was frozen there is no use in lingering; a longer one freezes a little lower."""
    return max(cold, min(found.temperature * 2 // 3, hot // 2))

"""Coffee rounds: everybody in twos, with one trio when the number is odd.

Never a repeat while somebody new is left: where the search finds none, pairs who have not
met are matched exactly. A silent "not with" is kept before anything else.
"""

from collections.abc import Collection, Iterable, Sequence
from itertools import combinations, islice

from peerhood.mixing.engine.matching import matched
from peerhood.mixing.engine.objective import HARD, History
from peerhood.mixing.engine.plan import Plan, from_indices
from peerhood.mixing.engine.problem import Problem
from peerhood.mixing.engine.solving import solve
from peerhood.mixing.engine.tables import even_tables
from peerhood.mixing.engine.wishes import Pair, Person, Wishes

# Trios to try when the number is odd, before the search's own is taken.
MOST_TRIOS = 500


def coffee_round(
    people: Sequence[Person],
    *,
    history: History = (),
    paused: Collection[Person] = (),
    not_with: Collection[Pair] = (),
    seed: int,
    moves: int | None = None,
) -> Plan:
    """One coffee round for everybody who does not pause; ``Contradiction`` where nobody is left.

    Args:
        history: earlier coffee rounds, and gatherings; see ``Problem``.
        not_with: silent wishes; whoever is named in one never learns of it.

    >>> plan = coffee_round("abcd", history={("a", "b"): [1], ("a", "c"): [2]}, seed=1)
    >>> sorted(map("".join, plan.rounds[0]))
    ['ad', 'bc']
    """
    here = [person for person in people if person not in set(paused)]
    problem = Problem(here, [even_tables(len(here), 2)], history=history, wishes=Wishes(not_with=not_with))
    plan = solve(problem, seed=seed, moves=moves)
    if plan.cost and (seats := _without_repeats(problem)):
        exact = from_indices(problem, [seats], plan.moves)
        return min(plan, exact, key=lambda plan: plan.cost)
    return plan


def _without_repeats(problem: Problem) -> list[list[int]] | None:
    """Tables at which as few as possible have met, and nobody sits with whom they asked not to."""
    prices = problem.objective.first_meetings()
    count = len(problem.people)
    new = [[q for q in range(count) if q != p and not prices[min(p, q), max(p, q)]] for p in range(count)]
    bearable = [
        [q for q in range(count) if q != p and prices[min(p, q), max(p, q)] < HARD] for p in range(count)
    ]
    if count % 2 == 0:
        return _tables(matched(bearable, matched(new)))
    for trio in islice(_trios(new), MOST_TRIOS):
        mate = matched([[] if p in trio else [q for q in new[p] if q not in trio] for p in range(count)])
        if sum(other < 0 for other in mate) == 3:
            seats = _tables([other for p, other in enumerate(mate)], without=trio)
            return [list(trio), *seats] if seats is not None else None
    return None


def _trios(new: Sequence[Sequence[int]]) -> Iterable[tuple[int, int, int]]:
    """Three who are all new to each other; first those with most choice, whom the others miss least."""
    by_choice = sorted(range(len(new)), key=lambda p: -len(new[p]))
    strangers = [set(others) for others in new]
    for p in by_choice:
        for q, r in combinations([x for x in new[p] if x > p], 2):
            if r in strangers[q]:
                yield p, q, r


def _tables(mate: Sequence[int], without: Collection[int] = ()) -> list[list[int]] | None:
    """The pairs as tables; None where somebody is left over."""
    if any(other < 0 for p, other in enumerate(mate) if p not in without):
        return None
    return [[p, other] for p, other in enumerate(mate) if p < other]

"""Re-mix: who came late and who left change the rounds to come; those that took place stay.

Tables stay as they were shown wherever the numbers allow, and are then improved a little.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from peerhood.mixing.engine.budget import Budget
from peerhood.mixing.engine.construct import repaired
from peerhood.mixing.engine.contradictions import Pin
from peerhood.mixing.engine.plan import Plan
from peerhood.mixing.engine.problem import Problem
from peerhood.mixing.engine.search import Cancel, Lane, OnImprove, chance, cooling, search
from peerhood.mixing.engine.seating import Seating
from peerhood.mixing.engine.wishes import Person

# Warm enough to leave a plan that has become poor; in a moment there is time for small changes only.
WARM, WARM_IF_SHORT = 150, 40
SHORT = 0.25
# Seconds for each seat, to write the plan down when time is up.
WRITING = 2e-6
# Seats times people to whom a moment is enough to offer every seat.
MOST_OFFERS = 300_000
# What it costs to send somebody elsewhere who knows their table: more than a repeat, less than a broken wish.
STAY = 2_500


def remix(
    plan: Plan,
    *,
    after_round: int,
    absent: Collection[Person] = (),
    arrived: Sequence[Person] = (),
    tables: Sequence[Sequence[int]] | None = None,
    shown: Collection[int] = (),
    seed: int = 0,
    moves: int | None = None,
    deadline: float | None = None,
    on_improve: OnImprove | None = None,
    cancel: Cancel | None = None,
) -> Plan:
    """Seat the rounds after ``after_round`` anew for whoever is there now.

    Args:
        after_round: rounds up to this one are frozen; 0 freezes none.
        absent: people who are gone from the next round on, whoever else says that they arrived.
        arrived: people who are there from the next round on; history and wishes
            that named them before they came now count.
        tables: the chairs of the rounds to come, where those change; ``even_tables``
            makes the one trio when an odd number meets in pairs.
        shown: rounds to come whose tables people have seen already: whoever can stay there does.

    Raises ``Contradiction`` where more people came than there are seats.

    >>> from peerhood.mixing.engine import rebuild
    >>> plan = rebuild(Problem("abcdef", [[3, 3]] * 2), [["abc", "def"], ["abd", "cef"]])
    >>> plan = remix(plan, after_round=1, absent="a", seed=1)
    >>> plan.rounds[0]
    (('a', 'b', 'c'), ('d', 'e', 'f'))
    >>> sum(len(table) for table in plan.rounds[1])
    5
    """
    if not 0 <= after_round <= len(plan.rounds):
        raise ValueError(f"Of {len(plan.rounds)} rounds {after_round} cannot be over.")
    # The bound takes longer than people who stand in a room will wait.
    floor = plan.problem.objective.least()
    seats = plan.problem.seat_count(after_round)
    is_short = deadline is not None and deadline < SHORT
    if deadline is not None:
        deadline -= min(deadline / 4, seats * WRITING)
    budget = Budget(moves, deadline, 300 * seats, floor)
    problem = _now(plan.problem, after_round, absent, arrived, tables)
    told = [
        [[problem.index[who] for who in table if who in problem.index] for table in at] for at in plan.rounds
    ]
    start = repaired(problem, told, first=after_round)
    homes = [tables if number in shown else [] for number, tables in enumerate(start, 1)]
    hot = WARM_IF_SHORT if is_short else WARM
    temperatures = cooling(hot, max(10, problem.objective.smallest_price() // 10))

    def make(number: int) -> Lane:
        capacities = [[len(table) for table in tables] for tables in start]
        seating = Seating(
            problem.numbers,
            start,
            capacities,
            constant=problem.objective.constant(),
            draw=chance(seed, number),
            first=after_round,
            homes=homes if shown else None,
            stay_price=STAY,
            may_offer_all=not is_short or seats * len(problem.people) < MOST_OFFERS,
        )
        return Lane(number, seating, budget)

    def run(lane: Lane) -> None:
        lane.attempt(budget.lap(0, 1), temperatures)

    return search(problem, budget, make, run, on_improve, cancel)


def _now(
    problem: Problem,
    after_round: int,
    absent: Collection[Person],
    arrived: Sequence[Person],
    tables: Sequence[Sequence[int]] | None,
) -> Problem:
    """The problem as it stands after so many rounds."""
    newcomers = [person for person in arrived if person not in problem.index]
    to_come = problem.tables[after_round:] if tables is None else tables
    absences: dict[int, set[Person]] = {}
    for number in range(1, after_round + len(to_come) + 1):
        # Whoever had left by the last planned round is not there for one that is added.
        away = set(problem.absences.get(min(number, len(problem.tables)), ()))
        absences[number] = (
            away.union(newcomers) if number <= after_round else (away - set(arrived)).union(absent)
        )
    return replace(
        problem,
        people=[*problem.people, *newcomers],
        tables=[*problem.tables[:after_round], *to_come],
        # A seat given to somebody who is gone is free again.
        pins=[pin for pin in map(Pin._make, problem.pins) if pin.person not in absences.get(pin.round, ())],
        absences=absences,
        before=problem,
    )

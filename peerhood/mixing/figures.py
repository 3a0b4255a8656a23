"""A plan in numbers: what the organiser reads beside the tables, kept with the plan."""

from itertools import combinations
from typing import Any

from peerhood.mixing import engine


def figures_of(plan: engine.Plan) -> dict[str, Any]:
    """The engine's figures as plain values.

    ``met`` and ``new`` are means over people; ``cost`` and ``bound`` are milli-repeats;
    ``repeats`` lists, for each round, how many pairs sat together before, today or earlier.
    """
    encounters = plan.encounters
    return {
        "people": len(plan.problem.people),
        "met": round(encounters.met, 1),
        "new": round(encounters.new, 1),
        "fewest_new": encounters.fewest_new,
        "cost": plan.cost,
        "bound": plan.bound.value,
        "is_optimal": plan.is_optimal,
        "uncovered": _uncovered(plan),
        "repeats": _repeats(plan),
    }


def _repeats(plan: engine.Plan) -> list[int]:
    met: set[frozenset] = set()
    repeats = []
    for tables in plan.rounds:
        pairs = {frozenset(pair) for table in tables for pair in combinations(table, 2)}
        repeats.append(sum(pair in met or plan.problem.knows(*pair) for pair in pairs))
        met |= pairs
    return repeats


def _uncovered(plan: engine.Plan) -> int:
    """First-timers at a round-1 table where nobody is there to welcome them."""
    wishes = plan.problem.wishes
    newcomers, greeters = set(wishes.first_timers), set(wishes.greeters)
    welcoming = greeters or set(plan.problem.people) - newcomers
    return sum(
        len(newcomers.intersection(table)) for table in plan.rounds[0] if not welcoming.intersection(table)
    )

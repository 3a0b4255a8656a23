"""A plan in numbers: what the organiser reads beside the tables, kept with the plan."""

from itertools import combinations
from typing import Any

from peerhood.mixing import engine
from peerhood.mixing.engine.objective import COMPANIONS, REPEAT

# So many of those who meet the fewest new people are named; the rest are counted.
NAMED = 5


def figures_of(plan: engine.Plan) -> dict[str, Any]:
    """The engine's figures as plain values.

    ``met`` and ``new`` are means over people; ``cost`` and ``bound`` are milli-repeats;
    ``repeats`` lists, for each round, how many pairs sat together before, today or earlier.
    Nothing here tells of competitors, silent wishes or second meetings.
    """
    encounters, repeats = plan.encounters, _repeats(plan)
    return {
        "people": len(plan.problem.people),
        "met": round(encounters.met, 1),
        "new": round(encounters.new, 1),
        "fewest_new": encounters.fewest_new,
        # 10 in the middle, or 10.5 between two.
        "median_new": int(median) if (median := encounters.median_new) == int(median) else median,
        "most_new": encounters.most_new,
        "meets_fewest": _meets_fewest(plan),
        "cost": plan.cost,
        "bound": plan.bound.value,
        "is_optimal": plan.is_optimal,
        "uncovered": _uncovered(plan),
        "repeats": repeats,
        "again": sum(repeats),
        "terms": _terms(plan),
    }


def _meets_fewest(plan: engine.Plan) -> list[Any]:
    """Keys of some who meet the fewest new people, where others meet more."""
    if plan.encounters.fewest_new == plan.encounters.most_new:
        return []
    new = ((len(plan.new_peers(person)), person) for person in plan.problem.people)
    return [person for count, person in new if count == plan.encounters.fewest_new][:NAMED]


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


def _terms(plan: engine.Plan) -> dict[str, dict[str, float]]:
    """What the plan pays for, as a host may know it: how often, and how much in repeats."""
    pairs = {frozenset(pair) for tables in plan.rounds for table in tables for pair in combinations(table, 2)}
    counts = {
        "repeats": plan.breakdown["repeats"] // REPEAT,
        "history": sum(plan.problem.knows(*pair) for pair in pairs),
        "companions": plan.breakdown["companions"] // COMPANIONS,
        "first_timers": _uncovered(plan),
    }
    return {
        term: {"count": count, "weight": round(plan.breakdown[term] / REPEAT, 1)}
        for term, count in counts.items()
    }

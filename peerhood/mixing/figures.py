"""A plan in numbers: what the organiser reads beside the tables, kept with the plan."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from peerhood.mixing import engine

# So many of those who meet the fewest new people are named; the rest are counted.
NAMED = 5


def figures_of(plan: engine.Plan, *, is_hurried: bool = False) -> dict[str, Any]:
    """The engine's figures as plain values; in a hurry, nothing is proven that takes long to prove.

    ``met`` and ``new`` are means over people; ``cost`` and ``bound`` are milli-repeats;
    ``repeats`` lists, for each round, how many pairs sat together before, today or earlier;
    ``weight`` is the part of the cost that a host may know, in repeats. Nothing that a page
    shows tells of competitors, silent wishes or second meetings.
    """
    encounters, known = plan.encounters, list(_known(plan))
    terms = _terms(plan, sum(today for today, _earlier in known), sum(earlier for _today, earlier in known))
    middle = encounters.median_new
    return {
        "people": len(plan.seated),
        "met": round(encounters.met, 1),
        "new": round(encounters.new, 1),
        "fewest_new": encounters.fewest_new,
        # 10 in the middle, or 10.5 between two.
        "median_new": int(middle) if middle % 1 == 0 else middle,
        "most_new": encounters.most_new,
        "meets_fewest": _meets_fewest(plan),
        "cost": plan.cost,
        "bound": None if is_hurried else plan.bound.value,
        "is_optimal": _is_perfect(plan) if is_hurried else plan.is_optimal,
        "uncovered": terms["first_timers"]["count"],
        "repeats": [today + earlier for today, earlier in known],
        "again": sum(today + earlier for today, earlier in known),
        "terms": terms,
        "weight": round(sum(term["weight"] for term in terms.values()), 1),
    }


def _is_perfect(plan: engine.Plan) -> bool:
    """Nobody meets twice and every wish is kept: without a reward nothing costs less than nothing."""
    return plan.cost == 0 and not plan.problem.wishes.meet_again


def _known(plan: engine.Plan) -> Iterator[tuple[int, int]]:
    """For each round, the pairs who sat together in an earlier one, and those who know each other from before."""
    met: set[frozenset] = set()
    for tables in plan.rounds:
        pairs = {frozenset(pair) for table in tables for pair in combinations(table, 2)}
        yield len(pairs & met), sum(plan.problem.knows(*pair) for pair in pairs - met)
        met |= pairs


def _meets_fewest(plan: engine.Plan) -> list[Any]:
    """Keys of some who meet the fewest new people, where others meet more."""
    fewest = plan.encounters.fewest_new
    if fewest == plan.encounters.most_new:
        return []
    return [person for person in plan.seated if len(plan.new_peers(person)) == fewest][:NAMED]


def _terms(plan: engine.Plan, today: int, earlier: int) -> dict[str, dict[str, float]]:
    """What the plan pays for, as a host may know it: how often, and how much in repeats."""
    prices = plan.problem.prices
    counts = {
        "repeats": today,
        "history": earlier,
        "companions": plan.breakdown["companions"] // prices.companions,
        "first_timers": plan.breakdown["first_timers"] // prices.uncovered,
    }
    return {
        term: {"count": count, "weight": round(plan.breakdown[term] / prices.repeat, 1)}
        for term, count in counts.items()
    }

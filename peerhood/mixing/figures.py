"""A plan in numbers: what the organiser reads beside the tables, kept with the plan."""

from collections.abc import Hashable, Iterable, Mapping
from itertools import chain, combinations
from statistics import fmean, median
from typing import Any

from peerhood.mixing import engine

# So many of those who meet the fewest new people are named; the rest are counted.
NAMED = 5


def figures_of(plan: engine.Plan, *, is_hurried: bool = False) -> dict[str, Any]:
    """The engine's figures as plain values; in a hurry, nothing is proven that takes long to prove.

    ``met`` and ``new`` are means over people; ``cost`` and ``bound`` are milli-repeats;
    ``repeats`` lists, for each round, how many pairs sat together before, today or earlier.
    Nothing here tells of competitors, silent wishes or second meetings.
    """
    pairs = [_pairs_of(tables) for tables in plan.rounds]
    met = set().union(*pairs)
    known = {pair for pair in met if plan.problem.knows(*pair)}
    new = dict.fromkeys(plan.problem.people, 0)
    for person in chain.from_iterable(met - known):
        new[person] += 1
    repeats = _repeats(pairs, known)
    return {
        "people": len(new),
        "met": round(2 * len(met) / len(new), 1),
        "new": round(fmean(new.values()), 1),
        "fewest_new": min(new.values()),
        # 10 in the middle, or 10.5 between two.
        "median_new": int(middle) if (middle := median(new.values())) % 1 == 0 else middle,
        "most_new": max(new.values()),
        "meets_fewest": _meets_fewest(new),
        "cost": plan.cost,
        "bound": None if is_hurried else plan.bound.value,
        "is_optimal": _is_perfect(plan) if is_hurried else plan.is_optimal,
        "uncovered": _uncovered(plan),
        "repeats": repeats,
        "again": sum(repeats),
        "terms": _terms(plan, len(known)),
    }


def _is_perfect(plan: engine.Plan) -> bool:
    """Nobody meets twice and every wish is kept: without a reward nothing costs less than nothing."""
    return plan.cost == 0 and not plan.problem.wishes.meet_again


def _pairs_of(tables: Iterable[Iterable[Hashable]]) -> set[frozenset]:
    return {frozenset(pair) for table in tables for pair in combinations(table, 2)}


def _meets_fewest(new: Mapping[Any, int]) -> list[Any]:
    """Keys of some who meet the fewest new people, where others meet more."""
    fewest = min(new.values())
    if fewest == max(new.values()):
        return []
    return [person for person, count in new.items() if count == fewest][:NAMED]


def _repeats(pairs: Iterable[set[frozenset]], known: set[frozenset]) -> list[int]:
    met, repeats = set(known), []
    for together in pairs:
        repeats.append(len(together & met))
        met |= together
    return repeats


def _uncovered(plan: engine.Plan) -> int:
    """First-timers at a round-1 table where nobody is there to welcome them."""
    wishes = plan.problem.wishes
    newcomers, greeters = set(wishes.first_timers), set(wishes.greeters)
    welcoming = greeters or set(plan.problem.people) - newcomers
    return sum(
        len(newcomers.intersection(table)) for table in plan.rounds[0] if not welcoming.intersection(table)
    )


def _terms(plan: engine.Plan, known_count: int) -> dict[str, dict[str, float]]:
    """What the plan pays for, as a host may know it: how often, and how much in repeats."""
    prices = plan.problem.prices
    counts = {
        "repeats": plan.breakdown["repeats"] // prices.repeat,
        "history": known_count,
        "companions": plan.breakdown["companions"] // prices.companions,
        "first_timers": _uncovered(plan),
    }
    return {
        term: {"count": count, "weight": round(plan.breakdown[term] / prices.repeat, 1)}
        for term, count in counts.items()
    }

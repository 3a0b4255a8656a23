"""Verifying: what a plan costs, counted again from the problem as it was stated; no code of the engine's is used."""

from collections import Counter, defaultdict
from itertools import combinations
from typing import Any

HARD = 1_000_000


def verified(problem: Any, rounds: Any) -> dict[str, int]:
    """The cost, term by term, where it is not 0; ``ValueError`` where the seats are no plan."""
    wishes, prices, past, cost = problem.wishes, problem.prices, _past(problem), Counter[str]()
    flat = [("competitors", wishes.competitors, prices.competitors), ("kept_apart", wishes.keep_apart, HARD)]
    flat += [("not_with", wishes.not_with, HARD)]
    at = [{who: t for t, table in enumerate(tables, 1) for who in table} for tables in rounds]
    for number, (tables, chairs) in enumerate(zip(rounds, problem.tables, strict=True), 1):
        here = {who for who in problem.people if who not in problem.absences.get(number, ())}
        pins = [(who, table) for who, round, table in problem.pins if round == number]
        pins += [(who, table) for who, table in problem.hosts.items() if who in here]
        is_once = at[number - 1].keys() == here and sum(map(len, tables)) == len(here)
        is_roomy = all(len(t) <= c for t, c in zip(tables, [*chairs, *[0] * len(tables)], strict=False))
        if not is_once or not is_roomy or any(at[number - 1][who] != table for who, table in pins):
            raise ValueError(f"Round {number} does not seat everybody once, on chairs there are, pins kept.")
        cost["sizes"] += sum(prices.sizes.get(len(t), HARD) for t in tables if t and prices.sizes)
    welcoming = set(wishes.greeters).intersection(at[0]) or set(at[0]).difference(wishes.first_timers)
    alone = {who for t in rounds[0] if welcoming and not welcoming.intersection(t) for who in t}
    cost["first_timers"] = prices.uncovered * len(alone.intersection(wishes.first_timers))
    for a, b in combinations(problem.people, 2):
        both = [r for r, seats in enumerate(at, 1) if a in seats and b in seats]
        shared = [r for r in both if at[r - 1][a] == at[r - 1][b]]
        if any(a in group and b in group for group in wishes.keep_together):
            cost["kept_together"] += HARD * (len(both) - len(shared))
            continue
        cost["repeats"] += prices.repeat * len(shared) * (len(shared) - 1) // 2
        weight = past[frozenset((a, b))]
        cost["history"] += max(round(1000 * weight), weight > 0) * len(shared)
        for term, groups, price in flat:
            cost[term] += price * len(shared) * any(a in group and b in group for group in groups)
        late = prices.companions * sum(r >= wishes.companions_from_round for r in shared)
        cost["companions"] += late * any(a in group and b in group for group in wishes.companions)
        cost["meet_again"] -= wishes.rewards.get(frozenset((a, b)), 0) * bool(shared)
        for mode in (wishes.modes[r - 1] for r in shared if wishes.modes):
            trait = wishes.diverse_in if mode == "diverse" else wishes.similar_in
            if mode != "mixed" and None not in (trait.get(a), trait.get(b)):
                price = prices.alike if mode == "diverse" else prices.unlike
                cost["modes"] += price * ((trait[a] == trait[b]) == (mode == "diverse"))
    return {term: price for term, price in cost.items() if price}


def _past(problem: Any) -> dict[Any, float]:
    """How much each pair has met before: decay ** age for each table they shared."""
    past, told = defaultdict[Any, float](float), problem.history
    for pair, ages in told.items() if hasattr(told, "items") else ():
        known = [ages / 1000] if isinstance(ages, int) else [problem.prices.decay**age for age in ages]
        past[frozenset(pair)] += sum(known)
    for gathering in () if hasattr(told, "items") else told:
        for pair in (p for tables in gathering.rounds for t in tables for p in combinations(t, 2)):
            past[frozenset(pair)] += problem.prices.decay**gathering.age
    return past

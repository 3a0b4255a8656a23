"""Evenings to try the bounds on, every seating of them, and a second reckoning of what a seating costs."""

from collections import Counter
from itertools import combinations, permutations

from hypothesis import settings
from hypothesis import strategies as st

from peerhood.mixing.engine.bounds import Facts

fuzzed = settings(max_examples=40, deadline=None, database=None, derandomize=True)
SIZE_COST = {1: 700, 2: 300, 3: 0, 4: 0, 5: 500}


@st.composite
def evenings(draw, most_people=6, most_rounds=2, open_sizes=False):
    """Small evenings with a little of everything."""
    people, count = draw(st.integers(3, most_people)), draw(st.integers(1, most_rounds))
    present = [frozenset(range(people))] * count
    if draw(st.booleans()):
        present = [draw(st.sets(st.integers(0, people - 1), min_size=2).map(frozenset)) for _ in range(count)]
    sizes = [_tables(draw, len(here), open_sizes) for here in present]
    if draw(st.booleans()) and len(set(present)) == 1:
        sizes = sizes[:1] * count
    pair = st.sets(st.integers(0, people - 1), min_size=2, max_size=2).map(lambda p: tuple(sorted(p)))
    prices = draw(st.dictionaries(pair, st.integers(1, 1_500), max_size=12))
    together = draw(st.frozensets(pair, max_size=1))
    fixed = [{}] * count
    if draw(st.booleans()) and not open_sizes and len(set(present)) == 1:
        fixed = [dict(zip(sorted(present[0]), range(min(map(len, sizes))), strict=False))] * count
    return Facts(
        people,
        sizes,
        present,
        prices=prices | dict.fromkeys(together, -1_000_000),
        companions=draw(st.dictionaries(pair, st.just(3_000), max_size=2)),
        companions_from=draw(st.integers(0, 1)),
        rewards=draw(st.dictionaries(pair.filter(lambda p: p not in together), st.just(1_300), max_size=2)),
        together=together,
        fixed=fixed,
        modes=[draw(st.sampled_from(["mixed", "similar", "diverse"])) for _ in range(count)],
        similar_in=[draw(st.sampled_from("aab" if open_sizes else ("a", "b", None))) for _ in range(people)],
        diverse_in=[draw(st.sampled_from(("x", "y", None))) for _ in range(people)],
        first_timers=draw(st.frozensets(st.integers(0, people - 1), max_size=3)),
        welcomers=draw(st.frozensets(st.integers(0, people - 1), max_size=2)),
        size_cost=SIZE_COST if open_sizes else None,
    )


def _tables(draw, people, open_sizes):
    if open_sizes:
        largest = draw(st.integers(2, 5))
        return [largest] * (-(-people // largest) + draw(st.integers(0, 1)))
    sizes = []
    while people:
        sizes.append(draw(st.integers(1, min(4, people))))
        people -= sizes[-1]
    return sizes


def seatings(facts, number):
    """Every way to seat a round, as a set of tuples of tables."""
    here, sizes = sorted(facts.present[number]), facts.sizes[number]
    splits = [sizes]
    if facts.size_cost is not None:
        splits = [s for s in _splits(len(here), len(sizes), sizes[0]) if all(n in facts.size_cost for n in s)]
    found = set()
    for split in splits:
        starts = [sum(split[:i]) for i in range(len(split))]
        for order in permutations(here):
            tables = [tuple(sorted(order[s : s + n])) for s, n in zip(starts, split, strict=True)]
            if all(p in tables[table] for p, table in facts.held(number).items()):
                found.add(tuple(tables))
    return found


def _splits(people, tables, largest):
    if not people:
        return [[]]
    if not tables:
        return []
    return [
        [n, *rest] for n in range(1, min(people, largest) + 1) for rest in _splits(people - n, tables - 1, n)
    ]


def cost(facts, rounds):
    """What the seating costs, pair by pair and table by table."""
    total, met = 0, Counter()
    for number, tables in enumerate(rounds):
        for table in tables:
            total += facts.size_cost[len(table)] if facts.size_cost is not None else 0
            if number == 0 and facts.welcomers and not facts.welcomers & set(table):
                total += facts.uncovered * len(facts.first_timers & set(table))
            for pair in combinations(table, 2):
                met[pair] += 1
                total += facts.prices.get(pair, 0) + _mode(facts, number, *pair)
                total += facts.companions.get(pair, 0) * (number >= facts.companions_from)
    for pair, times in met.items():
        total += facts.repeat * times * (times - 1) // 2 * (pair not in facts.together)
        total -= facts.rewards.get(pair, 0)
    return total


def _mode(facts, number, p, q):
    if facts.modes[number] == "mixed" or (p, q) in facts.together:
        return 0
    traits = facts.similar_in if facts.modes[number] == "similar" else facts.diverse_in
    if traits[p] is None or traits[q] is None:
        return 0
    if facts.modes[number] == "similar":
        return facts.unlike * (traits[p] != traits[q])
    return facts.alike * (traits[p] == traits[q])

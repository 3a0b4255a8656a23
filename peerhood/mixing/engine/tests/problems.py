"""Problems to try the engine on, and a second reckoning of what a plan costs.

``tally`` follows the objective in words, person by person, and shares no code
with the engine.
"""

from collections import Counter
from itertools import combinations

from hypothesis import settings
from hypothesis import strategies as st

from peerhood.mixing.engine import Contradiction, Problem, Wishes, even_tables

fuzzed = settings(max_examples=30, deadline=None, database=None)


@st.composite
def problems(draw, most_people=12):
    """Small evenings with a little of everything; only those that can be seated."""
    people = [f"p{i}" for i in range(draw(st.integers(3, most_people)))]
    rounds = draw(st.integers(1, 4))
    size = draw(st.integers(2, 5))
    pair = st.lists(st.sampled_from(people), min_size=2, max_size=2, unique=True).map(tuple)
    pairs = st.lists(pair, max_size=3)
    some = st.lists(st.sampled_from(people), max_size=4, unique=True)
    table = st.integers(1, len(even_tables(len(people), size)))
    tables = [even_tables(len(people), size)] * rounds
    wishes = Wishes(
        companions=draw(pairs),
        companions_from_round=draw(st.integers(1, 3)),
        competitors=draw(pairs),
        first_timers=draw(some),
        greeters=draw(some),
        not_with=draw(pairs),
        keep_apart=draw(pairs),
        keep_together=draw(st.lists(pair, max_size=1)),
        meet_again=draw(pairs),
        modes=draw(st.sampled_from([(), ["mixed", "similar", "diverse", "similar"][:rounds]])),
        similar_in=draw(st.dictionaries(st.sampled_from(people), st.sampled_from("ab"))),
        diverse_in=draw(st.dictionaries(st.sampled_from(people), st.sampled_from("ab"))),
    )
    try:
        return Problem(
            people,
            tables,
            history=draw(
                st.dictionaries(pair, st.lists(st.integers(1, 4), min_size=1, max_size=3), max_size=8)
            ),
            wishes=wishes,
            pins=draw(
                st.lists(st.tuples(st.sampled_from(people), st.integers(1, rounds), table), max_size=1)
            ),
            hosts=draw(st.dictionaries(st.sampled_from(people), table, max_size=1)),
            absences=draw(st.dictionaries(st.integers(1, rounds), some, max_size=2)),
        )
    except Contradiction:
        return Problem(people, tables, wishes=Wishes(companions=wishes.companions, not_with=wishes.not_with))


def tally(problem, rounds):
    """What the plan costs, term by term, read off the seats."""
    wishes = problem.wishes
    cost = Counter()
    for a, b in combinations(problem.people, 2):
        shared = [r for r, tables in enumerate(rounds, 1) if any(a in t and b in t for t in tables)]
        both = [r for r, tables in enumerate(rounds, 1) if {a, b} <= {x for t in tables for x in t}]
        if _lists(wishes.keep_together, a, b):
            cost["kept_together"] += 1_000_000 * (len(both) - len(shared))
            continue
        # The second shared table costs 1000, the third 2000 more, and so on.
        cost["repeats"] += sum(1000 * again for again in range(len(shared)))
        ages = [*problem.history.get((a, b), []), *problem.history.get((b, a), [])]
        cost["history"] += len(shared) * round(sum(1000 * 0.6**age for age in ages))
        if _lists(wishes.companions, a, b):
            cost["companions"] += 3_000 * sum(r >= wishes.companions_from_round for r in shared)
        cost["competitors"] += 50_000 * len(shared) * _lists(wishes.competitors, a, b)
        cost["kept_apart"] += 1_000_000 * len(shared) * _lists(wishes.keep_apart, a, b)
        cost["not_with"] += 1_000_000 * len(shared) * _lists(wishes.not_with, a, b)
        if shared and _lists(wishes.meet_again, a, b):
            cost["meet_again"] -= wishes.meet_again_reward
        for r in shared:
            cost["modes"] += 200 * _grates(wishes, r, a, b)
    cost["first_timers"] = 20_000 * _unwelcomed(wishes, rounds[0])
    return {term: price for term, price in cost.items() if price}


def _lists(groups, a, b):
    return any(a in group and b in group for group in groups)


def _grates(wishes, r, a, b):
    mode = wishes.modes[r - 1] if wishes.modes else "mixed"
    if mode == "similar" and a in wishes.similar_in and b in wishes.similar_in:
        return wishes.similar_in[a] != wishes.similar_in[b]
    if mode == "diverse" and a in wishes.diverse_in and b in wishes.diverse_in:
        return wishes.diverse_in[a] == wishes.diverse_in[b]
    return False


def _unwelcomed(wishes, tables):
    """First-timers without a greeter; without greeters in the room, without a regular."""
    here = [x for table in tables for x in table]
    welcoming = [x for x in here if x in wishes.greeters] or [x for x in here if x not in wishes.first_timers]
    if not welcoming:
        return 0
    alone = [table for table in tables if not any(x in welcoming for x in table)]
    return sum(x in wishes.first_timers for table in alone for x in table)

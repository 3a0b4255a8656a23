"""A handful of evenings of every kind, solved: what must be the same everywhere."""

import hashlib
from itertools import combinations

from peerhood.mixing.engine import Prices, Problem, Wishes, even_tables, remix, solve
from peerhood.mixing.engine.coffee import coffee_round

PEOPLE = [f"p{i}" for i in range(17)]
MET = {pair: [1 + i % 3] for i, pair in enumerate(combinations(PEOPLE, 2)) if i % 4 == 0}
KINDS = {person: "abc"[i % 3] for i, person in enumerate(PEOPLE)}
WISHES = Wishes(
    companions=[PEOPLE[:2]],
    first_timers=PEOPLE[4:9],
    greeters=PEOPLE[9:11],
    not_with=[("p0", "p5")],
    keep_together=[("p12", "p13")],
    meet_again=[("p2", "p3")],
    modes=["mixed", "similar", "diverse"],
    similar_in=KINDS,
    diverse_in=KINDS,
)
TABLES = [even_tables(17, 4)] * 3
EVERYTHING = Problem(PEOPLE, TABLES, MET, WISHES, pins=[("p7", 2, 1)], hosts={"p1": 2}, absences={3: ["p8"]})
FREE = Problem(PEOPLE, [[5] * 5] * 3, MET, prices=Prices(sizes={2: 500, 3: 0, 4: 0, 5: 500}))


def evenings():
    """Each evening's name, and who sits where."""
    everything = solve(EVERYTHING, seed=5, moves=6_000)
    plans = {
        "coffee": coffee_round(PEOPLE, history=MET, seed=1, moves=2_000),
        "pure": solve(Problem(range(20), [[5] * 4] * 5), seed=2, moves=6_000),
        "design": solve(Problem(range(28), [[4] * 7] * 9), seed=3, moves=2_000),
        "history": solve(Problem(PEOPLE, TABLES, MET), seed=4, moves=6_000),
        "everything": everything,
        "free sizes": solve(FREE, seed=6, moves=6_000),
        "remix": remix(
            everything, after_round=1, absent=["p3"], arrived=["late"], shown=[2], seed=7, moves=3_000
        ),
    }
    return {name: plan.rounds for name, plan in plans.items()}


def fingerprints():
    """Each evening's seats in a few letters."""
    return {
        name: hashlib.sha256(repr(rounds).encode()).hexdigest()[:12] for name, rounds in evenings().items()
    }


if __name__ == "__main__":
    print(fingerprints())

"""Again: the rounds to come are mixed anew because people left and came. ``bench.mixing.again NAME SEED SECONDS``.

The plan was made for those who said they would come. After ``after_round`` the
``no_shows`` are gone and the ``late`` are there. Beside it, the same rounds are
solved from nothing for so many seconds, with all earlier seats pinned.
"""

import json
import sys
import time
from dataclasses import replace

from bench.mixing.instances import named
from peerhood.mixing.engine import Pin, remix, solve
from peerhood.mixing.shell.instances import problem_of

DEADLINE = 0.05
TIMES = 5


def main() -> None:
    instance, seed, seconds = named(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    change = instance["remix"]
    first, gone, late = change["after_round"], change["no_shows"], change["late"]
    problem = problem_of(instance)
    told = solve(replace(problem, absences=dict.fromkeys(problem.rounds, late)), seed=seed, deadline=seconds)
    lasted = []
    for number in range(TIMES):
        began_at = time.perf_counter()
        plan = remix(
            told, after_round=first, absent=gone, arrived=late, seed=seed + number, deadline=DEADLINE
        )
        lasted.append(1000 * (time.perf_counter() - began_at))
    fresh = solve(replace(plan.problem, pins=_frozen(told, first)), seed=seed, deadline=seconds)
    away = {number: late if number <= first else gone for number in problem.rounds}
    plans = [{"rounds": each.rounds, "cost": each.cost} for each in (plan, fresh)]
    print(json.dumps({"ms": lasted, "plans": plans, "away": away}))


def _frozen(plan, first: int) -> list[Pin]:
    return [
        Pin(person, number, at)
        for number, tables in enumerate(plan.rounds[:first], 1)
        for at, table in enumerate(tables, 1)
        for person in table
    ]


if __name__ == "__main__":
    main()

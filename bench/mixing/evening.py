"""An evening of any size, pure: tables of five, six rounds. ``python -m bench.mixing.evening PEOPLE SEED``."""

import json
import sys
import time

from peerhood.mixing.engine import Problem, solve

SIZE, ROUNDS = 5, 6
LONGEST_SECONDS = 30


def main() -> None:
    people_count, seed = map(int, sys.argv[1:])
    began_at = time.perf_counter()
    problem = Problem(range(people_count), [[SIZE] * (people_count // SIZE)] * ROUNDS)
    set_up = time.perf_counter() - began_at
    plan = solve(problem, seed=seed, deadline=LONGEST_SECONDS)
    seconds = time.perf_counter() - began_at
    print(json.dumps({"seconds": seconds, "set_up": set_up, "cost": plan.cost, "bound": plan.bound.value}))


if __name__ == "__main__":
    main()

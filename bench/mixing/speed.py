"""Speed: swaps considered in a second, on one core. ``python -m bench.mixing.speed [plain]``."""

import json
import sys
import time
from collections import Counter
from itertools import combinations
from random import Random

if "plain" in sys.argv:
    from bench.mixing import plain  # noqa: F401  (the kernel's source, before the engine is imported)

from bench.mixing.instances import named
from peerhood.mixing.engine.construct import dealt
from peerhood.mixing.engine.kernel import is_compiled
from peerhood.mixing.engine.seating import Seating
from peerhood.mixing.shell.instances import problem_of

NAMES = ("8-4-10", "10-4-13", "8-4-12")
MOVES = 4_000_000 if is_compiled else 100_000
PORTIONS = 20
TEMPERATURE = 300
# Of the moves of somebody whose seat costs nothing, the kernel passes over nine in ten unreckoned.
PASSED_OVER = 0.9


def speed_of(name: str) -> dict[str, int]:
    """Moves and reckoned swaps in a second, for one pure instance, where much is tried and little moves."""
    problem = problem_of(named(name))
    draw = Random(1).random
    seating = Seating(problem.numbers, dealt(problem, draw), problem.capacities, constant=0, draw=draw)
    seating.anneal(TEMPERATURE, MOVES // 10, -1)
    lasted, reckoned = 0.0, 0.0
    for _ in range(PORTIONS):
        began_at = time.perf_counter()
        seating.anneal(TEMPERATURE, MOVES // PORTIONS, -1)
        lasted += time.perf_counter() - began_at
        reckoned += MOVES // PORTIONS * share_reckoned(seating.seats())
    return {"moves": round(MOVES / lasted), "swaps": round(reckoned / lasted)}


def share_reckoned(rounds: list[list[list[int]]]) -> float:
    """Which part of all moves is worth a look, and is between two tables.

    >>> share_reckoned([[[0, 1], [2, 3]], [[0, 2], [1, 3]]])
    0.05
    """
    met = Counter(pair for tables in rounds for table in tables for pair in combinations(sorted(table), 2))
    again = {pair for pair, times in met.items() if times > 1}
    shares = []
    for tables in rounds:
        people_count = sum(map(len, tables))
        for table in tables:
            uneasy = sum(any((min(p, q), max(p, q)) in again for q in table) for p in table)
            looked_at = uneasy + (len(table) - uneasy) * (1 - PASSED_OVER)
            shares.append(looked_at / people_count * (1 - len(table) / people_count))
    return round(sum(shares) / len(rounds), 6)


def main() -> None:
    figures: dict[str, object] = {name: speed_of(name) for name in NAMES}
    print(json.dumps({"is_compiled": is_compiled, "instances": figures}))


if __name__ == "__main__":
    main()

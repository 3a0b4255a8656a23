"""Known and unknown addresses: how long sign-in and an invitation take with each, on both databases.

Whoever measures must not learn who belongs here: the medians differ by less than 5 ms.
"""

import json
import os

from bench import databases

TIMES = 500
WORDS = {"sign_in": "signing in", "invite": "making an invitation"}


def measure(times: int = TIMES) -> dict[str, float]:
    """Ask so often with each sort of address, print the table, and return the figures by name."""
    rows = {}
    for kind in databases.reachable():
        with databases.fresh(kind) as environment:
            rows[kind] = json.loads(databases.run(["-m", "bench.make_alike", str(times)], environment))
    print(f"\nMedian milliseconds of {times} tries each; load average {os.getloadavg()[0]:.1f}\n")
    print(f"{'':<36}{'known':>10}{'unknown':>10}{'apart':>10}")
    for kind, doors in rows.items():
        for door, said in doors.items():
            print(
                f"{f'{WORDS[door]}, {kind}':<36}{said['known']:>10.1f}{said['unknown']:>10.1f}{_apart(said):>10.2f}"
            )
    return figures_of(rows)


def figures_of(rows: dict[str, dict[str, dict[str, float]]]) -> dict[str, float]:
    return {
        f"{door}_medians_apart_ms_{kind}": _apart(said)
        for kind, doors in rows.items()
        for door, said in doors.items()
    }


def _apart(said: dict[str, float]) -> float:
    return round(abs(said["known"] - said["unknown"]), 2)

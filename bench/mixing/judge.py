"""The judge: what a plan costs, whoever made it. Shares no code with our engine."""

from collections import Counter
from itertools import combinations

from bench.mixing import prices
from bench.mixing.instances import Instance, spelt_out


def price(instance: Instance, rounds: list[list[list[int]]]) -> int:
    """The cost of a plan in milli-repeats; ``ValueError`` says how it breaks the instance."""
    instance = spelt_out(instance)
    if len(rounds) != len(instance["tables"]):
        raise ValueError(f"{len(rounds)} rounds instead of {len(instance['tables'])}")
    for number in range(len(rounds)):
        _check(instance, number, rounds[number])
    met: Counter[tuple[int, int]] = Counter()
    meeting = prices.of_meetings(instance)
    cost = 0
    for number, tables in enumerate(rounds):
        for table in tables:
            for pair in combinations(sorted(table), 2):
                # Each meeting costs a repeat more than the one before.
                cost += instance["weights"]["repeat"] * met[pair] + meeting.get(pair, 0)
                cost += prices.in_round(instance, number, *pair)
                met[pair] += 1
            if table and instance["flex_sizes"]:
                cost += instance["weights"]["size_cost"][str(len(table))]
    return cost + _uncovered(instance, rounds[0])


def _uncovered(instance: Instance, tables: list[list[int]]) -> int:
    """First-timers who find no greeter in round 1."""
    newcomers, greeters = set(instance["first_timers"]), set(instance["greeters"])
    alone = [len(newcomers & set(table)) for table in tables if not greeters & set(table)]
    return instance["weights"]["uncovered_first_timer"] * sum(alone)


def _check(instance: Instance, number: int, tables: list[list[int]]) -> None:
    away = set(instance.get("away", {}).get(number + 1, ()))
    if sorted(who for table in tables for who in table) != [p for p in range(instance["N"]) if p not in away]:
        raise ValueError(f"round {number + 1}: not everybody sits exactly once")
    seats = instance["tables"][number]
    if len(tables) != len(seats) or any(len(at) > size for at, size in zip(tables, seats, strict=True)):
        raise ValueError(f"round {number + 1}: more people at a table than it has chairs")
    for table, host in instance["hosts"].items():
        if host not in away and host not in tables[int(table)]:
            raise ValueError(f"round {number + 1}: host {host} is not at table {table}")

"""The benchmark's instances as problems: ``{"kind": "sgp" | "real", ...}``, people numbered from 0."""

from collections.abc import Mapping
from typing import Any

from peerhood.mixing.engine import PastGathering, Prices, Problem, Wishes


def problem_of(instance: Mapping[str, Any]) -> Problem:
    """The engine's problem for one instance. ``KeyError`` names a field that is missing."""
    if instance["kind"] == "sgp":
        tables, size, rounds = instance["g"], instance["k"], instance["w"]
        return Problem(range(tables * size), [[size] * tables] * rounds)
    weights = instance["weights"]
    consented = {frozenset(pair) for pair in instance["consented"]}
    people = range(instance["N"])
    return Problem(
        people,
        instance["tables"],
        history=[PastGathering(past["age"], past["rounds"]) for past in instance["history"]],
        wishes=Wishes(
            companions=instance["friends"],
            companions_from_round=1,
            competitors=[pair for pair in instance["competitors"] if frozenset(pair) not in consented],
            first_timers=instance["first_timers"],
            greeters=instance["greeters"],
            modes=instance["modes"],
            similar_in=dict(zip(people, instance["pmo_type"], strict=True)),
            diverse_in=dict(zip(people, instance["sector"], strict=True)),
        ),
        hosts={host: int(table) + 1 for table, host in instance["hosts"].items()},
        prices=Prices(
            repeat=weights["repeat"],
            decay=weights["decay"],
            companions=weights["friends"],
            competitors=weights["competitors"],
            uncovered=weights["uncovered_first_timer"],
            unlike=weights["similar"],
            alike=weights["diverse"],
            sizes={int(size): price for size, price in weights["size_cost"].items()}
            if instance["flex_sizes"]
            else {},
        ),
    )

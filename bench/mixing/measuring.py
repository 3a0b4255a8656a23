"""Measure: every instance at 1, 5 and 30 seconds, the peers beside it, then speed, growth and re-mixing.

All is measured in programs of their own, one after the other, and every plan is
priced by the judge, whoever made it.
"""

import sys
from collections.abc import Collection, Sequence
from dataclasses import asdict
from statistics import median
from typing import Any

from bench.mixing import children, judge, machine, peers
from bench.mixing.instances import FILE, Instance, instances

BUDGETS = (1, 5, 30)
# What a plan made anew may take.
AGAIN_SECONDS = 5
SIZES = (20, 50, 100, 200, 500, 1000, 2000)
Figures = dict[str, Any]


def measure(*, is_quick: bool = False, only: Collection[str] = (), seed: int = 1) -> Figures:
    """All figures; ``is_quick`` is one second for each, ``only`` these instances and the smaller sizes."""
    chosen = instances(only)
    figures: Figures = {"machine": machine.described(), "seed": seed, "published": peers.PUBLISHED}
    if figures["machine"]["load_before"] > machine.BUSY:
        _say(f"The machine is busy (load {figures['machine']['load_before']}): these figures will be wrong.")
    # The long part comes last: what is wrong in a short one shows at once.
    figures["again"] = [mixed_again(instance, seed) for instance in chosen if "remix" in instance]
    _say("speed")
    figures["speed"] = {
        kind: children.run("bench.mixing.speed", kind).answer for kind in ("compiled", "plain")
    }
    figures["growth"] = [_grow(people, seed) for people in (SIZES[:4] if only else SIZES)]
    figures["instances"] = [
        _compare(instance, seconds, seed)
        for instance in chosen
        for seconds in (BUDGETS[:1] if is_quick else BUDGETS)
    ]
    return figures


def _compare(instance: Instance, seconds: int, seed: int) -> Figures:
    _say(f"{instance['name']} at {seconds} s")
    typed = ["mix", "--instance", str(FILE), instance["name"], "--seconds", str(seconds), "--seed", str(seed)]
    ours = children.run("peerhood", *typed, "--json")
    record = ours.answer
    cost = _judged(instance, record)
    return {
        "name": instance["name"],
        "is_pure": instance["kind"] == "sgp",
        "has_zero": instance.get("known_zero", False),
        "budget": seconds,
        "cost": cost,
        "bound": record["bound"],
        "is_optimal": record["is_optimal"],
        "engine": record["engine"],
        "moves": record["moves"],
        "search_seconds": record["seconds"],
        "seconds": round(ours.seconds, 2),
        "memory_mb": round(ours.memory_mb, 1),
        "cp_sat": asdict(peers.cp_sat_on(instance, seconds, seed)),
    }


def _judged(instance: Instance, record: Figures) -> int:
    """What the judge says a plan costs; ``RuntimeError`` where the engine says otherwise."""
    if (cost := judge.price(instance, record["rounds"])) != record["cost"]:
        raise RuntimeError(f"{instance['name']}: the engine says {record['cost']}, the judge {cost}")
    return cost


def _grow(people: int, seed: int) -> Figures:
    _say(f"{people} people")
    children_of_three = [children.run("bench.mixing.evening", str(people), str(seed + i)) for i in range(3)]
    seconds = [child.answer["seconds"] for child in children_of_three]
    child = children_of_three[-1]
    return {
        "people": people,
        "seconds": round(median(seconds), 4),
        "slowest": round(max(seconds), 4),
        "cost": max(child.answer["cost"] for child in children_of_three),
        "bound": child.answer["bound"],
        "memory_mb": round(max(child.memory_mb for child in children_of_three), 1),
    }


def mixed_again(instance: Instance, seed: int, seconds: float = AGAIN_SECONDS) -> Figures:
    """How long a re-mix takes, and what it costs beside a plan made anew in so many seconds."""
    _say(f"{instance['name']} mixed again")
    child = children.run("bench.mixing.again", instance["name"], str(seed), str(seconds))
    answer = child.answer
    now = instance | {"away": {int(number): away for number, away in answer["away"].items()}}
    cost, fresh_cost = (_judged(now, plan) for plan in answer["plans"])
    return {
        "name": instance["name"],
        "people": instance["N"],
        "median_ms": round(median(answer["ms"]), 1),
        "slowest_ms": round(max(answer["ms"]), 1),
        "cost": cost,
        "fresh_cost": fresh_cost,
    }


def _say(what: str) -> None:
    print(f"· {what}", file=sys.stderr, flush=True)


def totals(figures: Sequence[Figures], budget: int) -> Figures:
    """The pure instances together at one budget; CP-SAT's only where it seated all of them."""
    pure = [row for row in figures if row["is_pure"] and row["budget"] == budget]
    peer = [row["cp_sat"]["cost"] for row in pure]
    return {
        "budget": budget,
        "count": len(pure),
        "cost": sum(row["cost"] for row in pure),
        "bound": sum(row["bound"] for row in pure),
        "zero_count": sum(row["cost"] == 0 for row in pure),
        "cp_sat_cost": None if None in peer else sum(peer),
        "cp_sat_count": sum(cost is not None for cost in peer),
        "cp_sat_zero_count": sum(cost == 0 for cost in peer),
        "optimal_count": sum(row["is_optimal"] for row in figures if row["budget"] == budget),
        "instance_count": sum(row["budget"] == budget for row in figures),
    }

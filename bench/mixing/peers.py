"""Peers: who else can be asked for tables, and what is known of those that cannot be run here."""

import importlib.util
from dataclasses import dataclass

from bench.mixing import children, cp_sat, judge
from bench.mixing.instances import Instance

# The 14 pure instances together, after 30 seconds. It is no package on npm or PyPI, so it is not in this run.
PUBLISHED = {
    "name": "good-enough-golfers",
    "about": "JavaScript, MIT; run by us in November 2026 on another machine of 2 cores, not in this run",
    "seconds": 30,
    "pure_cost": 444_000,
    "zero_count": 2,
}


@dataclass(frozen=True)
class Answer:
    """What a peer made of an instance; no cost where it found no seats, and ``why`` not."""

    cost: int | None
    memory_mb: float | None
    why: str = ""


def has_cp_sat() -> bool:
    """Is OR-Tools installed?"""
    return importlib.util.find_spec("ortools") is not None


def cp_sat_on(instance: Instance, seconds: float, seed: int) -> Answer:
    """CP-SAT gets all the seconds for its search; building its model is not counted."""
    if not has_cp_sat():
        return Answer(None, None, "not installed")
    if cp_sat.meeting_count(instance) > cp_sat.MOST_MEETINGS:
        return Answer(None, None, "too large")
    child = children.run("bench.mixing.cp_sat", instance["name"], str(seconds), str(seed))
    rounds = child.answer["rounds"]
    if rounds is None:
        return Answer(None, child.memory_mb, "none found")
    return Answer(judge.price(instance, rounds), child.memory_mb)

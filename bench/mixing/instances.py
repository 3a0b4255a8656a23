"""Instances: the evenings that every engine is given."""

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "instances.json"

Instance = dict[str, Any]


def instances(only: Collection[str] = ()) -> list[Instance]:
    """All of them, or those of these names; ``ValueError`` where there is no such name."""
    every = json.loads(FILE.read_text())["instances"]
    if strangers := set(only) - {instance["name"] for instance in every}:
        raise ValueError(f"No instance is called {', '.join(sorted(strangers))}.")
    return [instance for instance in every if not only or instance["name"] in only]


def named(name: str) -> Instance:
    """The one of this name."""
    return instances([name])[0]


def spelt_out(instance: Instance) -> Instance:
    """A pure instance in the form of an evening without any wishes; an evening as it is.

    >>> spelt_out({"name": "2-2-3", "kind": "sgp", "g": 2, "k": 2, "w": 3})["tables"]
    [[2, 2], [2, 2], [2, 2]]
    """
    if instance["kind"] != "sgp":
        return instance
    people = instance["g"] * instance["k"]
    nothing = {
        name: [] for name in ("first_timers", "greeters", "friends", "competitors", "consented", "history")
    }
    weights = dict.fromkeys(("friends", "competitors", "uncovered_first_timer", "similar", "diverse"), 0)
    return nothing | {
        "name": instance["name"],
        "N": people,
        "tables": [[instance["k"]] * instance["g"]] * instance["w"],
        "hosts": {},
        "modes": ["mixed"] * instance["w"],
        "sector": [0] * people,
        "pmo_type": [0] * people,
        "flex_sizes": False,
        "weights": weights | {"repeat": 1000, "decay": 0.6, "size_cost": {}},
    }

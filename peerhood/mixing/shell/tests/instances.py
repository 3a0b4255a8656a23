"""An instance of the benchmark's form with every wish in it, and a stranger's reckoning of what seats cost."""

from itertools import combinations

EVENING = {
    "name": "evening-10",
    "kind": "real",
    "N": 10,
    "tables": [[4, 3, 3]] * 3,
    "first_timers": [1, 2, 8],
    "greeters": [0, 9],
    "sector": [0, 0, 0, 1, 1, 2, 2, 2, 3, 3],
    "pmo_type": [0, 1, 0, 1, 0, 1, 0, 1, 0, 1],
    "friends": [[3, 4, 5]],
    "competitors": [[0, 7], [1, 6]],
    "consented": [[6, 1]],
    "history": [{"age": 1, "rounds": [[[0, 1, 2], [3, 4]]]}, {"age": 2, "rounds": [[[0, 1, 9]]]}],
    "hosts": {"1": 6},
    "modes": ["mixed", "similar", "diverse"],
    "flex_sizes": False,
    "weights": {
        "repeat": 1000, "history": 1000, "decay": 0.6, "friends": 3000, "competitors": 50000,
        "uncovered_first_timer": 20000, "similar": 200, "diverse": 200, "size_cost": {"3": 0, "4": 0, "5": 500},
    },
}  # fmt: skip
PURE = {"name": "3-3-4", "kind": "sgp", "g": 3, "k": 3, "w": 4}


def price(instance, rounds):
    """What the seats cost; asserts that they are seats."""
    for tables, capacities in zip(rounds, instance["tables"], strict=True):
        assert sorted(person for table in tables for person in table) == list(range(instance["N"]))
        assert all(len(table) <= seats for table, seats in zip(tables, capacities, strict=True))
        assert all(host in tables[int(table)] for table, host in instance["hosts"].items())
    shared = [
        (r, a, b) for r, tables in enumerate(rounds) for t in tables for a, b in combinations(sorted(t), 2)
    ]
    total = sum(_meeting(instance, *meeting) for meeting in shared)
    times = [
        sum((a, b) == pair for _, a, b in shared for pair in [(p, q)]) for p, q in combinations(range(10), 2)
    ]
    total += sum(1000 * sum(range(n)) for n in times)
    for table in rounds[0]:
        if not set(instance["greeters"]) & set(table):
            total += 20_000 * len(set(instance["first_timers"]) & set(table))
    return total


def _meeting(instance, r, a, b):
    def has(groups):
        return any({a, b} <= set(group) for group in groups)

    past = sum(
        0.6 ** gathering["age"] * has([table])
        for gathering in instance["history"]
        for tables in gathering["rounds"]
        for table in tables
    )
    mode = instance["modes"][r]
    is_unlike = mode == "similar" and instance["pmo_type"][a] != instance["pmo_type"][b]
    is_alike = mode == "diverse" and instance["sector"][a] == instance["sector"][b]
    rivals = has(instance["competitors"]) and not has(instance["consented"])
    return (
        round(1000 * past) + 3000 * has(instance["friends"]) + 50_000 * rivals + 200 * (is_unlike or is_alike)
    )

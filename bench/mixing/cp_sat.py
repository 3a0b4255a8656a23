"""A peer: OR-Tools' CP-SAT on the same objective. ``python -m bench.mixing.cp_sat NAME SECONDS SEED``.

A seat is a yes or no for each person, round and table; a meeting is forced where two
share a table. Repeats grow as 0, 1, 3, 6, … with the meetings of a pair, which is
convex, so that it is enough to stay above the lines through neighbouring values.
"""

import json
import sys
from itertools import combinations

from bench.mixing import prices
from bench.mixing.instances import Instance, named, spelt_out

WORKERS = 2
# Larger models take longer to build than to search.
MOST_MEETINGS = 3_000_000


def meeting_count(instance: Instance) -> int:
    """How many (pair, round, table) the model would spell out."""
    instance = spelt_out(instance)
    return instance["N"] * (instance["N"] - 1) // 2 * sum(map(len, instance["tables"]))


class Seats:
    """The model of one instance, and what it found."""

    def __init__(self, instance: Instance) -> None:
        from ortools.sat.python import cp_model

        self.instance = spelt_out(instance)
        self.is_pure = instance["kind"] == "sgp"
        self.cp_model = cp_model
        self.model = cp_model.CpModel()
        self.at = [
            [[self.model.new_bool_var("") for _ in tables] for tables in self.instance["tables"]]
            for _ in range(self.instance["N"])
        ]
        self._sit()
        self.model.minimize(sum([*self._meetings(), *self._welcome(), *self._sizes()]))

    def _sit(self) -> None:
        add = self.model.add
        for seats in self.at:
            for tables in seats:
                self.model.add_exactly_one(tables)
        for r, tables in enumerate(self.instance["tables"]):
            for t, size in enumerate(tables):
                add(sum(person[r][t] for person in self.at) <= size)
            for table, host in self.instance["hosts"].items():
                add(self.at[host][r][int(table)] == 1)
        if self.is_pure:
            # All first rounds are alike.
            for p, person in enumerate(self.at):
                add(person[0][p // self.instance["tables"][0][0]] == 1)

    def _meetings(self):
        model, rounds = self.model, range(len(self.instance["tables"]))
        meeting = prices.of_meetings(self.instance)
        for a, b in combinations(range(self.instance["N"]), 2):
            met = []
            for r in rounds:
                both = model.new_bool_var("")
                met.append(both)
                for mine, theirs in zip(self.at[a][r], self.at[b][r], strict=True):
                    model.add_bool_or(both, ~mine, ~theirs)
                if price := meeting.get((a, b), 0) + prices.in_round(self.instance, r, a, b):
                    yield price * both
            repeats = model.new_int_var(0, len(rounds) * (len(rounds) - 1) // 2, "")
            for times in range(1, len(rounds)):
                model.add(repeats >= times * sum(met) - times * (times + 1) // 2)
            yield self.instance["weights"]["repeat"] * repeats

    def _welcome(self):
        for newcomer in self.instance["first_timers"]:
            alone = self.model.new_bool_var("")
            for t, here in enumerate(self.at[newcomer][0]):
                greeters = [self.at[greeter][0][t] for greeter in self.instance["greeters"]]
                self.model.add_bool_or(alone, ~here, *greeters)
            yield self.instance["weights"]["uncovered_first_timer"] * alone

    def _sizes(self):
        if not self.instance["flex_sizes"]:
            return
        costs = self.instance["weights"]["size_cost"]
        for r, tables in enumerate(self.instance["tables"]):
            for t, size in enumerate(tables):
                paid = [0] + [costs[str(count)] for count in range(1, size + 1)]
                cost = self.model.new_int_var(0, max(paid), "")
                self.model.add_element(sum(person[r][t] for person in self.at), paid, cost)
                yield cost

    def seat(self, rounds: list[list[list[int]]]) -> None:
        """Leave no choice: these are the seats."""
        for r, tables in enumerate(rounds):
            for t, table in enumerate(tables):
                for person in table:
                    self.model.add(self.at[person][r][t] == 1)

    def solve(self, seconds: float, seed: int = 1):
        """The rounds, or None where no seats were found in time; and the objective."""
        solver = self.cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.num_workers = WORKERS
        solver.parameters.random_seed = seed
        if solver.solve(self.model) not in (self.cp_model.OPTIMAL, self.cp_model.FEASIBLE):
            return None, None
        rounds = [
            [
                [p for p, person in enumerate(self.at) if solver.boolean_value(person[r][t])]
                for t in range(len(tables))
            ]
            for r, tables in enumerate(self.instance["tables"])
        ]
        return rounds, round(solver.objective_value)


def price(instance: Instance, rounds: list[list[list[int]]]) -> int:
    """What the model says these seats cost; they tell whether it is the same objective."""
    seats = Seats(instance)
    seats.seat(rounds)
    _, cost = seats.solve(60)
    return cost


def main() -> None:
    name, seconds, seed = sys.argv[1:]
    rounds, _ = Seats(named(name)).solve(float(seconds), int(seed))
    print(json.dumps({"rounds": rounds}))


if __name__ == "__main__":
    main()

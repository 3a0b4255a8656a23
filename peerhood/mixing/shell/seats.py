"""Seats: everybody's table in each round."""

from peerhood.mixing.engine import Plan
from peerhood.mixing.engine.wishes import Person


def seats_of(plan: Plan) -> dict[Person, list[int]]:
    """Tables, numbered from 1, for each person in the order of the list."""
    seats: dict[Person, list[int]] = {person: [] for person in plan.problem.people}
    for tables in plan.rounds:
        for number, table in enumerate(tables, 1):
            for person in table:
                seats[person].append(number)
    return seats

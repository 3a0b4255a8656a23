"""Seats as they are stored: read into the engine's terms, and written back.

Whoever writes holds the plan's lock (``lock``) and has looked at its version: the plan
may have been changed while the engine was thinking.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from peerhood.mixing import engine
from peerhood.mixing.engine import Pin
from peerhood.mixing.framing import problem_of
from peerhood.mixing.models import Plan, Round, Seat

# The tables of one round, in order, each with the keys of the people at it; a closed one is empty.
Tables = list[list[int]]


@dataclass(frozen=True)
class Standing:
    """A plan's rounds as they stand: first those that were shown, then those to come."""

    rounds: list[Tables]
    shown_count: int
    # The last that was shown is on the screens: it has not taken place yet.
    is_on_screen: bool
    pins: list[Pin]
    # For each of them, how many a step of a format wanted together; None for a round of the plan.
    group_sizes: list[int | None]

    @property
    def grouped_count(self) -> int:
        """How many of them belong to a format and not to the plan; all of those were shown."""
        return sum(size is not None for size in self.group_sizes)

    @property
    def people(self) -> set[int]:
        """Everybody who has a seat in any of them."""
        return {person for tables in self.rounds for table in tables for person in table}

    def present(self) -> list[set[int]]:
        """Who sits in each round."""
        return [{person for table in tables for person in table} for tables in self.rounds]


def standing_of(plan: Plan) -> Standing:
    """Read what is stored; two queries."""
    rounds = list(plan.rounds.values_list("pk", "number", "state", "group_size")) if plan.pk else []
    shown = [state for _pk, _number, state, _size in rounds if state != Round.State.PLANNED]
    seats: dict[int, list[tuple[int, int]]] = {pk: [] for pk, *_rest in rounds}
    numbers = {pk: number for pk, number, *_rest in rounds}
    pins = []
    stored = Seat.objects.filter(round__in=list(numbers)).order_by("table", "pk")
    for round_id, table, person, is_pinned in stored.values_list("round", "table", "person", "is_pinned"):
        seats[round_id].append((table, person))
        if is_pinned:
            pins.append(Pin(person, numbers[round_id], table))
    return Standing(
        [tables_of(seated) for seated in seats.values()],
        len(shown),
        bool(shown) and shown[-1] == Round.State.PUBLISHED,
        pins,
        [size for *_rest, size in rounds],
    )


def tables_of(seats: Iterable[tuple[int, int]]) -> Tables:
    """Tables from pairs of a table's number and somebody at it."""
    tables: dict[int, list[int]] = defaultdict(list)
    for number, person in seats:
        tables[number].append(person)
    return [tables[number] for number in range(1, max(tables, default=0) + 1)]


def as_plan(plan: Plan, standing: Standing, **more: Iterable) -> engine.Plan:
    """What is stored, as the engine knows it; ``more`` goes to ``problem_of``."""
    # A table that everybody has left keeps its number.
    sizes = [[max(1, len(table)) for table in tables] for tables in standing.rounds]
    problem = problem_of(plan, standing.present(), sizes, **more)  # type: ignore[arg-type]
    return engine.rebuild(problem, standing.rounds)


def lock(plan: Plan) -> Plan:
    return Plan.objects.select_for_update(of=("self",)).select_related("gathering__circle").get(pk=plan.pk)


def lay(plan: Plan, rounds: Sequence[Sequence[Sequence[int]]], *, after: int) -> None:
    """Write the seats of the rounds after this one; pins stay pinned, rounds there are no more go."""
    found = {round.number: round for round in plan.rounds.filter(number__gt=after)}
    if surplus := [round.pk for number, round in found.items() if number > len(rounds)]:
        Round.objects.filter(pk__in=surplus).delete()
    numbers = range(after + 1, len(rounds) + 1)
    missing = [Round(plan=plan, number=number) for number in numbers if number not in found]
    found |= {round.number: round for round in Round.objects.bulk_create(missing)}
    old = Seat.objects.filter(round__in=[found[number].pk for number in numbers])
    pinned = set(old.filter(is_pinned=True).values_list("round__number", "table", "person_id"))
    old.delete()
    insert(
        (found[number].pk, table, person, (number, table, person) in pinned)
        for number in numbers
        for table, seated in enumerate(rounds[number - 1], 1)
        for person in seated
    )


def insert(seats: Iterable[tuple[int, int, int, bool]]) -> None:
    """Insert seats without a model instance for each, which would take ten times as long: a room waits."""
    columns = ", ".join(map(connection.ops.quote_name, ("round_id", "table", "person_id", "is_pinned")))
    into = f"INSERT INTO {Seat._meta.db_table} ({columns}) VALUES (%s, %s, %s, %s)"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(into, list(seats))

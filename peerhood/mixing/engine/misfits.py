"""Misfits: what keeps seats that were stored, or moved by hand, from being a plan."""

from collections import Counter
from collections.abc import Iterator, Sequence

from peerhood.mixing.engine.contradictions import Clash
from peerhood.mixing.engine.problem import Problem
from peerhood.mixing.engine.wishes import Person


def find(problem: Problem, rounds: Sequence[Sequence[Sequence[Person]]]) -> Iterator[Clash]:
    """Every broken rule: each person once per round, chairs enough, pins kept."""
    if len(rounds) != len(problem.tables):
        yield Clash("wrong_rounds", count=len(rounds), limit=len(problem.tables))
        return
    for number, tables in enumerate(rounds, 1):
        yield from _in_the_seats(number, tables, problem.present(number))
        yield from _in_the_tables(number, tables, problem.tables[number - 1])
        for p, wanted in problem.fixed[number - 1].items():
            person = problem.people[p]
            if wanted >= len(tables) or person not in tables[wanted]:
                yield Clash("pin_broken", (person,), wanted + 1, (number,))


def _in_the_seats(
    number: int, tables: Sequence[Sequence[Person]], present: Sequence[Person]
) -> Iterator[Clash]:
    seated = Counter(person for table in tables for person in table)
    here = set(present)
    yield from (Clash("unseated", (who,), None, (number,)) for who in present if who not in seated)
    for person, times in seated.items():
        if person not in here:
            yield Clash("unexpected", (person,), None, (number,))
        elif times > 1:
            yield Clash("seated_twice", (person,), None, (number,))


def _in_the_tables(
    number: int, tables: Sequence[Sequence[Person]], capacities: Sequence[int]
) -> Iterator[Clash]:
    for t, table in enumerate(tables, 1):
        chairs = capacities[t - 1] if t <= len(capacities) else 0
        if len(table) > chairs:
            yield Clash("table_full", (), t, (number,), len(table), chairs)

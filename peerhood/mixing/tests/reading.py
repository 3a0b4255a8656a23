"""A stored round, read as a test wants to see it."""

from itertools import combinations

from peerhood.mixing import queries
from peerhood.mixing.models import Round


def tables(round: Round) -> list[set[str]]:
    return [{person.name for person in people} for _number, people in queries.tables_of(round)]


def pairs(round: Round) -> set[frozenset]:
    return {frozenset(pair) for table in tables(round) for pair in combinations(sorted(table), 2)}

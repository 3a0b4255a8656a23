"""A plan: rounds of tables of people, what it costs and why, and what it means for each person.

A plan never changes; ``swap`` and ``move`` give a new one with its cost reckoned anew.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from statistics import fmean, median

from peerhood.mixing.engine import misfits
from peerhood.mixing.engine.bound import Bound
from peerhood.mixing.engine.contradictions import Clash, Contradiction
from peerhood.mixing.engine.problem import Problem
from peerhood.mixing.engine.reason import Reason, reason
from peerhood.mixing.engine.wishes import Person

Rounds = tuple[tuple[tuple[Person, ...], ...], ...]


@dataclass(frozen=True)
class Encounters:
    """How many people each person meets, and how many of those for the first time ever."""

    met: float
    new: float
    fewest_new: int
    median_new: float
    most_new: int


@dataclass(frozen=True)
class Plan:
    """Valid by construction: everybody once per round, chairs enough, pins kept.

    Made by ``solve``, ``remix`` and ``rebuild``. Costs are in milli-repeats.
    """

    problem: Problem
    rounds: Rounds
    # How many moves the search considered.
    moves: int = field(default=0, compare=False)

    @cached_property
    def breakdown(self) -> dict[str, int]:
        """The cost, term by term; see ``objective.TERMS``."""
        index = self.problem.index
        seats = [[[index[person] for person in table] for table in tables] for tables in self.rounds]
        return self.problem.objective.breakdown(seats)

    @property
    def cost(self) -> int:
        """What the plan pays; 1000 is one pair meeting once more than it should."""
        return sum(self.breakdown.values())

    @cached_property
    def bound(self) -> Bound:
        """A cost that no plan with as many people at each table goes below; up to half a second's work."""
        if self.cost == self.problem.objective.least():
            return Bound(self.cost, "wishes", "Nobody meets twice, and every wish is kept.")
        sizes = [tuple(len(table) for table in tables) for tables in self.rounds]
        is_usual = [sorted(tables) for tables in sizes] == [sorted(tables) for tables in self.problem.sizes]
        is_free = self.problem.has_free_sizes
        return self.problem.bound(None if is_usual or is_free else sizes, self.cost)

    @property
    def gap(self) -> int:
        """How far the cost is above the bound; 0 proves that no plan is better."""
        return self.cost - self.bound.value

    @property
    def is_optimal(self) -> bool:
        """Is it proven that no plan with these table sizes costs less?"""
        return self.gap == 0

    def table_of(self, person: Person, round: int) -> int | None:
        """The number of a person's table, from 1; None where they are absent."""
        tables = self.rounds[round - 1]
        return next((number for number, table in enumerate(tables, 1) if person in table), None)

    def met(self, person: Person) -> tuple[Person, ...]:
        """Everybody this person shares a table with, each once, in the order of the rounds.

        >>> plan = rebuild(Problem("abcd", [[2, 2]] * 2), [["ab", "cd"], ["ac", "bd"]])
        >>> plan.met("a")
        ('b', 'c')
        """
        return tuple(self._met.get(person, ()))

    @cached_property
    def _met(self) -> dict[Person, dict[Person, None]]:
        met: dict[Person, dict[Person, None]] = {}
        for table in (table for tables in self.rounds for table in tables):
            for person in table:
                met.setdefault(person, {}).update(dict.fromkeys(table))
        for person, others in met.items():
            del others[person]
        return met

    def new_peers(self, person: Person) -> tuple[Person, ...]:
        """Those of ``met`` whom this person had never met before this gathering."""
        return tuple(other for other in self.met(person) if not self.problem.knows(person, other))

    @property
    def seated(self) -> list[Person]:
        """Everybody who sits in at least one round; who left before the first does not."""
        return [person for person in self.problem.people if person in self._met]

    @cached_property
    def encounters(self) -> Encounters:
        """The plan in two numbers: everybody who is seated meets so many people, so many of them new."""
        met = [len(self.met(person)) for person in self.seated] or [0]
        new = [len(self.new_peers(person)) for person in self.seated] or [0]
        return Encounters(fmean(met), fmean(new), min(new), median(new), max(new))

    def explain(self, person: Person, round: int) -> Reason | None:
        """The facts behind one seat; None where the person is absent."""
        number = self.table_of(person, round)
        return reason(self.problem, self.rounds, person, round, number) if number else None

    def swap(self, round: int, person: Person, other: Person) -> "Plan":
        """Let two people change seats in one round; refused where a pin forbids it."""
        turned = {person: other, other: person}
        return self._with(round, [[turned.get(x, x) for x in table] for table in self.rounds[round - 1]])

    def move(self, round: int, person: Person, table: int) -> "Plan":
        """Give a person a free chair at another table; nobody may end up alone at either."""
        left = self.table_of(person, round)
        if left is None or not 1 <= table <= len(self.rounds[round - 1]):
            raise Contradiction([Clash("nowhere", (person,), table, (round,))])
        tables = [[x for x in seated if x != person] for seated in self.rounds[round - 1]]
        tables[table - 1].append(person)
        for number in (left, table):
            if len(tables[number - 1]) == 1:
                raise Contradiction([Clash("left_alone", tuple(tables[number - 1]), number, (round,))])
        return self._with(round, tables)

    def _with(self, round: int, tables: Iterable[Iterable[Person]]) -> "Plan":
        return rebuild(self.problem, [*self.rounds[: round - 1], tables, *self.rounds[round:]])


def rebuild(problem: Problem, rounds: Iterable[Iterable[Iterable[Person]]]) -> Plan:
    """A plan from seats that were stored or chosen by hand; ``Contradiction`` where they break a rule."""
    seats = [[list(table) for table in tables] for tables in rounds]
    if clashes := list(misfits.find(problem, seats)):
        raise Contradiction(clashes)
    index = problem.index
    return from_indices(problem, [[[index[who] for who in table] for table in tables] for tables in seats])


def from_indices(problem: Problem, seats: Sequence[Sequence[Sequence[int]]], moves: int = 0) -> Plan:
    """A plan from the search's own seats, which are valid as they are; closed tables stay, empty."""
    rounds = []
    for tables, capacities in zip(seats, problem.tables, strict=True):
        named = [tuple(problem.people[p] for p in sorted(table)) for table in tables]
        rounds.append(tuple(named + [()] * (len(capacities) - len(named))))
    return Plan(problem, tuple(rounds), moves)

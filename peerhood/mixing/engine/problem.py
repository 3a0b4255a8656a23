"""The problem: who is here, what the room allows, who has met whom, and what is wished for.

Rounds and tables are numbered from 1, as people count them. A problem that no
seating can satisfy is refused at once, with every reason named.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from peerhood.mixing.engine import contradictions
from peerhood.mixing.engine.bound import Bound, lower_bound
from peerhood.mixing.engine.contradictions import Contradiction, Pin
from peerhood.mixing.engine.objective import Objective, compiled
from peerhood.mixing.engine.tables import chairs
from peerhood.mixing.engine.wishes import Pair, Person, Wishes


@dataclass(frozen=True)
class Problem:
    """Everything the engine may know. Raises ``Contradiction`` where it cannot be seated.

    Args:
        people: everybody who sits in at least one round; any hashable, each once.
        tables: the chairs at each table, for each round.
        history: for a pair, the ages of its earlier meetings (1 is the last
            gathering), or their weight in milli-repeats.
        pins: (person, round, table), kept whatever it costs.
        hosts: person to the table they keep in every round.
        absences: round to the people who are not there then.

    >>> Problem(["Ada", "Ben", "Chi"], [[2]])
    Traceback (most recent call last):
    ...
    peerhood.mixing.engine.contradictions.Contradiction: There are 3 people but only 2 seats in round 1.
    """

    people: Sequence[Person]
    tables: Sequence[Sequence[int]]
    history: Mapping[Pair, int | Sequence[int]] = field(default_factory=dict)
    wishes: Wishes = field(default_factory=Wishes)
    pins: Collection[Pin | tuple[Person, int, int]] = ()
    hosts: Mapping[Person, int] = field(default_factory=dict)
    absences: Mapping[int, Collection[Person]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # Copies, so that nobody changes the problem under a plan.
        object.__setattr__(self, "people", tuple(self.people))
        object.__setattr__(self, "tables", tuple(map(tuple, self.tables)))
        pins = [Pin(*pin) for pin in self.pins]
        here = [frozenset(self.present(number)) for number in self.rounds]
        if clashes := contradictions.find(self.people, self.tables, here, self.wishes, pins, self.hosts):
            raise Contradiction(clashes)

    @property
    def rounds(self) -> range:
        """The numbers of the rounds, from 1."""
        return range(1, len(self.tables) + 1)

    def seat_count(self, after_round: int = 0) -> int:
        """Seats taken in the rounds after this one, over all people."""
        return sum(len(self.present(number)) for number in self.rounds[after_round:])

    def present(self, round: int) -> list[Person]:
        """Who is there in a round, in the order of ``people``."""
        absent = set(self.absences.get(round, ()))
        return [person for person in self.people if person not in absent]

    @cached_property
    def index(self) -> dict[Person, int]:
        """Each person's number inside the engine, from 0."""
        return {person: i for i, person in enumerate(self.people)}

    @cached_property
    def objective(self) -> Objective:
        """The wishes as prices."""
        here = [frozenset(self.index[person] for person in self.present(number)) for number in self.rounds]
        return compiled(self.people, here, self.history, self.wishes)

    @cached_property
    def fixed(self) -> list[dict[int, int]]:
        """For each round, who may not move, and their table; all from 0."""
        fixed = [
            {self.index[who]: table - 1 for who, table in self.hosts.items() if self.index[who] in here}
            for here in self.objective.present
        ]
        for person, round, table in self.pins:
            fixed[round - 1][self.index[person]] = table - 1
        return fixed

    def knows(self, person: Person, other: Person) -> bool:
        """Have these two shared a table at an earlier gathering?"""
        p, q = sorted((self.index[person], self.index[other]))
        return (p, q) in self.objective.flat["history"]

    @cached_property
    def sizes(self) -> list[tuple[int, ...]]:
        """How many people sit at each table in each round; 0 where a table stays closed."""
        return [self.chairs(number) for number in self.rounds]

    def chairs(self, round: int, taken: Sequence[int] = ()) -> tuple[int, ...]:
        """One chair for everybody who is there; see ``tables.chairs``."""
        capacities = self.tables[round - 1]
        held = [list(self.fixed[round - 1].values()).count(table) for table in range(len(capacities))]
        return chairs(capacities, len(self.objective.present[round - 1]), held, taken)

    def bound(self, sizes: Sequence[Sequence[int]] | None = None) -> Bound:
        """A cost no seating of tables of these sizes goes below; those of ``sizes`` unless told."""
        return self._bound if sizes is None else self._bound_of(sizes)

    @cached_property
    def _bound(self) -> Bound:
        return self._bound_of(self.sizes)

    def _bound_of(self, sizes: Sequence[Sequence[int]]) -> Bound:
        return lower_bound(self.objective, [[size for size in tables if size] for tables in sizes])

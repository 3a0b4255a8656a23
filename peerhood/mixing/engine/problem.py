"""The problem: who is here, what the room allows, who has met whom, and what is wished for.

Rounds and tables are numbered from 1, as people count them. A problem that no
seating can satisfy is refused at once, with every reason named.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import InitVar, dataclass, field
from functools import cached_property

from peerhood.mixing.engine import compiling, contradictions, objective
from peerhood.mixing.engine.bound import Bound, best_bound, quick_bound
from peerhood.mixing.engine.compiling import Numbers
from peerhood.mixing.engine.contradictions import Contradiction, Pin
from peerhood.mixing.engine.objective import History, Objective
from peerhood.mixing.engine.tables import chairs, parted
from peerhood.mixing.engine.wishes import Person, Prices, Wishes


@dataclass(frozen=True)
class Problem:
    """Everything the engine may know. Raises ``Contradiction`` where it cannot be seated.

    Args:
        people: everybody who sits in at least one round; any hashable, each once.
        tables: the chairs at each table, for each round.
        history: earlier gatherings; or for a pair the ages of its earlier meetings (1 is
            the last gathering), or their weight in milli-repeats.
        pins: (person, round, table), kept whatever it costs.
        hosts: person to the table they keep in every round.
        absences: round to the people who are not there then.
        prices: what each wish is worth, and what a table of each size costs where sizes are free.
        before: the problem as it was before people came or left. Those it knew come first in
            ``people``, in the same order, and what it reckoned of them is not reckoned again.

    >>> Problem(["Ada", "Ben", "Chi"], [[2]])
    Traceback (most recent call last):
    ...
    peerhood.mixing.engine.contradictions.Contradiction: There are 3 people but only 2 seats in round 1.
    """

    people: Sequence[Person]
    tables: Sequence[Sequence[int]]
    history: History = field(default_factory=dict)
    wishes: Wishes = field(default_factory=Wishes)
    pins: Collection[Pin | tuple[Person, int, int]] = ()
    hosts: Mapping[Person, int] = field(default_factory=dict)
    absences: Mapping[int, Collection[Person]] = field(default_factory=dict)
    prices: Prices = field(default_factory=Prices)
    before: InitVar["Problem | None"] = None

    def __post_init__(self, before: "Problem | None") -> None:
        # Copies, so that nobody changes the problem under a plan.
        object.__setattr__(self, "people", tuple(self.people))
        object.__setattr__(self, "tables", tuple(map(tuple, self.tables)))
        pins = [Pin(*pin) for pin in self.pins]
        here = [frozenset(self.present(number)) for number in self.rounds]
        if clashes := contradictions.find(self.people, self.tables, here, self.wishes, pins, self.hosts):
            raise Contradiction(clashes)
        if before is not None:
            self.__dict__["objective"] = objective.extended(
                before.objective, self.people, self._here, self.history, self.wishes
            )
            self.__dict__["numbers"] = compiling.compiled(self.objective, self.fixed, before.numbers)

    @property
    def _here(self) -> list[frozenset[int]]:
        return [frozenset(self.index[person] for person in self.present(number)) for number in self.rounds]

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
        return objective.compiled(self.people, self._here, self.history, self.wishes, self.prices)

    @cached_property
    def numbers(self) -> Numbers:
        """All of it as the kernel reads it."""
        return compiling.compiled(self.objective, self.fixed)

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

    @property
    def has_free_sizes(self) -> bool:
        """May the search choose how many people sit at each table?"""
        return bool(self.prices.sizes)

    @cached_property
    def sizes(self) -> list[tuple[int, ...]]:
        """How many people sit at each table in each round; 0 where a table stays closed.

        Where sizes are free, this is where the search begins.
        """
        return [self.chairs(number) for number in self.rounds]

    @property
    def capacities(self) -> Sequence[Sequence[int]]:
        """The seats that the search may fill at each table in each round."""
        if not self.has_free_sizes:
            return self.sizes
        return [
            [min(chairs, len(here)) for chairs in tables]
            for tables, here in zip(self.tables, self.objective.present, strict=True)
        ]

    def chairs(self, round: int, taken: Sequence[int] = ()) -> tuple[int, ...]:
        """One chair for everybody who is there; see ``tables.chairs``."""
        capacities, here = self.tables[round - 1], self.objective.present[round - 1]
        held = [list(self.fixed[round - 1].values()).count(table) for table in range(len(capacities))]
        apart = parted(pair for pair in self.objective.kept_apart() if here.issuperset(pair))
        return chairs(capacities, len(here), held, taken, fewest=apart)

    @cached_property
    def floor(self) -> int:
        """A cost that no seating goes below, found in a moment; ``bound`` is often higher."""
        return quick_bound(self.objective, [[size for size in tables if size] for tables in self.sizes]).value

    def bound(self, sizes: Sequence[Sequence[int]] | None = None, cost: int | None = None) -> Bound:
        """A cost no seating of tables of these sizes goes below; those of ``sizes`` unless told.

        ``cost`` of a known plan ends the reckoning as soon as it is proven to be the least.
        """
        if sizes is not None:
            return best_bound(self.objective, sizes, self.fixed, cost)
        if cost is None or "_bound" in self.__dict__:
            return self._bound
        return best_bound(self.objective, self.capacities, self.fixed, cost)

    @cached_property
    def _bound(self) -> Bound:
        return best_bound(self.objective, self.capacities, self.fixed)

"""Facts: what the bounds need to know of an evening, in plain numbers."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

Pair = tuple[int, int]  # the smaller number first


@dataclass(frozen=True)
class Facts:
    """People are numbers from 0, prices are integers in milli-repeats.

    Attributes:
        sizes: people at each open table, for each round; where ``size_cost`` is
            given, the most that may sit there, and tables may stay empty.
        present: who is there, for each round.
        prices: what a pair pays for every shared table: history, competitors, wishes.
        companions: what a pair pays for a shared table from round ``companions_from`` (0 is the first).
        rewards: what a pair saves by sharing a table at least once.
        together: pairs that pay nothing for meeting again.
        fixed: for each round, people who cannot move, and the number of their table.
        modes: "mixed", "similar" or "diverse" for each round, with the trait each looks at.
        size_cost: the price of a table of so many people; sizes not named are not allowed.
    """

    people: int
    sizes: Sequence[Sequence[int]]
    present: Sequence[frozenset[int]]
    prices: Mapping[Pair, int] = field(default_factory=dict)
    companions: Mapping[Pair, int] = field(default_factory=dict)
    companions_from: int = 0
    rewards: Mapping[Pair, int] = field(default_factory=dict)
    together: frozenset[Pair] = frozenset()
    fixed: Sequence[Mapping[int, int]] = ()
    modes: Sequence[str] = ()
    similar_in: Sequence[Hashable] = ()
    diverse_in: Sequence[Hashable] = ()
    first_timers: frozenset[int] = frozenset()
    welcomers: frozenset[int] = frozenset()
    size_cost: Mapping[int, int] | None = None
    repeat: int = 1_000
    unlike: int = 200
    alike: int = 200
    uncovered: int = 20_000

    @property
    def can_save(self) -> bool:
        """Can a shared table lower the cost?"""
        return bool(self.rewards) or min(self.prices.values(), default=0) < 0

    def mode(self, number: int) -> str:
        return self.modes[number] if self.modes else "mixed"

    def held(self, number: int) -> Mapping[int, int]:
        return self.fixed[number] if self.fixed else {}

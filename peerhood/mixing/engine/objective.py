"""The objective: what a seating costs, in integer milli-repeats.

1000 is one pair meeting once more than it should. Every pair has a price list:
what its first meeting costs, its second, and so on. Lists never fall, so the
cheapest way for a pair to meet c times is the first c prices, which is what makes
both the search's small changes and the bound's proofs possible.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from peerhood.mixing.engine.wishes import Pair, Person, Wishes, milli_repeats

REPEAT = 1_000
COMPANIONS = 3_000
COMPETITORS = 50_000
UNCOVERED = 20_000
# Hard wishes: broken only when nothing else is possible.
HARD = 1_000_000
UNLIKE = ALIKE = 200

TERMS = (
    "repeats", "history", "companions", "competitors", "first_timers",
    "kept_apart", "not_with", "kept_together", "meet_again", "modes",
)  # fmt: skip

IndexPair = tuple[int, int]
PriceList = tuple[int, ...]
Matrix = list[list[int]]
Seats = Sequence[Sequence[Sequence[int]]]  # rounds of tables of people, all as indices


@dataclass(frozen=True)
class Objective:
    """The wishes compiled to indices and integers; pairs are (smaller, larger)."""

    present: Sequence[frozenset[int]]
    flat: Mapping[str, Mapping[IndexPair, int]]  # term -> pair -> price of each meeting
    together: frozenset[IndexPair]
    rewards: Mapping[IndexPair, int]
    companions: frozenset[IndexPair]
    companions_from: int
    modes: Sequence[str]
    similar_in: Sequence[Hashable]
    diverse_in: Sequence[Hashable]
    first_timers: frozenset[int]
    welcomers: frozenset[int]

    def price_lists(self, repeat: int = REPEAT, free: int = 0) -> list[list[PriceList]]:
        """For every two people, the price of meeting number 1, 2, ... up to one past the last round.

        Companions pay for each meeting but the first ``free`` ones.
        """
        times = range(len(self.present) + 1)
        count = len(self.similar_in)
        ordinary = tuple(repeat * c for c in times)
        lists = [[ordinary] * count for _ in range(count)]
        base: Counter[IndexPair] = Counter()
        for prices in self.flat.values():
            base.update(prices)
        for pair in {*base, *self.rewards, *self.companions}:
            first, reward = base[pair], self.rewards.get(pair, 0)
            friends = COMPANIONS if pair in self.companions else 0
            p, q = pair
            lists[p][q] = lists[q][p] = tuple(
                first + repeat * c + friends * (c >= free) - reward * (c == 0) for c in times
            )
        # A pair kept together is not charged for meeting: each round together saves the penalty.
        for p, q in self.together:
            lists[p][q] = lists[q][p] = (-HARD,) * len(times)
        for p in range(count):
            lists[p][p] = (0,) * len(times)
        return lists

    def round_prices(self) -> list[Matrix | None]:
        """What a shared table costs on top of the price list in each round; None is nothing."""
        return [self._prices_of(number) for number in range(len(self.present))]

    def _prices_of(self, number: int) -> Matrix | None:
        count = len(self.similar_in)
        is_free = number < self.companions_from and self.companions
        if not is_free and self.modes[number] == "mixed":
            return None
        matrix = [[0] * count for _ in range(count)]
        for p, q in combinations(range(count), 2):
            matrix[p][q] = matrix[q][p] = self.mode_price(number, p, q)
        for p, q in self.companions if is_free else ():
            matrix[p][q] = matrix[q][p] = matrix[p][q] - COMPANIONS
        return matrix

    def mode_price(self, number: int, p: int, q: int) -> int:
        """What two people cost in a round of the like-minded, or of the different."""
        if (p, q) in self.together or self.modes[number] == "mixed":
            return 0
        traits = self.similar_in if self.modes[number] == "similar" else self.diverse_in
        if traits[p] is None or traits[q] is None:
            return 0
        if self.modes[number] == "similar":
            return UNLIKE if traits[p] != traits[q] else 0
        return ALIKE if traits[p] == traits[q] else 0

    def smallest_price(self) -> int:
        """The least that any single wish can cost, where it costs anything."""
        prices = {REPEAT, *(UNLIKE for mode in self.modes if mode != "mixed"), *self.flat["history"].values()}
        return min(price for price in prices if price > 0)

    def constant(self) -> int:
        """The penalty of keeping nobody together, from which each shared table saves."""
        return sum(HARD for here in self.present for p, q in self.together if p in here and q in here)

    def uncovered(self, table: Iterable[int]) -> int:
        """First-timers at a round-1 table with nobody to welcome them."""
        seated = set(table)
        if not self.welcomers or seated & self.welcomers:
            return 0
        return len(seated & self.first_timers)

    def breakdown(self, seats: Seats) -> dict[str, int]:
        """The cost of a whole seating, term by term, reckoned from nothing."""
        cost = dict.fromkeys(TERMS, 0) | {"kept_together": self.constant()}
        met: Counter[IndexPair] = Counter()
        for number, tables in enumerate(seats):
            for pair in (pair for table in tables for pair in combinations(sorted(table), 2)):
                met[pair] += 1
                cost["modes"] += self.mode_price(number, *pair)
                if number >= self.companions_from and pair in self.companions:
                    cost["companions"] += COMPANIONS
        for pair, times in met.items():
            if pair in self.together:
                cost["kept_together"] -= HARD * times
                continue
            cost["repeats"] += REPEAT * times * (times - 1) // 2
            cost["meet_again"] -= self.rewards.get(pair, 0)
            for term, prices in self.flat.items():
                cost[term] += prices.get(pair, 0) * times
        cost["first_timers"] = UNCOVERED * sum(self.uncovered(table) for table in seats[0])
        return cost


def compiled(
    people: Sequence[Person],
    present: Sequence[frozenset[int]],
    history: Mapping[Pair, int | Sequence[int]],
    wishes: Wishes,
) -> Objective:
    """Turn wishes about people into prices for pairs of indices; strangers' wishes wait."""
    index = {person: i for i, person in enumerate(people)}
    first_timers, greeters = _indices(wishes.first_timers, index), _indices(wishes.greeters, index)
    # With no greeter in the room, every regular is one. Where all are new, nobody is left out.
    welcomers = (greeters & present[0]) or (present[0] - first_timers)
    together = frozenset(_pairs(wishes.keep_together, index))
    return Objective(
        present=present,
        flat={
            "history": _remembered(history, index),
            "competitors": dict.fromkeys(_pairs(wishes.competitors, index), COMPETITORS),
            "kept_apart": dict.fromkeys(_pairs(wishes.keep_apart, index), HARD),
            "not_with": dict.fromkeys(_pairs(wishes.not_with, index), HARD),
        },
        together=together,
        rewards=dict.fromkeys(_pairs(wishes.meet_again, index), wishes.meet_again_reward),
        companions=frozenset(_pairs(wishes.companions, index)) - together,
        companions_from=wishes.companions_from_round - 1,
        modes=wishes.modes or ("mixed",) * len(present),
        similar_in=[wishes.similar_in.get(person) for person in people],
        diverse_in=[wishes.diverse_in.get(person) for person in people],
        first_timers=first_timers,
        welcomers=welcomers,
    )


def _indices(group: Iterable[Person], index: Mapping[Person, int]) -> frozenset[int]:
    return frozenset(index[person] for person in group if person in index)


def _pairs(groups: Collection[Collection[Person]], index: Mapping[Person, int]) -> set[IndexPair]:
    return {pair for group in groups for pair in combinations(sorted(_indices(group, index)), 2)}


def _remembered(
    history: Mapping[Pair, int | Sequence[int]], index: Mapping[Person, int]
) -> dict[IndexPair, int]:
    known: dict[IndexPair, int] = defaultdict(int)
    for pair, memory in history.items():
        for p, q in _pairs([pair], index):
            known[p, q] += memory if isinstance(memory, int) else milli_repeats(memory)
    return dict(known)

"""The objective: what a seating costs, in integer milli-repeats.

1000 is one pair meeting once more than it should. A pair's first meeting costs what
history and wishes say, each further one a repeat more than the one before: prices
rise in a straight line. The few pairs for whom that is not so are named ``bonds``.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from peerhood.mixing.engine.wishes import Pair, PastGathering, Person, Prices, Wishes, bearable

# Hard wishes: broken only when nothing else is possible.
HARD = 1_000_000

TERMS = (
    "repeats", "history", "companions", "competitors", "first_timers",
    "kept_apart", "not_with", "kept_together", "meet_again", "modes", "sizes",
)  # fmt: skip

IndexPair = tuple[int, int]
Seats = Sequence[Sequence[Sequence[int]]]  # rounds of tables of people, all as indices
History = Mapping[Pair, int | Sequence[int]] | Sequence[PastGathering]


@dataclass(frozen=True)
class Objective:
    """The wishes compiled to indices and integers; pairs are (smaller, larger)."""

    people_count: int
    present: Sequence[frozenset[int]]
    prices: Prices
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

    def first_meetings(self) -> Counter[IndexPair]:
        """What a pair's first meeting costs, where it costs anything; bonds not reckoned."""
        first: Counter[IndexPair] = Counter()
        for prices in self.flat.values():
            first.update(prices)
        for pair in self.companions:
            first[pair] += self.prices.companions
        return first

    def bonds(self) -> set[IndexPair]:
        """Pairs for whom a meeting costs more or less than the straight line says."""
        is_late = self.companions_from > 0
        return {*self.together, *self.rewards, *(self.companions if is_late else ())}

    def kept_apart(self) -> set[IndexPair]:
        """Pairs who never share a table where that can be."""
        return {*self.flat["kept_apart"], *self.flat["not_with"]}

    def bond_prices(self, pair: IndexPair, number: int, times: int, first: int) -> int:
        """What a bond's next meeting costs, when it has met ``times`` times, in round ``number`` (from 0)."""
        if pair in self.together:
            return -HARD
        price = first + self.prices.repeat * times
        if pair in self.companions and number < self.companions_from:
            price -= self.prices.companions
        return price - (self.rewards.get(pair, 0) if times == 0 else 0)

    def mode_price(self, number: int, p: int, q: int) -> int:
        """What two people cost in a round of the like-minded, or of the different."""
        if self.modes[number] == "mixed" or (p, q) in self.together:
            return 0
        traits = self.similar_in if self.modes[number] == "similar" else self.diverse_in
        if traits[p] is None or traits[q] is None:
            return 0
        if self.modes[number] == "similar":
            return self.prices.unlike if traits[p] != traits[q] else 0
        return self.prices.alike if traits[p] == traits[q] else 0

    def size_price(self, size: int) -> int:
        """What a table of so many people costs; an empty one nothing."""
        sizes = self.prices.sizes
        return sizes.get(size, HARD) if sizes and size else 0

    def smallest_price(self) -> int:
        """The least that any single wish can cost, where it costs anything."""
        prices = {self.prices.repeat, *self.flat["history"].values(), *self.prices.sizes.values()}
        prices |= {self.prices.unlike for mode in self.modes if mode == "similar"}
        prices |= {self.prices.alike for mode in self.modes if mode == "diverse"}
        return min((price for price in prices if price > 0), default=1)

    def least(self) -> int:
        """What no seating can cost less than, at a glance: all wishes kept, all rewards paid."""
        return -sum(self.rewards.values())

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
            pairs = [pair for table in tables for pair in combinations(sorted(table), 2)]
            met.update(pairs)
            if self.modes[number] != "mixed":
                cost["modes"] += sum(self.mode_price(number, *pair) for pair in pairs)
            if number >= self.companions_from and self.companions:
                cost["companions"] += self.prices.companions * len(self.companions.intersection(pairs))
            cost["sizes"] += sum(self.size_price(len(table)) for table in tables)
        for pair in self.together:
            cost["kept_together"] -= HARD * met.pop(pair, 0)
        cost["repeats"] = self.prices.repeat * sum(n * (n - 1) // 2 for n in met.values() if n > 1)
        cost["meet_again"] = -sum(reward for pair, reward in self.rewards.items() if pair in met)
        for term, prices in self.flat.items():
            cost[term] += sum(price * met[pair] for pair, price in prices.items() if pair in met)
        cost["first_timers"] = self.prices.uncovered * sum(self.uncovered(table) for table in seats[0])
        return cost


def compiled(
    people: Sequence[Person],
    present: Sequence[frozenset[int]],
    history: History,
    wishes: Wishes,
    prices: Prices,
) -> Objective:
    """Turn wishes about people into prices for pairs of indices; strangers' wishes wait."""
    index = {person: i for i, person in enumerate(people)}
    return _compiled(index, present, _remembered(history, index, prices.decay), wishes, prices)


def extended(
    objective: Objective,
    people: Sequence[Person],
    present: Sequence[frozenset[int]],
    history: History,
    wishes: Wishes,
) -> Objective:
    """The same objective with more people at the end of ``people``, or with others present.

    What was remembered of those who were there already is not looked up again: that takes longest.
    """
    index = {person: i for i, person in enumerate(people)}
    known = objective.flat["history"]
    if newcomers := set(people[objective.people_count :]):
        known = {**known, **_remembered(history, index, objective.prices.decay, newcomers)}
    return _compiled(index, present, known, wishes, objective.prices)


def _compiled(
    index: Mapping[Person, int],
    present: Sequence[frozenset[int]],
    history: Mapping[IndexPair, int],
    wishes: Wishes,
    prices: Prices,
) -> Objective:
    first_timers, greeters = _indices(wishes.first_timers, index), _indices(wishes.greeters, index)
    together = frozenset(_pairs(wishes.keep_together, index))
    objective = Objective(
        people_count=len(index),
        present=present,
        prices=prices,
        flat={
            "history": history,
            "competitors": dict.fromkeys(_pairs(wishes.competitors, index), prices.competitors),
            "kept_apart": dict.fromkeys(_pairs(wishes.keep_apart, index), HARD),
            "not_with": dict.fromkeys(_pairs(wishes.not_with, index), HARD),
        },
        together=together,
        rewards=_rewards(wishes, index),
        companions=frozenset(_pairs(wishes.companions, index)) - together,
        companions_from=wishes.companions_from_round - 1,
        modes=wishes.modes or ("mixed",) * len(present),
        similar_in=[wishes.similar_in.get(person) for person in index],
        diverse_in=[wishes.diverse_in.get(person) for person in index],
        first_timers=first_timers,
        # With no greeter in the room, every regular is one. Where all are new, nobody is left out.
        welcomers=(greeters & present[0]) or (present[0] - first_timers),
    )
    # A pair kept together meets whatever it costs, so nothing else is reckoned for it.
    return replace(objective, rewards={p: r for p, r in objective.rewards.items() if p not in together})


def _indices(group: Iterable[Person], index: Mapping[Person, int]) -> frozenset[int]:
    return frozenset(index[person] for person in group if person in index)


def _pairs(groups: Collection[Collection[Person]], index: Mapping[Person, int]) -> set[IndexPair]:
    return {pair for group in groups for pair in combinations(sorted(_indices(group, index)), 2)}


def _rewards(wishes: Wishes, index: Mapping[Person, int]) -> dict[IndexPair, int]:
    bearable(wishes.rewards.values(), "A reward")
    return {pair: reward for group, reward in wishes.rewards.items() for pair in _pairs([group], index)}


def _remembered(
    history: History,
    index: Mapping[Person, int],
    decay: float,
    only: Collection[Person] | None = None,
) -> dict[IndexPair, int]:
    """What each pair's earlier meetings weigh; ``only`` the pairs of these people, where it is given."""
    weights: dict[IndexPair, float] = defaultdict(float)
    if isinstance(history, Mapping):
        for pair, memory in history.items():
            a, b = pair
            if a in index and b in index and a != b and (only is None or a in only or b in only):
                p, q = index[a], index[b]
                weighed = memory / 1_000 if isinstance(memory, int) else _faded(memory, decay)
                weights[(p, q) if p < q else (q, p)] += weighed
    else:
        chosen = None if only is None else _indices(only, index)
        for gathering in history:
            weight = _faded([gathering.age], decay)
            for table in (table for tables in gathering.rounds for table in tables):
                if only is not None and only.isdisjoint(table):  # type: ignore[attr-defined]
                    continue
                for pair in combinations(sorted(_indices(table, index)), 2):
                    if chosen is None or not chosen.isdisjoint(pair):
                        weights[pair] += weight
    bearable((1_000 * weight for weight in weights.values()), "What is remembered of a pair")
    # However long ago, who has met is not new to each other.
    return {pair: max(1, round(1_000 * weight)) for pair, weight in weights.items() if weight}


def _faded(ages: Sequence[int], decay: float) -> float:
    if min(ages, default=0) < 0:
        raise ValueError(f"Earlier meetings are some gatherings old, not {min(ages)}.")
    return sum(decay**age for age in ages)

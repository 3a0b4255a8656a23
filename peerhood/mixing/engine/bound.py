"""Bounds: a cost that no seating of these tables can go below, and why.

A plan whose cost equals the bound is optimal. ``quick_bound`` is whole numbers in a
moment; ``best_bound`` asks every argument in ``bounds/``, which takes up to half a second.

The degree bound: a person at tables of k meets k - 1 people a round, so pays at
least for that many of their cheapest meetings; every meeting is paid by two.
The pigeonhole bound: a table of k whose people spread over T tables in another
round sends at least two of them to the same one when k is more than T.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import comb

from peerhood.mixing.engine.bounds import Facts, strong_bound
from peerhood.mixing.engine.objective import HARD, Objective


@dataclass(frozen=True)
class Bound:
    """``value`` in milli-repeats; ``kind`` names the argument, ``explanation`` says it to a host."""

    value: int
    kind: str
    explanation: str


def best_bound(
    objective: Objective,
    sizes: Sequence[Sequence[int]],
    fixed: Sequence[Mapping[int, int]],
    cost: int | None = None,
) -> Bound:
    """The best bound known here.

    Args:
        sizes: people at each table in each round, 0 where it stays closed; the most that
            may sit there, where sizes are free.
        fixed: for each round, who may not move, and the number of their table.
        cost: of a plan that is known: nobody looks further once it is proven to be the least.
    """
    quick = quick_bound(objective, [[size for size in tables if size] for tables in sizes])
    # A round without anybody, an odd case, is no matter for the finer arguments.
    if (cost is not None and cost <= quick.value) or not all(objective.present):
        return quick
    constant = objective.constant()
    strong = strong_bound(_facts(objective, sizes, fixed), cost=None if cost is None else cost - constant)
    if strong.value + constant > quick.value:
        return Bound(strong.value + constant, strong.kind, strong.explanation)
    return quick


def _facts(objective: Objective, sizes: Sequence[Sequence[int]], fixed: Sequence[Mapping[int, int]]) -> Facts:
    """What ``bounds/`` needs to know; there the open tables are numbered."""
    numbers = [{t: i for i, t in enumerate(t for t, size in enumerate(row) if size)} for row in sizes]
    prices: Counter[tuple[int, int]] = Counter()
    for flat in objective.flat.values():
        prices.update(flat)
    prices.update(dict.fromkeys(objective.together, 0))
    return Facts(
        people=objective.people_count,
        sizes=[[size for size in tables if size] for tables in sizes],
        present=objective.present,
        prices={pair: -HARD if pair in objective.together else price for pair, price in prices.items()},
        companions=dict.fromkeys(objective.companions, objective.prices.companions),
        companions_from=max(0, objective.companions_from),
        rewards=objective.rewards,
        together=objective.together,
        fixed=[{p: number[t] for p, t in held.items()} for held, number in zip(fixed, numbers, strict=True)],
        modes=objective.modes,
        similar_in=objective.similar_in,
        diverse_in=objective.diverse_in,
        first_timers=objective.first_timers,
        welcomers=objective.welcomers,
        size_cost=_size_cost(objective, max(map(max, sizes))) if objective.prices.sizes else None,
        repeat=objective.prices.repeat,
        unlike=objective.prices.unlike,
        alike=objective.prices.alike,
        uncovered=objective.prices.uncovered,
    )


def _size_cost(objective: Objective, largest: int) -> dict[int, int]:
    """The price of each size, those included that are only used where nothing else helps."""
    return {size: objective.size_price(size) for size in range(1, largest + 1)}


def quick_bound(objective: Objective, sizes: Sequence[Sequence[int]]) -> Bound:
    """A bound for open tables of these sizes in each round: degree, pigeonhole and mode."""
    if objective.prices.sizes:
        return Bound(objective.least(), "wishes", "No wish costs less than nothing.")
    welcome = objective.prices.uncovered * _least_uncovered(objective, sizes[0])
    rest = (
        objective.constant() + welcome + sum(_modes(objective, r, tables) for r, tables in enumerate(sizes))
    )
    degree = _degree(objective, sizes, objective.prices.repeat) + rest
    repeats = objective.prices.repeat * _pigeonhole(objective, sizes)
    pigeonhole = (_degree(objective, sizes, 0) + rest + repeats) if repeats else degree
    if pigeonhole > degree:
        return Bound(
            pigeonhole,
            "pigeonhole",
            f"Tables this large cannot spread out: {repeats // objective.prices.repeat} pairs must meet again.",
        )
    return Bound(
        degree,
        "degree",
        "Everybody meets at least as many people as their tables have chairs, at the lowest prices.",
    )


def _least_uncovered(objective: Objective, sizes: Sequence[int]) -> int:
    """First-timers left over when each greeter sits at a large table of their own."""
    if not objective.welcomers:
        return 0
    greeters = len(objective.welcomers & objective.present[0])
    newcomers = len((objective.first_timers & objective.present[0]) - objective.welcomers)
    welcoming = sorted(sizes, reverse=True)[:greeters]
    return max(0, newcomers - sum(size - 1 for size in welcoming))


def _degree(objective: Objective, sizes: Sequence[Sequence[int]], repeat: int) -> int:
    """Half of what everybody pays at least, rounded up.

    Sizes differ, so who sits at the large tables is open: all take their smallest
    number of meetings, and the remaining chairs go to whoever pays least for them.
    """
    total, left, pool = 0, 0, []
    for p, (priced, ordinary) in enumerate(_company(objective)):
        rounds = [r for r, here in enumerate(objective.present) if p in here]
        fewest = sum(min(sizes[r]) - 1 for r in rounds)
        most = sum(max(sizes[r]) - 1 for r in rounds)
        cheapest = _cheapest(priced, ordinary, repeat, most)
        total += sum(cheapest[:fewest])
        pool += cheapest[fewest:]
        left -= fewest
    left += sum(size * (size - 1) for tables in sizes for size in tables)
    return -(-(total + sum(sorted(pool)[:left])) // 2)


Priced = list[tuple[int, int, bool]]


def _company(objective: Objective) -> Iterator[tuple[Priced, Counter[int]]]:
    """For each person, the first price of every other, and in how many rounds both are there.

    Given are those whose price is not zero, as (price, rounds, kept together?), and of the
    rest how many there are for each number of rounds.
    """
    first = objective.first_meetings()
    priced: dict[int, dict[int, int]] = defaultdict(dict)
    for pair in {*first, *objective.bonds()}:
        p, q = pair
        # Companions may use up their free rounds first, and a wish to meet again is paid once.
        price = -HARD if pair in objective.together else first[pair] - objective.rewards.get(pair, 0)
        if pair in objective.companions and objective.companions_from > 0:
            price -= objective.prices.companions
        priced[p][q] = priced[q][p] = price
    people = range(objective.people_count)
    there = [sum(1 << r for r, here in enumerate(objective.present) if p in here) for p in people]
    alike = Counter(there)
    for p in people:
        rounds: Counter[int] = Counter()
        for mask, count in alike.items():
            rounds[(mask & there[p]).bit_count()] += count
        rounds[there[p].bit_count()] -= 1
        for q in priced[p]:
            rounds[(there[p] & there[q]).bit_count()] -= 1
        yield (
            [(price, (there[p] & there[q]).bit_count(), price == -HARD) for q, price in priced[p].items()],
            rounds,
        )


def _cheapest(priced: Priced, ordinary: Counter[int], repeat: int, most: int) -> list[int]:
    """The lowest prices one person can pay for so many meetings, lowest first; see ``_company``.

    A pair's prices rise with each meeting, so whatever is chosen first is what they pay first.
    """
    free = sum(count for rounds, count in ordinary.items() if rounds > 0)
    if free >= most and all(price >= 0 for price, _rounds, _is_kept in priced):
        return [0] * most
    prices: list[int] = []
    for price, rounds, is_kept in priced:
        prices += [price + (0 if is_kept else repeat * again) for again in range(rounds)]
    for times in range(max(ordinary, default=0)):
        count = sum(n for rounds, n in ordinary.items() if rounds > times)
        prices += [repeat * times] * min(count, most)
    return sorted(prices)[:most]


def _modes(objective: Objective, number: int, sizes: Sequence[int]) -> int:
    """What a round of the like-minded, or of the different, costs at least."""
    here, largest = objective.present[number], max(sizes, default=0)
    if objective.modes[number] == "mixed":
        return 0
    if objective.modes[number] == "diverse":
        sectors = Counter(objective.diverse_in[p] for p in here)
        unavoidable = sum(_forced([n], len(sizes), 0) for trait, n in sectors.items() if trait is not None)
        return objective.prices.alike * max(0, unavoidable - len(objective.together))
    kinds = Counter(objective.similar_in[p] for p in here)
    # At best a kind fills whole tables; somebody of no stated kind is like everybody.
    alike = kinds.pop(None, 0) * (largest - 1) + len(objective.together)
    alike += sum(n // largest * comb(largest, 2) + comb(n % largest, 2) for n in kinds.values())
    return objective.prices.unlike * max(0, sum(comb(size, 2) for size in sizes) - alike)


def _pigeonhole(objective: Objective, sizes: Sequence[Sequence[int]]) -> int:
    """Pairs that must share a table in two rounds, summed over every two rounds."""
    here = objective.present
    forced = 0
    for r in range(len(sizes)):
        for s in range(r):
            there = _forced(sizes[r], len(sizes[s]), len(here[r] - here[s]))
            back = _forced(sizes[s], len(sizes[r]), len(here[s] - here[r]))
            # A pair kept together meets every time, and is not charged for it.
            forced += max(0, max(there, back) - len(objective.together))
    return forced


def _forced(sizes: Sequence[int], tables: int, missing: int) -> int:
    """The n-th person to leave a table finds n // tables of its people wherever they go.

    >>> _forced([4, 4, 4], tables=3, missing=0)
    3
    """
    company = sorted(n // max(1, tables) for size in sizes for n in range(size))
    return sum(company[: len(company) - missing])

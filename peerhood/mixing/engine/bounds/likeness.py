"""Likeness: what rounds of the like-minded cost at least.

Cut every table into its kinds. A part of a people at a table of s has a (s - a)
pairs of different kinds, half of them its own, and takes up a / s of the table.
So each kind divides itself into parts, and the kinds share nothing but the
tables: ask a rent for tables of each size, pay it back, and what the kinds pay
at their best is no more than what any seating costs, whatever the rent. A part
that fills all but one chair also owes a toll to whoever takes that chair alone;
somebody alone with others alone owes less than nothing, so tolls only lower the sum.

Two such rounds press on each other: where a kind fills k tables in one round,
a part of a people from the other round shares them, and crowds. Every two
rounds are reckoned so, each round's mode cost being split among its partners.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from math import gcd, inf, lcm

from peerhood.mixing.engine.bounds.crowding import crowded
from peerhood.mixing.engine.bounds.facts import Facts

Rent = Mapping[int, int]  # for a whole table of each size s; under -s, the toll there
Costs = list[float]  # by the number of people of one kind; whole numbers, or infinity


def similar_floor(facts: Facts, number: int) -> int:
    """The mode (and size) cost of one round, in milli-repeats, that no seating goes below."""
    scale = 2 * lcm(*_sizes(facts, number))
    grain = gcd(facts.unlike, *(facts.size_cost or {}).values())
    value, _ = _of_one(facts, number, scale)
    return max(0, _rounded(value, scale, grain) - _forgiven(facts, number))


def likeness_floor(facts: Facts, numbers: Sequence[int]) -> int:
    """The mode (and size) cost of these like rounds together with the repeats between them.

    The rounds must have the same people and the same sizes.
    """
    number, partners = numbers[0], len(numbers) - 1
    kinds, sizes = _kinds(facts, number), _sizes(facts, number)
    scale = 2 * partners * lcm(*sizes)

    def best(rent: Rent) -> int:
        parts = _parts(facts, sizes, rent, scale, 0, partners)
        few = _by_number(parts, max(kinds), max(sizes))
        each: Costs = [inf] * (max(kinds) + 1)
        for tables in range(1, max(sizes) + 1):
            crowds = _any_number(_parts(facts, sizes, rent, scale, tables, partners), max(kinds))
            each = [min(c, a + b) for c, a, b in zip(each, crowds, few[tables], strict=True)]
        return _sum(each, kinds) - 2 * _rent(facts, number, rent)

    _, start = _of_one(facts, number, scale // partners)
    value, _ = _highest(best, start, facts, scale)
    pairs = len(numbers) * partners // 2
    grain = gcd(facts.unlike, facts.repeat, *(facts.size_cost or {}).values())
    forgiven = len(numbers) * _forgiven(facts, number) + pairs * facts.repeat * len(facts.together)
    return max(0, _rounded(pairs * value, scale, grain) - forgiven)


def _of_one(facts: Facts, number: int, scale: int) -> tuple[int, Rent]:
    """What one round costs at least, times ``scale``, and the rent that shows it."""
    kinds, sizes = _kinds(facts, number), _sizes(facts, number)

    def best(rent: Rent) -> int:
        costs = _any_number(_parts(facts, sizes, rent, scale, 0), max(kinds))
        return _sum(costs, kinds) - _rent(facts, number, rent)

    return _highest(best, dict.fromkeys([*sizes, *(-size for size in sizes)], 0), facts, scale)


def _parts(
    facts: Facts, sizes: Sequence[int], rent: Rent, scale: int, tables: int, partners: int = 1
) -> list[tuple[int, int]]:
    """People in a part, and what it pays, at its cheapest table; crowding into ``tables`` elsewhere."""
    cost = facts.size_cost or dict.fromkeys(sizes, 0)
    cheapest: dict[int, int] = {}
    for s in sizes:
        for a in range(1, s + 1):
            pays = scale // partners * facts.unlike * a * (s - a) // 2 + scale // partners * cost[s] * a // s
            pays += rent[s] * a // s + scale * facts.repeat * crowded(a, tables)
            if s > 2:
                pays += rent[-s] * ((a == s - 1) - (a == 1))
            cheapest[a] = min(pays, cheapest.get(a, pays))
    return list(cheapest.items())


def _any_number(parts: Sequence[tuple[int, int]], most: int, begun: Costs | None = None) -> Costs:
    """The least cost of every number of people, in parts that join those begun, if any."""
    costs: Costs = []
    for n in range(most + 1):
        joined = min((costs[n - a] + pays for a, pays in parts if a <= n), default=inf)
        costs.append(min(joined, begun[n]) if begun else joined if n else 0)
    return costs


def _by_number(parts: Sequence[tuple[int, int]], most: int, several: int) -> list[Costs]:
    """The costs in exactly 0, 1, 2, ... parts; the last entry is for ``several`` parts or more."""
    layers: list[Costs] = [[0, *[inf] * most]]
    for _ in range(several):
        last = layers[-1]
        layers.append(
            [min((last[n - a] + pays for a, pays in parts if a <= n), default=inf) for n in range(most + 1)]
        )
    return [*layers[:-1], _any_number(parts, most, begun=layers[-1])]


def _sum(costs: Costs, kinds: Sequence[int]) -> int:
    return sum(int(costs[n]) for n in kinds)


def _rent(facts: Facts, number: int, rent: Rent) -> int:
    """What all tables of the round are paid, once."""
    if facts.size_cost is not None:
        return rent[max(rent)] * len(facts.sizes[number])
    return sum(rent[size] for size in facts.sizes[number])


def _highest(best: Callable[[Rent], int], rent: Rent, facts: Facts, scale: int) -> tuple[int, Rent]:
    """Raise and lower the rents, in ever smaller steps, while it helps.

    Tolls are never negative. Where sizes are open, the number of tables is all that is scarce:
    then there is one rent for all, and it is not negative either.
    """
    sizes = [key for key in rent if key > 0]
    whole = lcm(*sizes)  # so that a / s of a rent is a whole number
    open_sizes = facts.size_cost is not None
    tolls = [[-size] for size in sizes if size > 2]
    groups = [*([sizes] if open_sizes else [[size] for size in sizes[1:]]), *tolls]
    highest, step = best(rent), 4 * facts.unlike * scale // whole
    while step:
        before = highest
        for group in groups:
            for change in (step, -step):
                other = {**rent} | {key: rent[key] + change * whole for key in group}
                if min(other[key] for key in group) < 0 and (open_sizes or group in tolls):
                    continue
                if (value := best(other)) > highest:
                    rent, highest = other, value
        if highest == before:
            step = step // 3
    return highest, rent


def _rounded(value: int, scale: int, grain: int) -> int:
    """Up to the next sum that prices can add up to."""
    return -(-value // (scale * grain)) * grain


def _kinds(facts: Facts, number: int) -> list[int]:
    return list(Counter(facts.similar_in[p] for p in facts.present[number]).values())


def _sizes(facts: Facts, number: int) -> list[int]:
    if facts.size_cost is None:
        return sorted(set(facts.sizes[number]), reverse=True)
    largest = max(facts.sizes[number])
    return sorted((size for size in facts.size_cost if size <= largest), reverse=True)


def _forgiven(facts: Facts, number: int) -> int:
    """Somebody of no stated kind is like everybody, and a pair kept together always is."""
    unstated = sum(facts.similar_in[p] is None for p in facts.present[number])
    return facts.unlike * (unstated * (max(facts.sizes[number]) - 1) + len(facts.together))

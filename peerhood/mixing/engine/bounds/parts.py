"""Parts: how people of one kind divide over tables, reckoned apart from all other kinds.

Cut every table into its kinds. A part of a people at a table of s has a (s - a)
pairs of different kinds, half of them its own, and takes up a / s of the table.
So each kind divides itself into parts, and the kinds share nothing but the
tables: ask a rent for tables of each size, pay it back, and what the kinds pay
at their best is no more than what any seating costs, whatever the rent. A part
that fills all but one chair also owes a toll to whoever takes that chair alone;
somebody alone with others alone owes less than nothing, so tolls only lower the sum.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from math import inf, lcm

from peerhood.mixing.engine.bounds.facts import Facts

Rent = Mapping[int, int]  # for a whole table of each size s; under -s, the toll there
Parts = Sequence[tuple[int, int]]  # the people in a part, and what it pays at its cheapest table
Costs = list[float]  # by the number of people of one kind; whole numbers, or infinity


def cheapest_parts(facts: Facts, rent: Rent, scale: int) -> list[tuple[int, int]]:
    """What a part of each size pays; ``scale`` times milli-repeats, and a multiple of twice every size."""
    sizes = [key for key in rent if key > 0]
    cost = facts.size_cost or dict.fromkeys(sizes, 0)
    cheapest: dict[int, int] = {}
    for s in sizes:
        for a in range(1, s + 1):
            pays = scale * facts.unlike * a * (s - a) // 2 + scale * cost[s] * a // s + rent[s] * a // s
            if s > 2:
                pays += rent[-s] * ((a == s - 1) - (a == 1))
            cheapest[a] = min(pays, cheapest.get(a, pays))
    return list(cheapest.items())


def in_any_parts(parts: Parts, most: int, begun: Costs | None = None) -> Costs:
    """The least cost of every number of people, in parts that join those begun, if any."""
    costs: Costs = []
    for n in range(most + 1):
        joined = min((costs[n - a] + pays for a, pays in parts if a <= n), default=inf)
        costs.append(min(joined, begun[n]) if begun else joined if n else 0)
    return costs


def by_parts(parts: Parts, most: int, several: int) -> list[Costs]:
    """The costs in exactly 0, 1, 2, ... parts; the last entry is for ``several`` parts or more."""
    layers: list[Costs] = [[0, *[inf] * most]]
    for _ in range(several):
        last = layers[-1]
        layers.append(
            [min((last[n - a] + pays for a, pays in parts if a <= n), default=inf) for n in range(most + 1)]
        )
    return [*layers[:-1], in_any_parts(parts, most, begun=layers[-1])]


def no_rent(facts: Facts, number: int) -> Rent:
    """The rent to begin with: nothing, for any size a table may have."""
    if facts.size_cost is None:
        sizes = sorted(set(facts.sizes[number]), reverse=True)
    else:
        sizes = sorted((s for s in facts.size_cost if s <= max(facts.sizes[number])), reverse=True)
    return dict.fromkeys([*sizes, *(-size for size in sizes)], 0)


def paid_back(facts: Facts, number: int, rent: Rent) -> int:
    """The rent of all tables of a round."""
    if facts.size_cost is not None:
        return rent[max(rent)] * len(facts.sizes[number])
    return sum(rent[size] for size in facts.sizes[number])


def best_rent(
    facts: Facts, pays: Callable[[Rent], int], rent: Rent, scale: int, first: int = 4
) -> tuple[int, Rent]:
    """Raise and lower the rents, in ever smaller steps, while the kinds then pay more.

    Tolls are never negative. Where sizes are open, the number of tables is all that is scarce:
    then there is one rent for all, and it is not negative either.
    """
    sizes = [key for key in rent if key > 0]
    whole = lcm(*sizes)  # so that a / s of a rent is a whole number
    open_sizes = facts.size_cost is not None
    tolls = [[-size] for size in sizes if size > 2]
    groups = [*([sizes] if open_sizes else [[size] for size in sizes[1:]]), *tolls]
    highest, step = pays(rent), first * facts.unlike * scale // whole
    while step > facts.unlike * scale // whole // 50:
        before = highest
        for group in groups:
            for change in (step, -step):
                other = {**rent} | {key: rent[key] + change * whole for key in group}
                if min(other[key] for key in group) < 0 and (open_sizes or group in tolls):
                    continue
                if (value := pays(other)) > highest:
                    rent, highest = other, value
        if highest == before:
            step = step // 3
    return highest, rent


def kinds(facts: Facts, number: int) -> list[int]:
    """How many there are of each kind in a round."""
    return list(Counter(facts.similar_in[p] for p in facts.present[number]).values())


def forgiven(facts: Facts, number: int) -> int:
    """Somebody of no stated kind is like everybody, and a pair kept together always is."""
    unstated = sum(facts.similar_in[p] is None for p in facts.present[number])
    return facts.unlike * (unstated * (max(facts.sizes[number]) - 1) + len(facts.together))

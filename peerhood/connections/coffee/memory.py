"""Memory: who has met whom, at tables and over coffee, anywhere and ever, as the engine weighs it.

A pair that has met weighs as much as a whole repeat, however long ago it was, so nobody meets again while
somebody new is left; lately weighs a little more, so that of those who have to, the longest ago meet first.
A coffee that one of them says did not take place is none.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable
from datetime import datetime
from itertools import combinations

from peerhood.connections.models import Coffee, CoffeeSeat
from peerhood.mixing.engine import milli_repeats
from peerhood.mixing.models import Encounter

Pair = Collection[Hashable]
Met = tuple[int, int]
# A repeat, and what it weighs more when it is lately: so little that two old ones are not cheaper than a new one.
REPEAT, LATELY_OF = 2_000, 10


def history_of(people: Collection[int]) -> dict[Pair, int]:
    """What it weighs that two of these people meet again."""
    last_met: dict[Met, datetime] = {}
    for pair, at in [*_at_tables(people), *_over_coffee(people), *_in_rounds(people)]:
        last_met[pair] = max(at, last_met.get(pair, at))
    moments = sorted(set(last_met.values()), reverse=True)
    ages = {moment: age for age, moment in enumerate(moments, 1)}
    return {pair: REPEAT + milli_repeats([ages[at]]) // LATELY_OF for pair, at in last_met.items()}


def _at_tables(people: Collection[int]) -> list[tuple[Met, datetime]]:
    met = Encounter.objects.filter(one__in=people, other__in=people)
    rows = met.values_list("one", "other", "gathering__starts_at").distinct()
    return [((one, other), at) for one, other, at in rows]


def _over_coffee(people: Collection[int]) -> list[tuple[Met, datetime]]:
    had = Coffee.objects.had().filter(asker__in=people, asked__in=people)
    rows = had.values_list("asker", "asked", "chosen_at")
    return [((min(one, other), max(one, other)), at) for one, other, at in rows]


def _in_rounds(people: Collection[int]) -> list[tuple[Met, datetime]]:
    seats = CoffeeSeat.objects.filter(person__in=people).exclude(pair=None).exclude(met=False)
    cups: dict[tuple[int, int], list[int]] = defaultdict(list)
    moments: dict[int, datetime] = {}
    for round, pair, person, at in seats.values_list("round", "pair", "person", "round__pairs_at"):
        cups[round, pair or 0].append(person)
        moments[round] = at
    return [
        (both, moments[round])
        for (round, _pair), together in cups.items()
        for both in combinations(sorted(together), 2)
    ]

"""Groups for a step of a format: pairs, threes and tables on the spot, with the evening's memory.

They are a round like any other, shown at once, and become encounters when they are over:
later plans read them, and they read every earlier round, so that nobody is paired again
while somebody new is left. Rounds that were planned and not shown yet stay as they are and
come one later.

The engine thinks inside the transaction here: it is given as long as a blink, and the room
is waiting for nothing else.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import cast

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now

from peerhood import journal
from peerhood.gatherings.models import Gathering
from peerhood.gatherings.permissions import can_facilitate
from peerhood.mixing import engine
from peerhood.mixing.engine import Pin
from peerhood.mixing.framing import history_of, parts_of, people_to_seat, sizes_of
from peerhood.mixing.joining import joined
from peerhood.mixing.models import Plan, Round
from peerhood.mixing.rounds import reckon
from peerhood.mixing.seating import Standing, Tables, as_plan, insert, standing_of
from peerhood.people.models import Person

FEWEST_PEOPLE = 2
# What meeting again on the same evening weighs, in milli-repeats.
TONIGHT = 1_000


@transaction.atomic
def group(
    gathering: Gathering, size: int, *, by: Person, has_tables: bool = False, hosts_stay: bool = False
) -> Round | None:
    """Put whoever is here into groups of ``size``, or one more or less; None where there is nobody to put.

    ``hosts_stay``: at each table one of the round before stays there.
    """
    plan, standing, people = _begun(gathering, by=by)
    if len(people) < FEWEST_PEOPLE:
        return None
    parts, size_each = parts_of(gathering, people), max(2, size)
    sizes = sizes_of(parts, size_each)
    hosts = _staying(standing, parts, size_each) if hosts_stay else []
    tables = _solved(plan, standing, [person for part in parts for person in part], sizes, hosts)
    return _shown(plan, standing, tables, size=size, has_tables=has_tables, by=by)


@transaction.atomic
def join(gathering: Gathering, *, by: Person) -> Round | None:
    """Make one group of every two of the round before. Who came since is with the smallest."""
    plan, standing, people = _begun(gathering, by=by)
    if not standing.shown_count or len(people) < FEWEST_PEOPLE:
        return None
    met = _met_tonight(standing)
    known = history_of(gathering, people)

    def weight(one: int, other: int) -> int:
        pair = (min(one, other), max(one, other))
        return TONIGHT * (frozenset(pair) in met) + known.get(pair, 0)

    size = 2 * (standing.group_sizes[standing.shown_count - 1] or plan.table_size)
    before = standing.rounds[standing.shown_count - 1]
    tables = [
        table
        for part in parts_of(gathering, people)
        for table in joined(
            _groups_before(before, part), weight, seed=plan.seed, **settings.MIXING["on_the_spot"]
        )
    ]
    return _shown(plan, standing, tables, size=size, has_tables=False, by=by)


def _groups_before(before: Tables, part: Sequence[int]) -> Tables:
    """The groups there were, without those who are gone; whoever came since is with the smallest."""
    here = set(part)
    groups = [kept for table in before if (kept := [person for person in table if person in here])]
    for late in here.difference(*groups):
        if groups:
            min(groups, key=len).append(late)
        else:
            groups.append([late])
    return groups


@transaction.atomic
def take_back(gathering: Gathering, *, by: Person) -> None:
    """Unmake the groups that were only just shown: nobody sat in them yet, and they are not remembered."""
    plan, _standing, _people = _begun(gathering, by=by)
    shown = plan.rounds.exclude(state=Round.State.PLANNED).last()
    if shown is None or shown.group_size is None or shown.state == Round.State.HELD:
        return
    shown.delete()
    for later in plan.rounds.filter(state=Round.State.PLANNED).order_by("number"):
        later.number -= 1
        later.save(update_fields=["number"])
    reckon(plan)


def largest(round: Round) -> int:
    """How many sit together in the largest group of a round."""
    tables = Counter(round.seats.values_list("table", flat=True))
    return max(tables.values(), default=0)


def _begun(gathering: Gathering, *, by: Person) -> tuple[Plan, Standing, list[int]]:
    """The plan, locked; one is made where the evening has none."""
    if not can_facilitate(by, gathering):
        raise PermissionDenied
    plan, _is_new = Plan.objects.select_for_update().get_or_create(
        gathering=gathering, defaults={"seed": 1, "made_by": by}
    )
    plan.gathering = gathering
    return plan, standing_of(plan), people_to_seat(gathering)


def _solved(
    plan: Plan, standing: Standing, people: list[int], sizes: Sequence[int], hosts: Sequence[int]
) -> Tables:
    """The round that is new to everybody, after all that were shown and all that are planned."""
    number = len(standing.rounds) + 1
    pins = [Pin(person, number, table) for table, person in enumerate(hosts, 1) if person]
    dealt = replace(standing, rounds=[*standing.rounds, _dealt(people, sizes, hosts)])
    solved = engine.remix(
        as_plan(plan, dealt, pins=pins),
        after_round=len(standing.rounds),
        seed=plan.seed,
        **settings.MIXING["on_the_spot"],
    )
    return cast(Tables, solved.rounds[-1])


def _dealt(people: list[int], sizes: Sequence[int], hosts: Sequence[int]) -> Tables:
    """Somewhere to begin: hosts at their tables, and the others as they come."""
    others = iter([person for person in people if person not in set(hosts)])
    tables = [[person] if person else [] for person in [*hosts, *[0] * (len(sizes) - len(hosts))]]
    for table, size in zip(tables, sizes, strict=True):
        table.extend(islice(others, size - len(table)))
    return tables


def _staying(standing: Standing, parts: Sequence[Sequence[int]], size: int) -> list[int]:
    """Who keeps each table of the round before: its first who is still here, or 0 for nobody."""
    if not standing.shown_count:
        return []
    before: Tables = standing.rounds[standing.shown_count - 1]
    hosts = []
    for part in parts:
        here, count = set(part), len(engine.even_tables(len(part), size))
        # Where there are two parts, a table of the other one is none of theirs.
        own = before if len(parts) == 1 else [table for table in before if here.intersection(table)]
        kept = [next((person for person in table if person in here), 0) for table in own[:count]]
        hosts += kept + [0] * (count - len(kept))
    return hosts


def _met_tonight(standing: Standing) -> set[frozenset[int]]:
    return {
        frozenset((one, other))
        for tables in standing.rounds[: standing.shown_count]
        for table in tables
        for one in table
        for other in table
        if one != other
    }


def _shown(
    plan: Plan,
    standing: Standing,
    tables: Sequence[Sequence[int]],
    *,
    size: int,
    has_tables: bool,
    by: Person,
) -> Round:
    """Keep the round and show it; what was planned comes one later."""
    number = standing.shown_count + 1
    # From the last on: two never have the same number.
    for later in plan.rounds.filter(state=Round.State.PLANNED).order_by("-number"):
        later.number += 1
        later.save(update_fields=["number"])
    shown = plan.rounds.create(
        number=number,
        state=Round.State.PUBLISHED,
        published_at=now(),
        group_size=size,
        has_tables=has_tables,
    )
    insert((shown.pk, table, person, False) for table, seated in enumerate(tables, 1) for person in seated)
    reckon(plan)
    shown.plan = plan
    journal.record("round.published", shown, by=by)
    return shown

from itertools import combinations

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from peerhood.gatherings.models import Rsvp
from peerhood.mixing import grouping, planning, rounds
from peerhood.mixing.joining import joined
from peerhood.mixing.models import Encounter, Round


def pairs_in(round):
    tables = {}
    for table, person in round.seats.values_list("table", "person_id"):
        tables.setdefault(table, []).append(person)
    return [frozenset(pair) for table in tables.values() for pair in combinations(table, 2)]


def sizes_of(round):
    tables = list(round.seats.values_list("table", flat=True))
    return sorted(tables.count(table) for table in set(tables))


def grouped(evening, size, ada, **more):
    """One round of a format, from the first look at it to its end."""
    round = grouping.group(evening, size, by=ada, **more)
    return rounds.hold(round, by=ada)


def test_pairs_never_repeat_while_new_ones_are_left(evening, ada):
    seen = [pair for _ in range(8) for pair in pairs_in(grouped(evening, 2, ada))]
    assert len(seen) == 8 * 6
    assert len(set(seen)) == len(seen)


def test_the_memory_is_that_of_the_whole_evening(evening, ada):
    """Two rounds of four are planned: pairs on the spot are new to those as well."""
    plan = planning.make_plan(evening, by=ada, rounds_count=2, table_size=4, seed=1)
    planned = {pair for round in plan.rounds.all() for pair in pairs_in(round)}
    assert not planned.intersection(pairs_in(grouped(evening, 2, ada)))


def test_what_was_planned_stays_as_it_is_and_comes_one_later(evening, plan, ada, seats):
    before = seats(plan)
    rounds.pin(plan.rounds.get(number=2).seats.first(), by=ada, is_pinned=True)
    grouped(evening, 2, ada)
    plan.refresh_from_db()
    assert seats(plan)[1:] == before
    assert plan.rounds.get(number=3).seats.filter(is_pinned=True).count() == 1
    assert [round.group_size for round in plan.rounds.all()] == [2, None, None, None]


def test_an_odd_number_makes_one_three(evening, person, ada):
    evening.rsvps.create(person=person("Late Latecomer"), status=Rsvp.Status.GOING)
    assert sizes_of(grouped(evening, 2, ada)) == [2, 2, 2, 2, 2, 3]


def test_who_comes_late_joins_a_group_and_makes_it_three(evening, person, ada):
    shown = grouping.group(evening, 2, by=ada)
    before = pairs_in(shown)
    evening.rsvps.create(person=person("Late Latecomer"), status=Rsvp.Status.GOING)
    planning.remix(evening, by=ada)
    assert sizes_of(shown) == [2, 2, 2, 2, 2, 3]
    assert set(before) <= set(pairs_in(shown))


def test_two_groups_join_and_everybody_meets_somebody_new(evening, ada):
    pairs = pairs_in(grouped(evening, 2, ada))
    fours = rounds.hold(grouping.join(evening, by=ada), by=ada)
    assert sizes_of(fours) == [4, 4, 4]
    assert set(pairs) <= set(pairs_in(fours))


@given(st.lists(st.integers(0, 2), min_size=15, max_size=15))
def test_no_other_way_of_joining_six_groups_weighs_less(drawn):
    weights = dict(zip(combinations(range(6), 2), drawn, strict=True))
    found = joined(
        [[n] for n in range(6)], lambda *pair: 1000 * weights[tuple(sorted(pair))], seed=1, moves=2_000
    )
    best = min(sum(weights[pair] for pair in way) for way in matchings(range(6)))
    assert sum(weights[tuple(pair)] for pair in found) == best


def matchings(numbers):
    first, *rest = numbers
    for partner in rest:
        others = [number for number in rest if number != partner]
        yield from ([(first, partner), *more] for more in (matchings(others) if others else [[]]))


def test_a_host_stays_at_each_table_and_the_others_move_on(evening, person, ada):
    for number in range(4):
        evening.rsvps.create(person=person(f"More{number} Guestson"), status=Rsvp.Status.GOING)
    first = grouped(evening, 4, ada, has_tables=True)
    second = grouped(evening, 4, ada, has_tables=True, hosts_stay=True)
    at = [dict(round.seats.values_list("person_id", "table")) for round in (first, second)]
    stayed = [person for person, table in at[0].items() if at[1][person] == table]
    assert len(stayed) == 4
    assert not set(pairs_in(first)) & set(pairs_in(second))


def test_a_round_of_a_format_is_remembered_like_any_other(evening, ada):
    grouped(evening, 3, ada)
    assert Encounter.objects.filter(gathering=evening).count() == 12


def test_a_plan_is_made_for_so_many_rounds_beside_those_of_a_format(evening, ada):
    grouped(evening, 2, ada)
    plan = planning.make_plan(evening, by=ada, rounds_count=3, table_size=4)
    assert plan.rounds.filter(state=Round.State.PLANNED).count() == 3


def test_nobody_to_group_is_no_group(evening, ada):
    evening.rsvps.exclude(person=ada).delete()
    assert grouping.group(evening, 2, by=ada) is None
    assert grouping.join(evening, by=ada) is None


def test_members_do_not_group_the_room(evening, ben):
    for act in (lambda: grouping.group(evening, 2, by=ben), lambda: grouping.join(evening, by=ben)):
        with pytest.raises(PermissionDenied):
            act()

"""Some in the room and some in the call: no table stands in both."""

from itertools import combinations

import pytest

from peerhood.gatherings.models import Gathering, Part, Rsvp
from peerhood.mixing import grouping, planning, rounds


@pytest.fixture
def online(evening):
    """Five of the twelve take part online, seven in the room."""
    Gathering.objects.filter(pk=evening.pk).update(mode="hybrid", online_capacity=20)
    evening.refresh_from_db()
    five = list(evening.rsvps.order_by("person_id").values_list("person_id", flat=True)[1:10:2])
    evening.rsvps.filter(person__in=five).update(part=Part.ONLINE)
    return set(five)


def tables_of(round):
    tables = {}
    for table, person in round.seats.order_by("table").values_list("table", "person_id"):
        tables.setdefault(table, set()).add(person)
    return list(tables.values())


def mixed(round, online):
    return [table for table in tables_of(round) if table & online and table - online]


def pairs_in(tables):
    return [frozenset(pair) for table in tables for pair in combinations(table, 2)]


def held(round, ada):
    return rounds.hold(round, by=ada)


def test_groups_are_of_one_part_and_still_new_to_each_other(evening, online, ada):
    shown = [held(grouping.group(evening, 2, by=ada), ada) for _ in range(3)]
    assert [mixed(round, online) for round in shown] == [[], [], []]
    assert sorted(len(table) for table in tables_of(shown[0])) == [2, 2, 2, 3, 3]
    # Five online are a pair and a three, four of their ten pairs each time: three times is two more than there are.
    room = [pair for round in shown for pair in pairs_in(tables_of(round)) if not pair & online]
    assert len(set(room)) == len(room)


def test_control_in_one_room_the_same_people_do_mix(evening, online, ada):
    Gathering.objects.filter(pk=evening.pk).update(mode="in-person")
    evening.refresh_from_db()
    assert any(mixed(held(grouping.group(evening, 2, by=ada), ada), online) for _ in range(3))


def test_joined_groups_are_of_one_part_and_stay_together(evening, online, ada):
    before = pairs_in(tables_of(held(grouping.group(evening, 2, by=ada), ada)))
    fours = held(grouping.join(evening, by=ada), ada)
    assert mixed(fours, online) == []
    assert set(before) <= set(pairs_in(tables_of(fours)))


def test_hosts_stay_at_tables_of_their_part(evening, online, ada):
    first = tables_of(held(grouping.group(evening, 3, by=ada, has_tables=True), ada))
    second = grouping.group(evening, 3, by=ada, has_tables=True, hosts_stay=True)
    assert mixed(second, online) == []
    assert all(before & after for before, after in zip(first, tables_of(second), strict=True))


def test_tables_that_are_planned_are_of_one_part(evening, online, ada):
    plan = planning.make_plan(evening, by=ada, rounds_count=3, table_size=4, seed=1)
    assert [mixed(round, online) for round in plan.rounds.all()] == [[], [], []]


@pytest.mark.parametrize("part", Part)
def test_who_comes_late_joins_their_part(evening, online, person, ada, part):
    shown = grouping.group(evening, 2, by=ada)
    before = pairs_in(tables_of(shown))
    late = [person(f"Late{number} Latecomer") for number in range(4)]
    for each in late:
        evening.rsvps.create(person=each, status=Rsvp.Status.GOING, part=part)
    planning.remix(evening, by=ada)
    everybody_online = online | ({each.pk for each in late} if part == Part.ONLINE else set())
    assert mixed(shown, everybody_online) == []
    assert set(before) <= set(pairs_in(tables_of(shown)))
    assert sum(map(len, tables_of(shown))) == 16


def test_whoever_is_alone_in_their_part_sits_with_the_others(evening, online, ada):
    evening.rsvps.filter(person__in=sorted(online)[1:]).delete()
    shown = grouping.group(evening, 2, by=ada)
    assert min(map(len, tables_of(shown))) > 1
    assert sum(map(len, tables_of(shown))) == 8


def test_a_pin_stays_and_one_to_a_table_of_the_other_part_is_let_go(evening, online, ada):
    plan = planning.make_plan(evening, by=ada, rounds_count=2, table_size=4, seed=1)
    round = plan.rounds.get(number=1)
    stays, moves = round.seats.exclude(person__in=online).order_by("table")[:2]
    for seat in (stays, moves):
        rounds.pin(seat, by=ada, is_pinned=True)
    evening.rsvps.filter(person=moves.person_id).update(part=Part.ONLINE)
    plan = planning.make_plan(evening, by=ada, rounds_count=2, table_size=4, seed=2)
    round = plan.rounds.get(number=1)
    assert mixed(round, online | {moves.person_id}) == []
    kept = round.seats.filter(is_pinned=True)
    assert [(seat.person_id, seat.table) for seat in kept] == [(stays.person_id, stays.table)]

import pytest
from django.utils import timezone

from peerhood.mixing import planning, queries, rounds
from peerhood.mixing.models import Encounter, Seat
from peerhood.mixing.tests.reading import pairs, tables
from peerhood.platform.refusals import Refusal


def test_two_people_swap_and_the_figures_follow(plan, ada):
    first = plan.rounds.first()
    one = first.seats.get(person=ada)
    other = first.seats.exclude(table=one.table).first()
    before = one.table, other.table
    rounds.swap(one, other, by=ada)
    one.refresh_from_db()
    other.refresh_from_db()
    plan.refresh_from_db()
    assert (other.table, one.table) == before
    assert plan.figures["people"] == 12


def test_a_swap_begins_from_the_seats_as_they_stand(plan, ada):
    first = plan.rounds.first()
    one, two, three = (first.seats.filter(table=table).first() for table in (1, 2, 3))
    # Another host moved the first to table 2, while this page still shows it at table 1.
    rounds.swap(Seat.objects.get(pk=one.pk), Seat.objects.get(pk=two.pk), by=ada)
    rounds.swap(one, three, by=ada)
    assert sorted(map(len, tables(first))) == [4, 4, 4]


def test_seats_of_tables_that_were_mixed_again_are_left_alone(plan, evening, ada):
    one, two = plan.rounds.first().seats.order_by("table")[:5:4]
    planning.make_plan(evening, by=ada, rounds_count=2, table_size=3, seed=2)
    for act in (lambda: rounds.swap(one, two, by=ada), lambda: rounds.pin(one, by=ada, is_pinned=True)):
        with pytest.raises(Refusal, match="mixed again"):
            act()


def test_whoever_is_pinned_is_not_swapped(plan, ada):
    first = plan.rounds.first()
    one = first.seats.get(person=ada)
    rounds.pin(one, by=ada, is_pinned=True)
    with pytest.raises(Refusal):
        rounds.swap(one, first.seats.exclude(table=one.table).first(), by=ada)


def test_a_person_is_told_their_table_once_the_round_is_shown(plan, evening, ada):
    assert queries.seat_of(evening, ada) is None
    rounds.publish(plan.rounds.first(), by=ada)
    round, table, others = queries.seat_of(evening, ada)
    assert (round.number, len(others)) == (1, 3)
    assert ada not in others
    assert {*(p.name for p in others), ada.name} == tables(round)[table - 1]


def test_a_round_that_took_place_leaves_encounters_once(plan, ada):
    first = plan.rounds.first()
    rounds.publish(first, by=ada)
    rounds.hold(first, by=ada)
    rounds.hold(first, by=ada)
    met = {frozenset((e.one.name, e.other.name)) for e in Encounter.objects.select_related("one", "other")}
    assert met == pairs(first)
    assert Encounter.objects.count() == len(met) == 18


def test_somebody_who_never_came_met_nobody(plan, evening, ada):
    evening.rsvps.exclude(person__name="Guest3 Guestson").update(checked_in_at=timezone.now())
    first = plan.rounds.first()
    rounds.publish(first, by=ada)
    rounds.hold(first, by=ada)
    absent = evening.rsvps.get(person__name="Guest3 Guestson").person
    assert list(Encounter.objects.of(absent)) == []
    assert Encounter.objects.count() == 15


def test_a_round_that_was_never_shown_cannot_have_taken_place(plan, ada):
    with pytest.raises(Refusal):
        rounds.hold(plan.rounds.first(), by=ada)

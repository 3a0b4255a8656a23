"""Mixing again for who is here: late arrivals get a chair, and nobody moves without need."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from peerhood.gatherings.models import Rsvp
from peerhood.journal.models import Entry
from peerhood.mixing import planning, queries, rounds
from peerhood.mixing.models import Encounter, Plan, Round, Seat
from peerhood.platform.refusals import Refusal


@pytest.fixture
def comes(evening, person):
    def come(name):
        return evening.rsvps.create(person=person(name), status=Rsvp.Status.GOING).person

    return come


@pytest.fixture
def goes(evening):
    def leave(person):
        evening.rsvps.filter(person=person).update(status=Rsvp.Status.DECLINED)

    return leave


def seated(round: Round) -> dict[int, int]:
    """Each person's table."""
    return dict(round.seats.values_list("person_id", "table"))


def sizes(round: Round) -> list[int]:
    return sorted(len(people) for _number, people in queries.tables_of(round))


def test_who_comes_late_gets_a_chair_in_the_round_on_the_screens_and_nobody_moves(plan, evening, ada, comes):
    first, second, third = plan.rounds.all()
    rounds.publish(first, by=ada)
    before = seated(first)
    late = comes("Late Larsson")
    planning.remix(evening, by=ada)
    after = seated(first)
    assert after.pop(late.pk) in {1, 2, 3}
    assert after == before
    assert [late.pk in seated(round) for round in (second, third)] == [True, True]
    assert sizes(second) == [4, 4, 5]


def test_who_left_gives_up_their_seats_and_nobody_else_moves(plan, evening, ada, goes):
    first, second, _third = plan.rounds.all()
    rounds.publish(first, by=ada)
    before = seated(first)
    gone = first.seats.exclude(person=ada).first().person
    goes(gone)
    figures = planning.remix(evening, by=ada).figures
    del before[gone.pk]
    assert seated(first) == before
    assert gone.pk not in seated(second)
    # Whoever sits nowhere is not somebody who meets nobody new.
    assert (figures["people"], figures["fewest_new"] > 0) == (11, True)


def test_whoever_would_sit_alone_joins_another_table(plan, evening, ada, goes):
    first = plan.rounds.first()
    rounds.publish(first, by=ada)
    home = first.seats.get(person=ada).table
    for seat in first.seats.filter(table=home).exclude(person=ada):
        goes(seat.person)
    before = seated(first)
    planning.remix(evening, by=ada)
    after = seated(first)
    assert after.pop(ada.pk) != home
    assert after == {who: table for who, table in before.items() if table != home}


def test_somebody_alone_stays_where_they_are_when_somebody_comes(plan, evening, ada, comes, goes):
    first = plan.rounds.first()
    rounds.publish(first, by=ada)
    home = first.seats.get(person=ada).table
    for seat in first.seats.filter(table=home).exclude(person=ada):
        goes(seat.person)
    late = comes("Late Larsson")
    planning.remix(evening, by=ada)
    after = seated(first)
    assert (after[ada.pk], after[late.pk]) == (home, home)


def test_many_who_come_late_get_a_table_of_their_own(plan, evening, ada, comes):
    first = plan.rounds.first()
    rounds.publish(first, by=ada)
    before = seated(first)
    late = [comes(f"Late{n} Larsson").pk for n in range(8)]
    planning.remix(evening, by=ada)
    after = seated(first)
    assert {after[who] for who in before} == {1, 2, 3}
    assert {who: after[who] for who in before} == before
    assert max(after[who] for who in late) > 3
    assert min(sizes(first)) >= 3


def test_a_round_that_took_place_stays_with_its_encounters(plan, evening, ada, comes):
    first, second, _third = plan.rounds.all()
    rounds.publish(first, by=ada)
    rounds.hold(first, by=ada)
    before = seated(first)
    comes("Late Larsson")
    planning.remix(evening, by=ada)
    assert seated(first) == before
    assert Encounter.objects.count() == 18
    assert len(seated(second)) == 13


def test_pins_stay(plan, evening, ada, comes):
    seat = Seat.objects.get(round__number=2, person=ada)
    rounds.pin(seat, by=ada, is_pinned=True)
    comes("Late Larsson")
    planning.remix(evening, by=ada)
    kept = Seat.objects.get(round__number=2, person=ada)
    assert (kept.table, kept.is_pinned) == (seat.table, True)


def test_once_people_are_checked_in_only_they_are_here(plan, evening, ada):
    evening.rsvps.filter(person__in=[seat.person_id for seat in plan.rounds.first().seats.all()[:7]]).update(
        checked_in_at=timezone.now()
    )
    planning.remix(evening, by=ada)
    assert [len(seated(round)) for round in plan.rounds.all()] == [7, 7, 7]


def test_the_figures_are_those_of_the_new_seats(plan, evening, ada, comes):
    comes("Late Larsson")
    assert planning.remix(evening, by=ada).figures["people"] == 13
    assert Plan.objects.get().figures["people"] == 13
    assert Entry.objects.filter(name="plan.remixed").count() == 1


def test_a_facilitator_may_and_a_member_may_not(plan, evening, makers, ben, chi, dot, comes):
    makers.memberships.filter(person=ben).update(role="facilitator")
    comes("Late Larsson")
    planning.remix(evening, by=ben)
    for person in (chi, dot):
        with pytest.raises(PermissionDenied):
            planning.remix(evening, by=person)


def test_there_must_be_tables_and_a_round_to_come(evening, ada):
    with pytest.raises(Refusal, match="no tables yet"):
        planning.remix(evening, by=ada)
    plan = planning.make_plan(evening, by=ada, rounds_count=1, table_size=4)
    rounds.hold(rounds.publish(plan.rounds.get(), by=ada), by=ada)
    with pytest.raises(Refusal, match="Every round took place"):
        planning.remix(evening, by=ada)


def test_came_and_left_are_counted(plan, evening, ada, comes, goes):
    assert queries.came_and_left(evening) == (0, 0)
    comes("Late Larsson")
    comes("Later Larsson")
    goes(evening.rsvps.going().exclude(person=ada).first().person)
    assert queries.came_and_left(evening) == (2, 1)
    planning.remix(evening, by=ada)
    assert queries.came_and_left(evening) == (0, 0)

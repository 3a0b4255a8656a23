from itertools import combinations

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from peerhood.circles.models import Competition
from peerhood.gatherings.models import Rsvp
from peerhood.mixing import planning, queries
from peerhood.mixing.models import Encounter, Plan, Round, Seat
from peerhood.people.models import Employer
from peerhood.platform.refusals import Refusal


def tables(round: Round) -> list[set[str]]:
    return [{person.name for person in people} for _number, people in queries.tables_of(round)]


def pairs(round: Round) -> set[frozenset]:
    return {frozenset(pair) for table in tables(round) for pair in combinations(sorted(table), 2)}


def test_everybody_with_a_seat_sits_once_in_every_round(plan, evening):
    going = {rsvp.person.name for rsvp in evening.rsvps.going()}
    for round in plan.rounds.all():
        assert set().union(*tables(round)) == going
        assert sorted(map(len, tables(round))) == [4, 4, 4]


def test_once_somebody_is_checked_in_only_those_who_are_here_get_a_table(evening, ada):
    here = list(evening.rsvps.going()[:6])
    for rsvp in here:
        rsvp.checked_in_at = timezone.now()
        rsvp.save()
    plan = planning.make_plan(evening, by=ada, rounds_count=1, table_size=3)
    assert set().union(*tables(plan.rounds.get())) == {rsvp.person.name for rsvp in here}


def test_a_swap_begins_from_the_seats_as_they_stand(plan, ada):
    first = plan.rounds.first()
    one, two, three = (first.seats.filter(table=table).first() for table in (1, 2, 3))
    # Another host moved the first to table 2, while this page still shows it at table 1.
    planning.swap(Seat.objects.get(pk=one.pk), Seat.objects.get(pk=two.pk), by=ada)
    planning.swap(one, three, by=ada)
    assert sorted(map(len, tables(first))) == [4, 4, 4]


def test_seats_of_tables_that_were_mixed_again_are_left_alone(plan, evening, ada):
    one, two = plan.rounds.first().seats.order_by("table")[:5:4]
    planning.make_plan(evening, by=ada, rounds_count=2, table_size=3, seed=2)
    for act in (lambda: planning.swap(one, two, by=ada), lambda: planning.pin(one, by=ada, is_pinned=True)):
        with pytest.raises(Refusal, match="mixed again"):
            act()


def test_only_a_host_mixes(evening, ben, dot):
    for person in (ben, dot):
        with pytest.raises(PermissionDenied):
            planning.make_plan(evening, by=person, rounds_count=2, table_size=4)
    assert Plan.objects.count() == 0


def test_three_people_are_too_few_to_mix(makers, ada, ben, chi, gathering):
    small = gathering(makers)
    for person in (ada, ben, chi):
        small.rsvps.create(person=person, status=Rsvp.Status.GOING)
    with pytest.raises(Refusal):
        planning.make_plan(small, by=ada, rounds_count=2, table_size=3)


def test_a_round_that_took_place_leaves_encounters_once(plan, ada):
    first = plan.rounds.first()
    planning.publish_round(first, by=ada)
    planning.hold_round(first, by=ada)
    planning.hold_round(first, by=ada)
    met = {frozenset((e.one.name, e.other.name)) for e in Encounter.objects.select_related("one", "other")}
    assert met == pairs(first)
    assert Encounter.objects.count() == len(met) == 18


def test_somebody_who_never_came_met_nobody(plan, evening, ada):
    evening.rsvps.exclude(person__name="Guest3 Guestson").update(checked_in_at=timezone.now())
    first = plan.rounds.first()
    planning.publish_round(first, by=ada)
    planning.hold_round(first, by=ada)
    absent = evening.rsvps.get(person__name="Guest3 Guestson").person
    assert list(Encounter.objects.of(absent)) == []
    assert Encounter.objects.count() == 15


def test_a_round_that_was_never_shown_cannot_have_taken_place(plan, ada):
    with pytest.raises(Refusal):
        planning.hold_round(plan.rounds.first(), by=ada)


def test_the_next_gathering_remembers_who_met(plan, evening, ada, makers, gathering):
    for round in plan.rounds.all():
        planning.publish_round(round, by=ada)
        planning.hold_round(round, by=ada)
    later = gathering(makers, title="Later", starts_at=evening.starts_at + timezone.timedelta(days=30))
    for rsvp in evening.rsvps.going():
        later.rsvps.create(person=rsvp.person, status=Rsvp.Status.GOING)
    after = planning.make_plan(later, by=ada, rounds_count=1, table_size=4, seed=1)
    met = set().union(*map(pairs, plan.rounds.all()))
    # Twelve people in three rounds of fours cannot be spread better than this; the control is below.
    assert len(pairs(after.rounds.get()) & met) < 18 * len(met) / 66
    assert after.figures["new"] < after.figures["met"]


def test_control_without_history_everybody_is_new(plan):
    assert plan.figures["repeats"][0] == 0


def test_mixing_again_keeps_what_was_shown_and_changes_the_rest(plan, evening, ada, person):
    first, second, _third = plan.rounds.all()
    planning.publish_round(first, by=ada)
    before = tables(first)
    evening.rsvps.create(person=person("Late Larsson"), status=Rsvp.Status.GOING)
    plan = planning.make_plan(evening, by=ada, rounds_count=3, table_size=4)
    first, second, third = plan.rounds.all()
    assert (first.state, tables(first)) == (Round.State.PUBLISHED, before)
    for round in (second, third):
        assert len(set().union(*tables(round))) == 13


def test_a_pinned_person_stays_at_the_table(plan, evening, ada):
    seat = Seat.objects.get(round__number=2, person=ada)
    planning.pin(seat, by=ada, is_pinned=True)
    for _again in range(3):
        planning.make_plan(evening, by=ada, rounds_count=3, table_size=4)
        kept = Seat.objects.get(round__plan=plan, round__number=2, person=ada)
        assert (kept.table, kept.is_pinned) == (seat.table, True)


def test_two_people_swap_and_the_figures_follow(plan, ada):
    first = plan.rounds.first()
    one = first.seats.get(person=ada)
    other = first.seats.exclude(table=one.table).first()
    before = one.table, other.table
    planning.swap(one, other, by=ada)
    one.refresh_from_db()
    other.refresh_from_db()
    plan.refresh_from_db()
    assert (other.table, one.table) == before
    assert plan.figures["people"] == 12


def test_whoever_is_pinned_is_not_swapped(plan, ada):
    first = plan.rounds.first()
    one = first.seats.get(person=ada)
    planning.pin(one, by=ada, is_pinned=True)
    with pytest.raises(Refusal):
        planning.swap(one, first.seats.exclude(table=one.table).first(), by=ada)


def test_companions_sit_together_in_round_one_at_most(evening, ada):
    rsvp = evening.rsvps.get(person__name="Guest1 Guestson")
    rsvp.companion = evening.rsvps.get(person__name="Guest2 Guestson").person
    rsvp.save()
    plan = planning.make_plan(evening, by=ada, rounds_count=3, table_size=4, seed=1)
    companions = frozenset(("Guest1 Guestson", "Guest2 Guestson"))
    assert [companions in pairs(round) for round in plan.rounds.all()][1:] == [False, False]


def test_a_first_timer_sits_with_a_greeter_in_round_one(evening, ada, makers, gathering):
    """Three have never been here; Ada and two greeters have."""
    earlier = gathering(makers, starts_at=evening.starts_at - timezone.timedelta(days=60))
    regulars = evening.rsvps.exclude(
        person__name__in=["Guest1 Guestson", "Guest2 Guestson", "Guest3 Guestson"]
    )
    for rsvp in regulars:
        earlier.rsvps.create(person=rsvp.person, status=Rsvp.Status.GOING, checked_in_at=earlier.starts_at)
    for name in ("Guest8 Guestson", "Guest9 Guestson"):
        greeter = evening.rsvps.get(person__name=name).person
        makers.memberships.create(person=greeter, role="greeter")
    plan = planning.make_plan(evening, by=ada, rounds_count=2, table_size=4, seed=3)
    newcomers = {"Guest1 Guestson", "Guest2 Guestson", "Guest3 Guestson"}
    greeters = {ada.name, "Guest8 Guestson", "Guest9 Guestson"}
    assert all(table & greeters for table in tables(plan.rounds.first()) if table & newcomers)
    assert plan.figures["uncovered"] == 0


def test_competitors_who_have_not_both_agreed_do_not_share_a_table(evening, ada, makers):
    one, other = (Employer.objects.create(name=name) for name in ("Havsrud", "Lindvik"))
    Competition.objects.create(circle=makers, one=one, other=other)
    rivals = [evening.rsvps.get(person__name=f"Guest{n} Guestson").person for n in (4, 5)]
    for person, employer in zip(rivals, (one, other), strict=True):
        person.affiliations.create(employer=employer)
    plan = planning.make_plan(evening, by=ada, rounds_count=3, table_size=4, seed=1)
    assert not any(frozenset(p.name for p in rivals) in pairs(round) for round in plan.rounds.all())


def test_the_same_seed_gives_the_same_tables(evening, ada):
    one = [
        tables(round)
        for round in planning.make_plan(evening, by=ada, rounds_count=2, table_size=4, seed=5).rounds.all()
    ]
    other = [
        tables(round)
        for round in planning.make_plan(evening, by=ada, rounds_count=2, table_size=4, seed=5).rounds.all()
    ]
    assert one == other


def test_a_person_is_told_their_table_once_the_round_is_shown(plan, evening, ada):
    assert queries.seat_of(evening, ada) is None
    planning.publish_round(plan.rounds.first(), by=ada)
    round, table, others = queries.seat_of(evening, ada)
    assert (round.number, len(others)) == (1, 3)
    assert ada not in others
    assert {*(p.name for p in others), ada.name} == tables(round)[table - 1]

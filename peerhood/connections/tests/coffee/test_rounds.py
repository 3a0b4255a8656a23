"""Rounds: asked, taking part, the pairs, and what organisers read."""

from datetime import date, timedelta
from itertools import combinations

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from peerhood.circles.models import Circle
from peerhood.connections.coffee import following_up, joining, pairing, queries, rounds
from peerhood.connections.models import CoffeeCadence, CoffeeRound, CoffeeSeat
from peerhood.connections.tests.coffee.conftest import BEFORE, MONDAY, worker
from peerhood.notices.models import Mail
from peerhood.people import silence
from peerhood.platform.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel(BEFORE, tick=False) as moving:
        yield moving


@pytest.fixture
def weekly(clock, makers, ada):
    return rounds.set_cadence(makers, by=ada, every_days=7, first_on=MONDAY)


def mails(kind):
    return Mail.objects.filter(kind=f"connections/{kind}").order_by("pk")


@pytest.fixture
def open_round(weekly, clock):
    clock.move_to(BEFORE + timedelta(days=3))
    worker()
    return CoffeeRound.objects.get()


def make_pairs(clock):
    clock.move_to(BEFORE + timedelta(days=7))
    worker()


def cups(round):
    found = {}
    for seat in round.seats.exclude(pair=None).select_related("person"):
        found.setdefault(seat.pair, set()).add(seat.person)
    return list(found.values())


def test_only_an_organiser_begins_and_stops(clock, makers, ada, ben):
    with pytest.raises(PermissionDenied):
        rounds.set_cadence(makers, by=ben, every_days=7, first_on=MONDAY)
    rounds.set_cadence(makers, by=ada, every_days=7, first_on=MONDAY)
    with pytest.raises(PermissionDenied):
        rounds.stop(makers, by=ben)
    rounds.stop(makers, by=ada)
    assert not CoffeeCadence.objects.exists()


def test_members_are_asked_once_four_days_before(weekly, clock, ada, ben, chi):
    worker()
    assert not CoffeeRound.objects.exists()
    clock.move_to(BEFORE + timedelta(days=3))
    worker()
    worker()
    assert [mail.person for mail in mails("coffee_round_asks")] == [ada, ben, chi]
    weekly.refresh_from_db()
    assert weekly.next_on == MONDAY + timedelta(days=7)


def test_nobody_takes_part_who_has_not_said_so(open_round, clock):
    make_pairs(clock)
    assert not CoffeeSeat.objects.exists()
    assert CoffeeRound.objects.paired().count() == 1


def test_those_who_said_yes_are_paired_once_and_hear_of_each_other(open_round, clock, ada, ben):
    joining.join(open_round, ada)
    joining.join(open_round, ben)
    make_pairs(clock)
    worker()
    assert cups(open_round) == [{ada, ben}]
    texts = {mail.person: mail.text for mail in mails("coffee_round_pair")}
    assert set(texts) == {ada, ben}
    assert "Ben Berg" in texts[ada]
    assert "ben@example.org" in texts[ada]


def test_an_odd_one_makes_a_trio(open_round, clock, ada, ben, chi):
    for each in (ada, ben, chi):
        joining.join(open_round, each)
    make_pairs(clock)
    assert cups(open_round) == [{ada, ben, chi}]


def test_whoever_says_yes_alone_is_told_kindly(open_round, clock, ada, as_):
    joining.join(open_round, ada)
    make_pairs(clock)
    assert mails("coffee_round_nobody").get().person == ada
    assert "nobody was found for you" in as_(ada).get("/connections/coffee/rounds/makers/").text


def test_a_silence_leaves_them_apart_and_reads_as_when_nobody_came(open_round, clock, ada, ben):
    silence.keep_apart(ben, ada)
    for each in (ada, ben):
        joining.join(open_round, each)
    make_pairs(clock)
    assert cups(open_round) == []
    assert [mail.person for mail in mails("coffee_round_nobody")] == [ada, ben]


def test_whoever_a_silence_would_leave_alone_is_the_third_elsewhere(
    open_round, clock, makers, ada, ben, chi, person
):
    eve = person("Eve Ek")
    makers.memberships.create(person=eve)
    for other in (ben, chi):
        silence.keep_apart(ada, other)
        silence.keep_apart(eve, other)
    silence.keep_apart(ada, eve)
    for each in (ada, ben, chi, eve):
        joining.join(open_round, each)
    make_pairs(clock)
    assert cups(open_round) == [{ben, chi}]
    assert {mail.person for mail in mails("coffee_round_nobody")} == {ada, eve}


def test_a_cup_that_must_not_be_is_shared_out():
    apart = frozenset({frozenset({1, 2})})
    assert sorted(pairing._without_silences([(1, 2), (3, 4), (5, 6)], apart)) == [(1, 3, 4), (2, 5, 6)]


def test_it_takes_no_answer_after_the_pairs_are_made(open_round, clock, ada, ben):
    joining.join(open_round, ada)
    clock.move_to(BEFORE + timedelta(days=7))
    with pytest.raises(Refusal):
        joining.join(open_round, ben)
    with pytest.raises(Refusal):
        joining.skip(open_round, ada)


def test_somebody_who_skips_or_leaves_is_not_paired(open_round, clock, makers, ada, ben, chi):
    for each in (ada, ben, chi):
        joining.join(open_round, each)
    joining.skip(open_round, chi)
    makers.memberships.filter(person=ben).update(state="left")
    make_pairs(clock)
    assert cups(open_round) == []


def test_every_round_needs_no_mail_and_a_pause_lasts_until_its_day(weekly, clock, makers, ada, ben, chi):
    joining.make_a_habit(makers, ada, every_round=True, paused_until=None)
    joining.make_a_habit(makers, ben, every_round=True, paused_until=MONDAY + timedelta(days=7))
    clock.move_to(BEFORE + timedelta(days=3))
    worker()
    assert [mail.person for mail in mails("coffee_round_asks")] == [chi]
    assert [seat.person for seat in CoffeeSeat.objects.all()] == [ada]
    clock.move_to(BEFORE + timedelta(days=10))
    worker()
    later = CoffeeRound.objects.open().get()
    assert {seat.person for seat in later.seats.all()} == {ada, ben}


def test_a_habit_holds_for_the_open_round_too(open_round, makers, ben):
    joining.make_a_habit(makers, ben, every_round=True, paused_until=None)
    assert open_round.seats.get().person == ben
    joining.make_a_habit(makers, ben, every_round=True, paused_until=MONDAY + timedelta(days=1))
    assert not open_round.seats.exists()


def test_after_a_long_stand_of_the_worker_one_round_comes_and_not_many(weekly, clock):
    clock.move_to(BEFORE + timedelta(days=60))
    worker()
    worker()
    assert CoffeeRound.objects.count() <= 1
    weekly.refresh_from_db()
    assert weekly.next_on > date(2027, 3, 4)


def test_stopping_drops_the_open_round_and_keeps_the_pairs(open_round, clock, makers, ada, ben):
    joining.join(open_round, ada)
    joining.join(open_round, ben)
    make_pairs(clock)
    clock.move_to(BEFORE + timedelta(days=10))
    worker()
    rounds.stop(makers, by=ada)
    assert list(CoffeeRound.objects.all()) == [open_round]


@pytest.fixture
def chapters(makers, dot):
    network = Circle.objects.create(
        name="All", slug="all", purpose="x", language="en", time_zone="Europe/Stockholm"
    )
    sister = Circle.objects.create(
        name="East", slug="east", purpose="x", language="en", time_zone="Europe/Stockholm", parent=network
    )
    Circle.objects.filter(pk=makers.pk).update(parent=network)
    makers.refresh_from_db()
    sister.memberships.create(person=dot)
    return sister


def test_across_chapters_members_of_sisters_take_part(chapters, clock, makers, ada, dot, as_):
    assert as_(dot).get("/connections/coffee/rounds/makers/").status_code == 404
    rounds.set_cadence(makers, by=ada, every_days=7, first_on=MONDAY, across_chapters=True)
    assert as_(dot).get("/connections/coffee/rounds/makers/").status_code == 200
    clock.move_to(BEFORE + timedelta(days=3))
    worker()
    round = CoffeeRound.objects.get()
    joining.join(round, ada)
    joining.join(round, dot)
    make_pairs(clock)
    assert cups(round) == [{ada, dot}]


def test_a_closed_circle_has_its_coffee_alone(clock, forum, ada):
    with pytest.raises(Refusal):
        rounds.set_cadence(forum, by=ada, every_days=7, first_on=MONDAY, across_chapters=True)


def test_somebody_from_outside_takes_no_part(open_round, dot, as_):
    with pytest.raises(PermissionDenied):
        joining.join(open_round, dot)
    assert as_(dot).get("/connections/coffee/rounds/makers/").status_code == 404


def test_organisers_read_counts_from_five_on_and_never_a_name(
    open_round, clock, makers, ada, ben, chi, person, as_
):
    others = [person(f"Name{number} Surname{number}") for number in range(5)]
    for each in others:
        makers.memberships.create(person=each)
        joining.join(open_round, each)
    joining.join(open_round, ben)
    make_pairs(clock)
    for seat in CoffeeSeat.objects.order_by("pk")[:4]:
        following_up.say_of_round(seat, seat.person, met=True)
    assert [(n.took_part, n.met) for n in queries.numbers_of(makers)] == [(6, None)]
    page = as_(ada).get("/connections/coffee/rounds/makers/").text
    assert "6 took part" in page
    assert "fewer than five say that they met" in page
    assert not any(each.name in page for each in [*others, ben])
    seat = CoffeeSeat.objects.order_by("pk")[4]
    following_up.say_of_round(seat, seat.person, met=True)
    assert queries.numbers_of(makers)[0].met == 5  # control: from five on it is said


def test_each_is_asked_once_whether_they_met_and_a_no_is_no_meeting(open_round, clock, makers, ada, ben):
    from peerhood.connections.coffee import memory

    joining.join(open_round, ada)
    joining.join(open_round, ben)
    make_pairs(clock)
    clock.move_to(BEFORE + timedelta(days=14))
    worker()
    worker()
    assert [mail.person for mail in mails("coffee_round_met")] == [ada, ben]
    pair = tuple(sorted((ada.pk, ben.pk)))
    assert pair in memory.history_of([ada.pk, ben.pk])
    following_up.say_of_round(open_round.seats.get(person=ben), ben, met=False)
    assert memory.history_of([ada.pk, ben.pk]) == {}


def test_a_look_at_the_page_changes_nothing_and_a_tap_does(open_round, ada, as_):
    page = as_(ada).get("/connections/coffee/rounds/makers/")
    assert "I take part" in page.text
    assert as_(ada).get(f"/connections/coffee/rounds/makers/{open_round.pk}/join/").status_code == 405
    assert not CoffeeSeat.objects.exists()
    as_(ada).post(f"/connections/coffee/rounds/makers/{open_round.pk}/join/")
    assert CoffeeSeat.objects.get().person == ada


def test_competitors_have_no_coffee_unless_both_say_so(open_round, clock, makers, ada, ben):
    from peerhood.circles.models import Competition
    from peerhood.people import affiliations

    affiliations.add(ada, "North AB", title="x")
    affiliations.add(ben, "South AB", title="x")
    one, other = (each.current_affiliation().employer for each in (ada, ben))
    one, other = sorted((one, other), key=lambda each: each.pk)
    Competition.objects.create(circle=makers, one=one, other=other)
    frame = lambda: pairing._framed(open_round).apart  # noqa: E731
    joining.join(open_round, ada)
    joining.join(open_round, ben)
    assert frame() == {frozenset({ada.pk, ben.pk})}
    makers.memberships.update(sits_with_competitors=True)
    assert frame() == frozenset()


def test_pairs_have_no_more_than_three(open_round, clock, makers, person):
    for number in range(9):
        each = person(f"Many{number} More")
        makers.memberships.create(person=each)
        joining.join(open_round, each)
    make_pairs(clock)
    assert sorted(len(cup) for cup in cups(open_round)) == [2, 2, 2, 3]
    assert all(len(set(both)) == 2 for cup in cups(open_round) for both in combinations(cup, 2))

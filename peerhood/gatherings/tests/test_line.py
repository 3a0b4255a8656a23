"""The line: who may have a place, to whom it is given, and to whom it is offered."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now
from hypothesis import given
from hypothesis import strategies as st

from peerhood.gatherings import door, planning, rsvp
from peerhood.gatherings.coming import choosing, offering
from peerhood.gatherings.models import Gathering, Rsvp
from peerhood.journal.models import Entry
from peerhood.notices.models import Mail
from peerhood.platform.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def near(gathering, makers, ada):
    """One seat, twelve hours from now."""
    near = gathering(makers, capacity=1, starts_at=now() + timedelta(hours=12))
    near.hosts.add(ada)
    return near


@pytest.fixture
def asked(gathering, makers, ada):
    """Two seats, and the organisers say yes to each answer."""
    asked = gathering(makers, capacity=2, needs_approval=True)
    asked.hosts.add(ada)
    return asked


@pytest.fixture
def crowd(makers, person):
    people = [person(f"Guest{number} Guest") for number in range(4)]
    for each in people:
        makers.memberships.create(person=each)
    return people


def status(gathering, *people):
    return [gathering.rsvps.get(person=person).status for person in people]


def kinds(person):
    return list(Mail.objects.filter(address=person.email).order_by("pk").values_list("kind", flat=True))


def let_pass(gathering):
    """The time of every offer is over, and the worker comes by."""
    gathering.rsvps.offered().update(offer_ends_at=now() - timedelta(minutes=1))
    rsvp.settle_all_due()


# From the day before, a place is offered


def test_a_seat_freed_shortly_before_is_offered_and_holds_its_place(near, ada, ben, chi, dot, crowd):
    for each in (ada, ben, chi):
        rsvp.attend(near, each)
    rsvp.withdraw(near, ada)
    assert status(near, ben, chi) == ["offered", "waitlisted"]
    # Nobody slips past an offer that stands.
    assert rsvp.attend(near, crowd[0]).is_waiting()
    assert kinds(ben)[-1] == "gatherings/offered"


def test_who_says_yes_has_it_and_who_says_no_passes_it_on(near, ada, ben, chi):
    for each in (ada, ben, chi):
        rsvp.attend(near, each)
    rsvp.withdraw(near, ada)
    rsvp.withdraw(near, ben)
    assert status(near, ben, chi) == ["declined", "offered"]
    rsvp.attend(near, chi)
    assert status(near, chi) == ["going"]
    assert kinds(chi)[-1] == "gatherings/seated"


def test_an_offer_nobody_answers_goes_to_the_next_and_says_so_kindly(near, ada, ben, chi):
    for each in (ada, ben, chi):
        rsvp.attend(near, each)
    rsvp.withdraw(near, ada)
    let_pass(near)
    assert status(near, ben, chi) == ["declined", "offered"]
    assert kinds(ben)[-1] == "gatherings/offer_over"
    let_pass(near)
    assert status(near, ben, chi) == ["declined", "declined"]
    assert Gathering.objects.get(pk=near.pk).free_seats() == 1
    # Twice is once: nobody is written to again.
    before = Mail.objects.count()
    let_pass(near)
    assert Mail.objects.count() == before


def test_an_offer_whose_time_is_over_takes_no_place_before_the_worker_comes(near, ada, ben, chi):
    for each in (ada, ben):
        rsvp.attend(near, each)
    rsvp.withdraw(near, ada)
    near.rsvps.offered().update(offer_ends_at=now() - timedelta(minutes=1))
    assert rsvp.attend(near, chi).is_going()
    assert status(near, ben) == ["declined"]


def test_a_yes_that_comes_too_late_stands_at_the_end_of_the_line(near, ada, ben, chi):
    for each in (ada, ben, chi):
        rsvp.attend(near, each)
    rsvp.withdraw(near, ada)
    near.rsvps.offered().update(offer_ends_at=now() - timedelta(minutes=1))
    assert rsvp.attend(near, ben).is_waiting()
    assert status(near, chi) == ["offered"]


def test_two_days_before_a_place_is_given_at_once(supper, ada, ben):
    rsvp.attend(supper, ada)
    rsvp.attend(supper, ben)
    rsvp.withdraw(supper, ada)
    assert status(supper, ben) == ["going"]


def test_whoever_waits_or_is_offered_a_place_has_nothing_in_their_calendar(client, near, ada, ben, chi):
    for each in (ada, ben, chi):
        rsvp.attend(near, each)
    rsvp.withdraw(near, ada)
    for each, answer in ((ben, 409), (chi, 409)):
        client.force_login(each)
        assert client.get(f"/gatherings/{near.pk}/calendar.ics").status_code == answer
    rsvp.attend(near, ben)
    client.force_login(ben)
    assert client.get(f"/gatherings/{near.pk}/calendar.ics").status_code == 200


def test_a_cancelled_gathering_offers_nothing_any_more(near, ada, ben):
    rsvp.attend(near, ada)
    rsvp.attend(near, ben)
    rsvp.withdraw(near, ada)
    planning.cancel(near, by=ada)
    let_pass(near)
    assert status(near, ben) == ["cancelled"]


@given(
    hours=st.floats(0.02, 24),
    minutes=st.integers(0, 2 * 365 * 24 * 60),
)
def test_an_offer_ends_after_it_was_made_and_never_after_the_start(hours, minutes):
    zone = ZoneInfo("Europe/Stockholm")
    starts_at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    made_at = starts_at - timedelta(hours=hours)
    end = offering.ends_at(made_at, starts_at, zone)
    assert made_at < end <= starts_at


def test_the_time_to_say_yes_shortens_and_nobody_is_woken_for_it():
    zone = ZoneInfo("Europe/Stockholm")
    noon = datetime(2027, 1, 21, 13, tzinfo=zone)
    times = [offering.ends_at(noon - timedelta(hours=hours), noon, zone) for hours in (24, 12, 6, 3, 1)]
    lengths = [
        end - (noon - timedelta(hours=hours)) for end, hours in zip(times, (24, 12, 6, 3, 1), strict=True)
    ]
    assert lengths[0] == timedelta(hours=4)
    assert lengths[2:] == sorted(lengths[2:], reverse=True)
    # Offered at one in the night: not over before nine.
    assert times[1] == datetime(2027, 1, 21, 9, tzinfo=zone)
    dawn = datetime(2027, 1, 21, 7, 30, tzinfo=zone)
    assert offering.ends_at(dawn - timedelta(hours=8), dawn, zone) == dawn - offering.LAST_CALL


# Asking, being eligible and waiting are facts of their own


def test_an_answer_waits_for_the_organisers_word_and_takes_no_seat(asked, ben):
    mine = rsvp.attend(asked, ben)
    assert (mine.is_applied(), Gathering.objects.get(pk=asked.pk).free_seats()) == (True, 2)
    assert kinds(ben) == ["gatherings/applied"]


def test_a_yes_gives_a_free_place_at_once(asked, ada, ben):
    choosing.approve(rsvp.attend(asked, ben), by=ada)
    assert status(asked, ben) == ["going"]
    assert kinds(ben) == ["gatherings/applied", "gatherings/seated"]


def test_whoever_came_first_into_the_line_stays_first_whenever_the_yes_comes(asked, ada, crowd):
    first, second, third, fourth = crowd
    for each in crowd:
        rsvp.attend(asked, each)
    answers = {each.pk: asked.rsvps.get(person=each) for each in crowd}
    for each in (third, fourth, second, first):
        choosing.approve(answers[each.pk], by=ada)
    assert status(asked, third, fourth, first, second) == ["going", "going", "waitlisted", "waitlisted"]
    rsvp.withdraw(asked, third)
    assert status(asked, first, second) == ["going", "waitlisted"]


def test_a_freed_seat_passes_over_whoever_nobody_has_said_yes_to(asked, ada, crowd):
    first, second, third, fourth = crowd
    for each in crowd:
        rsvp.attend(asked, each)
    for each in (first, second, fourth):
        choosing.approve(asked.rsvps.get(person=each), by=ada)
    rsvp.withdraw(asked, first)
    assert status(asked, third, fourth) == ["waitlisted", "going"]


def test_whoever_runs_it_needs_nobodys_yes(asked, ada):
    assert rsvp.attend(asked, ada).is_going()


def test_a_no_is_kind_and_final_for_this_gathering(asked, ada, ben):
    choosing.refuse(rsvp.attend(asked, ben), by=ada)
    assert kinds(ben)[-1] == "gatherings/refused"
    with pytest.raises(Refusal, match="have answered"):
        rsvp.attend(asked, ben)


def test_only_those_who_run_it_say_yes_or_no(asked, ben, chi):
    mine = rsvp.attend(asked, ben)
    for act in (choosing.approve, choosing.refuse):
        with pytest.raises(PermissionDenied):
            act(mine, by=chi)


# Who gets a place first


def test_newcomers_come_first_where_that_is_the_policy(gathering, makers, ada, crowd):
    been = gathering(makers, starts_at=now() - timedelta(days=30), ends_at=now() - timedelta(days=29))
    for each in crowd[:2]:
        been.rsvps.create(person=each, status="going", checked_in_at=now())
    hall = gathering(makers, capacity=1, policy="newcomers-first")
    rsvp.attend(hall, ada)
    for each in crowd:
        rsvp.attend(hall, each)
    regular, other_regular, new, other_new = crowd
    places = [hall.rsvps.get(person=each).place_in_line() for each in crowd]
    assert places == [3, 4, 1, 2]
    rsvp.withdraw(hall, ada)
    assert status(hall, new) == ["going"]
    rsvp.withdraw(hall, new)
    rsvp.withdraw(hall, other_new)
    assert status(hall, regular, other_regular) == ["going", "waitlisted"]


def test_a_policy_chosen_later_orders_the_line_anew(gathering, makers, ada, crowd):
    been = gathering(makers, starts_at=now() - timedelta(days=30), ends_at=now() - timedelta(days=29))
    been.rsvps.create(person=crowd[0], status="going", checked_in_at=now())
    hall = gathering(makers, capacity=1)
    hall.hosts.add(ada)
    for each in (ada, *crowd[:2]):
        rsvp.attend(hall, each)
    planning.edit(hall, by=ada, version=0, policy="newcomers-first")
    rsvp.withdraw(hall, ada)
    assert status(hall, crowd[0], crowd[1]) == ["waitlisted", "going"]


@pytest.fixture
def chosen(gathering, makers, ada):
    hall = gathering(makers, capacity=1, policy="by-choice")
    hall.hosts.add(ada)
    return hall


def test_where_organisers_choose_a_free_place_waits_for_them(chosen, ada, ben, chi, crowd):
    for each in (ada, ben, chi):
        rsvp.attend(chosen, each)
    rsvp.withdraw(chosen, ada)
    assert status(chosen, ben, chi) == ["waitlisted", "waitlisted"]
    # Nor does somebody who has just come walk in.
    assert rsvp.attend(chosen, crowd[0]).is_waiting()
    choosing.choose(chosen.rsvps.get(person=chi), "She tells the story.", by=ada)
    assert status(chosen, ben, chi) == ["waitlisted", "going"]
    entry = Entry.objects.get(name="rsvp.chosen")
    assert (entry.by, entry.facts["reason"]) == (ada, "She tells the story.")


def test_a_choice_wants_a_reason_a_place_and_somebody_who_waits(chosen, ada, ben, chi):
    rsvp.attend(chosen, ada)
    waits = rsvp.attend(chosen, ben)
    for reason, why in ((" ", "Write down why"), ("Because.", "Every place is taken")):
        with pytest.raises(Refusal, match=why):
            choosing.choose(waits, reason, by=ada)
    with pytest.raises(PermissionDenied):
        choosing.choose(waits, "Because.", by=chi)
    rsvp.withdraw(chosen, ben)
    rsvp.withdraw(chosen, ada)
    with pytest.raises(Refusal, match="does not wait"):
        choosing.choose(waits, "Because.", by=ada)


def test_where_places_go_by_the_line_nobody_chooses(supper, ada, ben):
    rsvp.attend(supper, ada)
    with pytest.raises(Refusal, match="go by the line"):
        choosing.choose(rsvp.attend(supper, ben), "A friend of mine.", by=ada)


def test_a_walk_in_does_not_take_a_place_that_is_offered(near, ada, ben):
    rsvp.attend(near, ada)
    rsvp.attend(near, ben)
    rsvp.withdraw(near, ada)
    with pytest.raises(Refusal, match="Every seat is taken"):
        door.walk_in(near, "Wanda Walk", by=ada)
    # Whoever it is offered to has come, and that is a yes.
    assert door.walk_in(near, "", email=ben.email, by=ada).is_going()


def test_an_offer_of_a_place_online_is_no_seat_in_a_full_room(gathering, makers, ada, ben, chi):
    both = gathering(
        makers, mode="hybrid", capacity=1, online_capacity=1, starts_at=now() + timedelta(hours=12)
    )
    both.hosts.add(ada)
    rsvp.attend(both, ada, part="room")
    rsvp.attend(both, chi, part="online")
    rsvp.attend(both, ben, part="online")
    rsvp.withdraw(both, chi)
    assert status(both, ben) == ["offered"]
    with pytest.raises(Refusal, match="Every seat is taken"):
        door.walk_in(both, "", email=ben.email, by=ada)
    assert Gathering.objects.get(pk=both.pk).room_taken == 1


# Through the browser's door


def test_the_hosts_page_has_a_button_for_every_answer(client, asked, ada, ben, chi):
    first, second = rsvp.attend(asked, ben), rsvp.attend(asked, chi)
    client.force_login(ada)
    page = client.get(f"/gatherings/{asked.pk}/line/").text
    assert page.count("No place") == 2
    client.post(f"/gatherings/{asked.pk}/line/{first.pk}/approval/")
    client.post(f"/gatherings/{asked.pk}/line/{second.pk}/refusal/")
    assert status(asked, ben, chi) == ["going", "refused"]
    client.force_login(ben)
    assert client.get(f"/gatherings/{asked.pk}/line/").status_code == 403


def test_a_reason_is_written_where_somebody_is_chosen(client, chosen, ada, ben, chi):
    for each in (ada, ben):
        rsvp.attend(chosen, each)
    rsvp.withdraw(chosen, ada)
    client.force_login(ada)
    assert 'name="reason"' in client.get(f"/gatherings/{chosen.pk}/line/").text
    path = f"/gatherings/{chosen.pk}/line/{chosen.rsvps.get(person=ben).pk}/choice/"
    assert client.post(path).status_code == 409
    client.post(path, {"reason": "She has never been here."})
    assert status(chosen, ben) == ["going"]


def test_an_answer_of_another_gathering_is_not_found(client, asked, chosen, ada, ben):
    elsewhere = rsvp.attend(chosen, ben)
    client.force_login(ada)
    for act in ("approval", "refusal", "choice"):
        assert client.post(f"/gatherings/{asked.pk}/line/{elsewhere.pk}/{act}/").status_code == 404


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "We write to you if a place opens."),
        ({"policy": "newcomers-first"}, "Newcomers come first here."),
        ({"policy": "by-choice"}, "The organisers choose who gets a place"),
        ({"needs_approval": True}, "The organisers say yes to each answer"),
    ],
)
def test_the_status_sentence_says_the_place_in_line_and_how_it_goes_on(
    client, gathering, makers, ada, ben, fields, says
):
    hall = gathering(makers, capacity=1, **fields)
    rsvp.attend(hall, ada)
    rsvp.attend(hall, ben)
    client.force_login(ben)
    page = client.get(f"/gatherings/{hall.pk}/").text
    assert "in line." in page
    assert says in page


def test_an_offer_has_two_buttons_and_says_until_when(client, near, ada, ben):
    rsvp.attend(near, ada)
    rsvp.attend(near, ben)
    rsvp.withdraw(near, ada)
    client.force_login(ben)
    for path in (f"/gatherings/{near.pk}/", f"/gatherings/{near.pk}/placed/"):
        page = client.get(path).text
        assert "A place is yours if you say yes until" in page
        assert "Yes, I’ll be there" in page
        assert "No, thank you" in page
    assert Rsvp.objects.get(person=ben).is_offered()

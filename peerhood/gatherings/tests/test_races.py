"""Two people at the same moment. Each race has a twin without the lock, which has to go wrong."""

from datetime import time, timedelta
from functools import partial
from threading import Barrier, Event

import pytest
from django.db import connection
from django.utils.timezone import now

from peerhood.circles.models import Circle, Membership
from peerhood.gatherings import co_hosting, planning, polling, rsvp
from peerhood.gatherings.coming import choosing, holding
from peerhood.gatherings.models import CoHosting, DatePoll, Gathering, Rsvp, SlotAnswer
from peerhood.gatherings.permissions import can_attend
from peerhood.gatherings.series import scheduling
from peerhood.notices.models import Mail
from peerhood.platform.refusals import Refusal
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 10


def attend_unlocked(gathering, person, gap):
    """The act as it would be without a lock and without a transaction, which is SQLite's lock."""
    gathering = Gathering.objects.get(pk=gathering.pk)
    status = Rsvp.Status.GOING if gathering.rsvps.going().count() < gathering.capacity else "waitlisted"
    gap.wait()  # the gap is there in any case; this makes everybody meet in it
    Rsvp.objects.create(gathering=gathering, person=person, status=status, answered_at=now())


def test_one_seat_is_taken_once_ten_times_out_of_ten(gathering, makers, ada, ben, chi):
    for _round in range(ROUNDS):
        supper = gathering(makers, capacity=1)
        at_once(*(partial(rsvp.attend, supper, person) for person in (ada, ben, chi)))
        supper.refresh_from_db()
        assert (supper.rsvps.going().count(), supper.rsvps.waiting().count()) == (1, 2)
        assert (supper.going_count, supper.waiting_count) == (1, 2)


def test_without_the_lock_one_seat_is_taken_by_several(gathering, makers, ada, ben, chi):
    seats = []
    for _round in range(ROUNDS):
        supper = gathering(makers, capacity=1)
        gap = Barrier(3)
        at_once(*(partial(attend_unlocked, supper, person, gap) for person in (ada, ben, chi)))
        seats.append(supper.rsvps.going().count())
    assert seats == [3] * ROUNDS


def test_one_person_tapping_often_has_one_answer_and_one_mail(supper, ada):  # R2
    outcomes = at_once(*[partial(rsvp.attend, supper, ada)] * 20)
    assert {(type(outcome), outcome.status) for outcome in outcomes} == {(Rsvp, "going")}
    assert (Rsvp.objects.count(), Mail.objects.count()) == (1, 1)


def test_the_line_stands_in_the_order_in_which_answers_were_committed(gathering, makers, person):
    hall = gathering(makers, capacity=2)
    people = [person(f"Guest{number} Guest") for number in range(12)]
    for each in people:
        makers.memberships.create(person=each)
    at_once(*(partial(rsvp.attend, hall, each) for each in people))
    answered = hall.rsvps.order_by("answered_at", "pk")
    # A row's key is given under the lock, so it grows in the order of the commits.
    assert [held.pk for held in answered] == sorted(held.pk for held in answered)
    assert [held.status for held in answered] == ["going"] * 2 + ["waitlisted"] * 10


def test_while_others_join_a_freed_seat_skips_nobody(gathering, makers, ada, person, seated):  # R5
    hall = gathering(makers, capacity=3)
    leaving, *staying = seated(hall, 3)
    line = seated(hall, 4, status="waitlisted")
    newcomers = [person(f"Guest{number} Guest") for number in range(12)]
    for each in (leaving, *newcomers):
        makers.memberships.create(person=each)
    joining = [partial(rsvp.attend, hall, each) for each in newcomers]
    at_once(*joining[:6], partial(rsvp.withdraw, hall, leaving), *joining[6:])
    assert {held.person for held in hall.rsvps.going()} == {*staying, line[0]}
    waits = [held.person for held in hall.rsvps.waiting()]
    assert waits[:3] == line[1:]
    assert set(waits[3:]) == set(newcomers)


def test_whoever_joins_while_it_is_cancelled_hears_of_it(gathering, makers, ada, person):
    hall = gathering(makers, capacity=3)
    people = [person(f"Guest{number} Guest") for number in range(10)]
    for each in people:
        makers.memberships.create(person=each)
    joining = [partial(rsvp.attend, hall, each) for each in people]
    outcomes = at_once(*joining[:5], partial(planning.cancel, hall, by=ada), *joining[5:])
    joined = [outcome for outcome in outcomes if isinstance(outcome, Rsvp)]
    told = Mail.objects.filter(kind="gatherings/cancelled")
    assert {type(outcome) for outcome in outcomes} <= {Rsvp, Refusal, Gathering}
    assert {mail.person_id for mail in told} == {each.person_id for each in joined}
    assert set(hall.rsvps.values_list("status", flat=True)) <= {"cancelled"}


def test_two_organisers_saving_at_once_make_one_change_and_one_conflict(supper, ada):  # R10
    outcomes = at_once(
        *(
            partial(planning.edit, supper, by=ada, version=supper.version, title=title)
            for title in ("Dinner", "Lunch", "Brunch")
        )
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Conflict", "Conflict", "Gathering"]
    supper.refresh_from_db()
    assert supper.version == 1


def test_answers_and_new_capacities_never_break_the_count(gathering, makers, ada, person):
    hall = gathering(makers, capacity=2)
    people = [person(f"Guest{number} Guest") for number in range(8)]
    for each in people:
        makers.memberships.create(person=each)
    for each in people[:4]:
        rsvp.attend(hall, each)
    at_once(
        *(partial(rsvp.attend, hall, each) for each in people[4:]),
        *(partial(rsvp.withdraw, hall, each) for each in people[:2]),
        *(partial(rsvp.resize, hall, size, by=ada) for size in (4, 3)),
    )
    hall.refresh_from_db()
    assert (hall.going_count, hall.waiting_count) == (
        hall.rsvps.going().count(),
        hall.rsvps.waiting().count(),
    )
    assert hall.waiting_count == 0 or hall.free_seats() == 0


def test_two_drafts_at_the_same_moment_have_two_dates(afternoons, ada):
    drafts = at_once(*[partial(scheduling.draft, afternoons, by=ada)] * 3)
    assert len({draft.starts_at for draft in drafts}) == 3


def test_the_test_database_is_one_that_threads_share():
    assert ":memory:" not in str(connection.settings_dict["NAME"])


def test_two_hosts_picking_a_date_at_once_make_one_draft(makers, ada, chi):
    makers.memberships.filter(person=chi).update(role="host")
    series = scheduling.schedule(makers, by=ada, template="flashmob-evening", starts_at_time=time(18))
    for number in range(1, ROUNDS + 1):
        poll = polling.open_poll(series, polling.proposed_starts(series), by=ada)
        first, last = poll.slots.first(), poll.slots.last()
        drafts = at_once(
            partial(polling.choose, poll, first, by=ada), partial(polling.choose, poll, last, by=chi)
        )
        assert len({draft.pk for draft in drafts}) == 1
        assert Gathering.objects.count() == number


def test_without_the_lock_two_dates_are_picked(makers, ada, chi):
    series = scheduling.schedule(makers, by=ada, template="flashmob-evening", starts_at_time=time(18))
    poll = polling.open_poll(series, polling.proposed_starts(series), by=ada)
    both_have_looked = Barrier(2)

    def choose_unlocked(slot):
        is_open = DatePoll.objects.get(pk=poll.pk).is_open()
        both_have_looked.wait()
        return scheduling.draft(series, by=ada, starts_at=slot.starts_at) if is_open else None

    drafts = at_once(*(partial(choose_unlocked, slot) for slot in poll.slots.all()[:2]))
    assert len({draft.pk for draft in drafts}) == 2


def test_answering_twice_at_once_is_answering_once(makers, ada, ben):
    series = scheduling.schedule(makers, by=ada, template="flashmob-evening", starts_at_time=time(18))
    poll = polling.open_poll(series, polling.proposed_starts(series), by=ada)
    said = dict.fromkeys(poll.slots.values_list("pk", flat=True), "yes")
    assert at_once(*[partial(polling.answer, poll, ben, said)] * 5) == [None] * 5
    assert SlotAnswer.objects.count() == len(said)


@pytest.fixture
def asked(gathering, makers, ada, dot):
    """Ada asks Dot's circle to hold a gathering together; a new one each time."""
    sowers = Circle.objects.create(name="Sowers", slug="sowers", language="en", time_zone="Europe/Stockholm")
    sowers.memberships.create(person=dot, role=Membership.Role.ORGANISER)
    return lambda: co_hosting.ask(gathering(makers), sowers, by=ada)


def test_a_yes_and_a_going_back_at_once_leave_them_apart(asked, ada, dot):
    for _round in range(ROUNDS):
        question = asked()
        at_once(partial(co_hosting.agree, question, by=dot), partial(co_hosting.withdraw, question, by=ada))
        question.refresh_from_db()
        assert question.state == CoHosting.State.WITHDRAWN


def test_without_the_lock_a_yes_overtakes_the_going_back(asked):
    for _round in range(ROUNDS):
        question = asked()
        both_have_looked, is_withdrawn = Barrier(2), Event()

        def agree_unlocked(question=question, looked=both_have_looked, withdrawn=is_withdrawn):
            read = CoHosting.objects.get(pk=question.pk)
            looked.wait()
            withdrawn.wait()
            if read.is_asked():
                CoHosting.objects.filter(pk=read.pk).update(state=CoHosting.State.AGREED)

        def withdraw_unlocked(question=question, looked=both_have_looked, withdrawn=is_withdrawn):
            looked.wait()
            CoHosting.objects.filter(pk=question.pk).update(state=CoHosting.State.WITHDRAWN)
            withdrawn.set()

        at_once(agree_unlocked, withdraw_unlocked)
        question.refresh_from_db()
        assert question.state == CoHosting.State.AGREED


def test_whoever_answers_while_they_part_keeps_no_seat(asked, ada, dot, person):
    guests = [person(f"Guest{number} Guest") for number in range(3)]
    for number in range(ROUNDS):
        agreed = co_hosting.agree(asked(), by=dot)
        for each in guests if number == 0 else ():
            agreed.circle.memberships.create(person=each)
        joining = [partial(rsvp.attend, agreed.gathering, each) for each in guests]
        at_once(*joining[:2], partial(co_hosting.withdraw, agreed, by=ada), *joining[2:])
        gathering = Gathering.objects.get(pk=agreed.gathering_id)
        assert (gathering.rsvps.held().count(), gathering.going_count) == (0, 0)


def test_asked_before_the_lock_somebody_would_keep_a_seat(asked, ada, dot, person):
    guest = person("Guest Guest")
    agreed = co_hosting.agree(asked(), by=dot)
    agreed.circle.memberships.create(person=guest)
    has_asked, is_withdrawn = Event(), Event()

    def attend_asking_first():
        may = can_attend(guest, agreed.gathering)
        has_asked.set()
        is_withdrawn.wait()
        return may and agreed.gathering.rsvps.create(person=guest, status=Rsvp.Status.GOING)

    def withdraw():
        has_asked.wait()
        co_hosting.withdraw(agreed, by=ada)
        is_withdrawn.set()

    at_once(attend_asking_first, withdraw)
    assert agreed.gathering.rsvps.going().count() == 1


def test_two_hosts_asking_at_once_ask_once(gathering, makers, ada, dot, chi):
    hall = gathering(makers)
    hall.hosts.add(chi)
    sowers = Circle.objects.create(name="Sowers", slug="sowers", language="en", time_zone="Europe/Stockholm")
    sowers.memberships.create(person=dot, role=Membership.Role.ORGANISER)
    outcomes = at_once(*(partial(co_hosting.ask, hall, sowers, by=by) for by in (ada, chi, ada)))
    assert len({outcome.pk for outcome in outcomes}) == 1
    assert Mail.objects.filter(kind="gatherings/co_hosting_asked").count() == 1


def test_a_place_that_is_offered_is_accepted_or_passed_on_and_never_both(gathering, makers, ada, ben, chi):
    for _round in range(ROUNDS):
        near = gathering(makers, capacity=1, starts_at=now() + timedelta(hours=12))
        for person in (ada, ben, chi):
            rsvp.attend(near, person)
        rsvp.withdraw(near, ada)
        near.rsvps.offered().update(offer_ends_at=now())
        at_once(partial(rsvp.attend, near, ben), partial(rsvp.settle, near), partial(rsvp.settle, near))
        near.refresh_from_db()
        assert (near.rsvps.taking().count(), near.room_taken) == (1, 1)
        offers = Mail.objects.filter(
            kind="gatherings/offered", key__contains=f"/{near.rsvps.get(person=chi).pk}/"
        )
        assert offers.count() == 1


def test_two_organisers_choosing_at_once_give_one_place(gathering, makers, ada, ben, chi):
    for _round in range(ROUNDS):
        hall = gathering(makers, capacity=1, policy="by-choice")
        rsvp.attend(hall, ada)
        waiting = [rsvp.attend(hall, person) for person in (ben, chi)]
        rsvp.withdraw(hall, ada)
        outcomes = at_once(*(partial(choosing.choose, each, "Because.", by=ada) for each in waiting))
        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Refusal", "Rsvp"]
        assert hall.rsvps.going().count() == 1


def test_a_place_held_is_confirmed_once(gathering, makers, ada):
    makers.kind = Circle.Kind.OPEN
    makers.save()
    hall = gathering(makers, capacity=1)
    held = holding.hold(hall, "eve@example.org")
    at_once(*[partial(holding.confirm, held, "Eve Ek")] * 5, partial(rsvp.attend, hall, ada))
    assert hall.rsvps.going().get().person.name == "Eve Ek"
    assert hall.rsvps.waiting().get().person == ada

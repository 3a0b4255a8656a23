"""Coffee of two: who may be asked, and what a yes, a no and a change of mind do."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now
from icalendar import Calendar

from peerhood.connections.coffee import answering, asking, following_up
from peerhood.connections.models import Coffee, Connection
from peerhood.journal.models import Entry
from peerhood.notices.models import Mail
from peerhood.people import silence
from peerhood.platform.refusals import Refusal

pytestmark = pytest.mark.django_db


def mails(kind):
    return Mail.objects.filter(kind=f"connections/{kind}").order_by("pk")


def test_an_invitation_is_a_mail_with_both_times_and_the_place(makers, ada, ben, invite):
    invite(ada, ben)
    mail = mails("coffee_asked").get()
    assert mail.person == ben
    assert "The mill" in mail.text
    assert "About pots." in mail.text


def test_a_yes_is_in_both_calendars_at_the_chosen_time(makers, ada, ben, invite):
    coffee = invite(ada, ben)
    answering.accept(coffee, ben, coffee.second_at)
    parts = {mail.person: Calendar.from_ical(mail.calendar).events[0] for mail in mails("coffee_agreed")}
    assert set(parts) == {ada, ben}
    assert {mail.calendar_method for mail in mails("coffee_agreed")} == {"REQUEST"}
    assert parts[ada].decoded("dtstart") == coffee.second_at.replace(microsecond=0)
    assert parts[ada]["uid"] == parts[ben]["uid"]
    assert "Ben Berg" in parts[ada]["summary"]
    assert "Ada Andersson" in parts[ben]["summary"]
    assert parts[ada]["attendee"] == "mailto:ada@example.org"


def test_a_yes_said_twice_is_one_coffee_and_another_time_is_refused(makers, ada, ben, invite):
    coffee = invite(ada, ben)
    answering.accept(coffee, ben, coffee.first_at)
    answering.accept(coffee, ben, coffee.first_at)
    assert mails("coffee_agreed").count() == 2
    with pytest.raises(Refusal):
        answering.accept(coffee, ben, coffee.second_at)


def test_a_time_that_is_over_cannot_be_taken_but_the_other_can(makers, ada, ben, invite):
    coffee = invite(ada, ben)
    with time_machine.travel(now() + timedelta(days=4)):
        with pytest.raises(Refusal):
            answering.accept(coffee, ben, coffee.first_at)
        assert answering.accept(coffee, ben, coffee.second_at).state == Coffee.State.AGREED


def test_only_the_one_who_is_asked_answers(makers, ada, ben, chi, invite):
    coffee = invite(ada, ben)
    for person in (ada, chi):
        with pytest.raises(PermissionDenied):
            answering.accept(coffee, person, coffee.first_at)
        with pytest.raises(PermissionDenied):
            answering.decline(coffee, person)
    with pytest.raises(PermissionDenied):
        answering.call_off(coffee, chi)


def test_a_no_is_kind_and_gives_no_reason(makers, ada, ben, invite):
    answering.decline(invite(ada, ben), ben)
    assert mails("coffee_declined").get().person == ada


def test_after_a_no_the_same_person_does_not_ask_again_for_a_while_but_the_other_may(
    makers, ada, ben, invite
):
    answering.decline(invite(ada, ben), ben)
    with pytest.raises(Refusal):
        invite(ada, ben)
    coffee = invite(ben, ada)
    answering.call_off(coffee, ben)
    with time_machine.travel(now() + timedelta(days=91)):
        assert invite(ada, ben)  # control: the while is over


def test_there_is_one_open_invitation_for_a_pair(makers, ada, ben, invite):
    invite(ada, ben)
    with pytest.raises(Refusal):
        invite(ada, ben)
    with pytest.raises(Refusal):
        invite(ben, ada)


def test_somebody_asks_three_people_at_once_and_no_more(makers, ada, ben, chi, person, invite):
    for number in range(3):
        other = person(f"Eve{number} Ek")
        makers.memberships.create(person=other)
        invite(ada, other)
    with pytest.raises(Refusal):
        invite(ada, ben)


def test_an_invitation_taken_back_is_over_and_asked_again_once(makers, ada, ben, invite):
    answering.call_off(invite(ada, ben), ada)
    answering.call_off(invite(ada, ben), ada)
    with pytest.raises(Refusal):
        invite(ada, ben)


def test_calling_off_takes_it_out_of_both_calendars(makers, ada, ben, invite):
    coffee = answering.accept(invite(ada, ben), ben, Coffee.objects.get().first_at)
    answering.call_off(coffee, ben)
    cancels = [Calendar.from_ical(mail.calendar) for mail in mails("coffee_cancelled")]
    assert [str(calendar["method"]) for calendar in cancels] == ["CANCEL", "CANCEL"]
    assert {int(calendar.events[0]["sequence"]) for calendar in cancels} == {1}
    requests = [Calendar.from_ical(mail.calendar) for mail in mails("coffee_agreed")]
    assert {c.events[0]["uid"] for c in cancels} == {c.events[0]["uid"] for c in requests}


def test_what_nobody_answers_expires_without_a_mail(makers, ada, ben, invite):
    coffee = invite(ada, ben)
    with time_machine.travel(now() + timedelta(days=6)):
        assert str(coffee.state_said()) == "Nobody answered in time"
        answering.expire_all_due()
        coffee.refresh_from_db()
        assert coffee.state == Coffee.State.EXPIRED
        with pytest.raises(Refusal):
            answering.accept(coffee, ben, coffee.second_at)
    assert Mail.objects.count() == 1


def test_one_asks_those_one_keeps_and_those_of_ones_circles(makers, ada, ben, chi, dot, invite):
    assert set(asking.may_be_asked_by(ada)) == {ben, chi}
    with pytest.raises(PermissionDenied):
        invite(ada, dot)
    one, other = sorted((ada, dot), key=lambda each: each.pk)
    Connection.objects.create(one=one, other=other, one_said_at=now(), other_said_at=now())
    assert set(asking.may_be_asked_by(ada)) == {ben, chi, dot}


@pytest.mark.parametrize("act", [silence.keep_apart, silence.block])
def test_whoever_is_apart_is_as_if_they_were_not_there(act, makers, ada, ben, chi, as_, invite):
    assert as_(ada).get(f"/connections/coffee/new/{ben.pk}/").status_code == 200  # control
    act(ben, ada)
    assert set(asking.may_be_asked_by(ada)) == {chi}
    assert as_(ada).get(f"/connections/coffee/new/{ben.pk}/").status_code == 404
    with pytest.raises(PermissionDenied):
        invite(ada, ben)


def test_whoever_does_not_want_to_be_asked_is_in_nobodys_list(makers, ada, ben, chi, as_):
    asking.take_invitations(ben, wanted=False)
    assert set(asking.may_be_asked_by(ada)) == {chi}
    assert as_(ada).get(f"/connections/coffee/new/{ben.pk}/").status_code == 404
    asking.take_invitations(ben, wanted=True)
    assert set(asking.may_be_asked_by(ada)) == {ben, chi}


def test_a_silence_calls_off_what_was_agreed(
    makers, ada, ben, chi, invite, django_capture_on_commit_callbacks
):
    coffee = answering.accept(invite(ada, ben), ben, Coffee.objects.get().first_at)
    waits = invite(chi, ada)
    with django_capture_on_commit_callbacks(execute=True):
        silence.block(ben, ada)
        silence.keep_apart(ada, chi)
    coffee.refresh_from_db()
    waits.refresh_from_db()
    assert (coffee.state, waits.state) == (Coffee.State.CANCELLED, Coffee.State.WITHDRAWN)


def test_each_is_asked_once_whether_they_met(makers, ada, ben, invite):
    coffee = answering.accept(invite(ada, ben), ben, Coffee.objects.get().first_at)
    with pytest.raises(Refusal):
        following_up.say(coffee, ada, met=True)
    with time_machine.travel(coffee.chosen_at + timedelta(hours=4)):
        following_up.ask_all_due()
        following_up.ask_all_due()
        assert [mail.person for mail in mails("coffee_met")] == [ada, ben]
        assert Coffee.objects.had().count() == 1
        following_up.say(coffee, ada, met=False)
        assert Coffee.objects.had().count() == 0


def test_nothing_of_an_invitation_is_in_the_journal(makers, ada, ben, invite):
    before = Entry.objects.count()
    coffee = invite(ada, ben)
    answering.accept(coffee, ben, coffee.first_at)
    answering.call_off(coffee, ada)
    assert Entry.objects.count() == before

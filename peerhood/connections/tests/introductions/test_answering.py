"""Answering: the letter to all three, a no of which nobody hears, and what led nowhere."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from peerhood.connections import connecting
from peerhood.connections.coffee import asking as coffee
from peerhood.connections.introductions import answering, asking, passing, queries
from peerhood.connections.models import Connection, Introduction
from peerhood.connections.tests.introductions.conftest import REASON
from peerhood.journal.models import Entry
from peerhood.notices import delivery
from peerhood.notices.models import Mail
from peerhood.people.models import PutAway
from peerhood.platform.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def passed(wish, ben, chi):
    return passing.pass_on(wish, ben, chi, line="You two count the same beans.")


@pytest.fixture
def letters():
    def read():
        return {
            mail.person.name.split()[0]: mail for mail in Mail.objects.filter(kind="connections/introduced")
        }

    return read


def test_a_yes_writes_one_letter_to_all_three_with_both_addresses(passed, chi, letters):
    answering.accept(passed, chi)
    assert set(letters()) == {"Ada", "Ben", "Chi"}
    for mail in letters().values():
        assert mail.subject == "Ada Andersson and Chi Chen: an introduction"
        for said in (REASON, "You two count the same beans.", "A next step:"):
            assert said in mail.text
        assert "Ada Andersson: ada@example.org" in mail.text
        assert "Chi Chen: chi@example.org" in mail.text
        assert "ben@example.org" not in mail.text


def test_each_reads_the_letter_in_their_own_language(passed, chi, letters):
    chi.language = "sv"
    chi.save()
    answering.accept(passed, chi)
    assert {name: mail.language for name, mail in letters().items()} == {
        "Ada": "en",
        "Ben": "en",
        "Chi": "sv",
    }


def test_an_answer_to_the_letter_goes_to_the_other_and_not_to_us(passed, chi, letters):
    answering.accept(passed, chi)
    found = {name: delivery._message(mail).message()["Reply-To"] for name, mail in letters().items()}
    assert found == {
        "Ada": "chi@example.org",
        "Chi": "ada@example.org",
        "Ben": "ada@example.org, chi@example.org",
    }


def test_whoever_has_no_address_is_in_no_letter_and_the_other_gets_it(passed, ada, chi, letters):
    ada.email = None
    ada.save()
    passed.refresh_from_db()
    answering.accept(passed, chi)
    assert set(letters()) == {"Ben", "Chi"}
    assert letters()["Chi"].reply_to == ""
    assert "Ada Andersson:" not in letters()["Chi"].text


def test_the_two_keep_each_other_and_may_ask_each_other_to_coffee(passed, ada, chi, dot, keep, makers):
    makers.memberships.filter(person=chi).delete()
    assert chi not in coffee.may_be_asked_by(ada)  # control
    answering.accept(passed, chi)
    connection = Connection.objects.of(ada).between(ada, chi).get()
    assert connection.is_mutual()
    assert connection.met_at is None
    assert chi in coffee.may_be_asked_by(ada)
    assert ada in coffee.may_be_asked_by(chi)
    assert list(Entry.objects.values_list("name", flat=True)) == ["connection.made"]
    assert not Mail.objects.filter(kind="connections/connected").exists()


def test_a_word_that_one_had_said_keeps_its_place(passed, ada, chi, supper, share_a_table):
    share_a_table(supper, ada, chi)
    connecting.say_met(ada, chi, supper)
    answering.accept(passed, chi)
    connection = Connection.objects.of(ada).between(ada, chi).get()
    assert connection.met_at == supper


def test_a_yes_said_twice_is_one_letter_each(passed, chi, letters):
    answering.accept(passed, chi)
    answering.accept(passed, chi)
    assert Mail.objects.filter(kind="connections/introduced").count() == 3


def test_only_whom_it_reached_answers(passed, ada, ben):
    for person in (ada, ben):
        with pytest.raises(PermissionDenied):
            answering.accept(passed, person)
        with pytest.raises(PermissionDenied):
            answering.decline(passed, person)


def test_nobody_answers_before_it_is_passed_on(wish, chi):
    with pytest.raises(PermissionDenied):
        answering.accept(wish, chi)


def test_of_a_no_nobody_hears(passed, chi, ben, ada):
    before = Mail.objects.exclude(kind="connections/introduction_passed").count()
    answering.decline(passed, chi)
    answering.decline(passed, chi)
    assert Mail.objects.count() == before
    with pytest.raises(Refusal):
        answering.accept(passed, chi)
    assert queries.introductions_of(ben).get().is_passed_on()
    assert queries.introductions_of(ada).get().is_going_on()


def test_after_a_yes_nothing_is_taken_back_or_refused(passed, ada, chi):
    answering.accept(passed, chi)
    with pytest.raises(Refusal):
        asking.withdraw(passed, ada)
    with pytest.raises(Refusal):
        answering.decline(passed, chi)


def test_after_thirty_days_no_yes_is_taken(passed, chi):
    with time_machine.travel(now() + timedelta(days=30, hours=1)):
        assert not queries.introductions_of(chi).exists()
        with pytest.raises(Refusal):
            answering.accept(passed, chi)


@pytest.mark.parametrize("what_happened", ["nothing", "left", "passed", "held", "declined"])
def test_what_led_nowhere_lapses_on_the_same_day_and_no_trace_says_why(what_happened, circle, ada, ben, chi):
    wish = asking.ask(ada, ben, wanted=chi, reason=REASON)
    if what_happened == "left":
        passing.leave(wish, ben)
    if what_happened in ("passed", "declined"):
        passing.pass_on(wish, ben, chi)
    if what_happened == "declined":
        answering.decline(wish, chi)
    if what_happened == "held":
        Introduction.objects.update(state="held")
    with time_machine.travel(now() + timedelta(days=29, hours=23)):
        answering.lapse_all_due()
        assert Introduction.objects.get().state != "lapsed"
    with time_machine.travel(now() + timedelta(days=30, hours=1)):
        answering.lapse_all_due()
        answering.lapse_all_due()
        assert Introduction.objects.get().state == "lapsed"
    assert not Mail.objects.exists()


def test_what_led_nowhere_is_forgotten_and_what_was_agreed_stays(passed, free_wish, chi):
    answering.accept(passed, chi)
    with time_machine.travel(now() + timedelta(days=31)):
        answering.lapse_all_due()
    with time_machine.travel(now() + timedelta(days=119)):
        answering.forget_old()
        assert Introduction.objects.count() == 2
    with time_machine.travel(now() + timedelta(days=121)):
        answering.forget_old()
        assert list(Introduction.objects.all()) == [passed]


def test_after_a_no_neither_is_suggested_to_the_other_and_the_asker_learns_nothing(passed, ada, chi):
    """The asker is put away at once, on the side of whoever said no; the other way round on the day it lapses anyway."""
    answering.decline(passed, chi)
    assert list(PutAway.objects.values_list("owner", "about")) == [(chi.pk, ada.pk)]
    with time_machine.travel(now() + timedelta(days=31)):
        answering.lapse_all_due()
    assert set(PutAway.objects.values_list("owner", "about")) == {(chi.pk, ada.pk), (ada.pk, chi.pk)}


def test_whom_one_did_not_name_stays_among_the_suggested(free_wish, ada, ben, chi):
    """To vanish from there would say who it was."""
    answering.decline(passing.pass_on(free_wish, ben, chi), chi)
    with time_machine.travel(now() + timedelta(days=31)):
        answering.lapse_all_due()
    assert list(PutAway.objects.values_list("owner", "about")) == [(chi.pk, ada.pk)]

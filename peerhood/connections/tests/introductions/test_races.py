"""Two yeses, a yes and a taking back, and many wishes at the same moment.

Each control is the same act without its hold and its transaction; it has to go wrong.
"""

import time
from collections import Counter
from threading import Barrier, Event

import pytest

from peerhood.connections.introductions import answering, asking, passing
from peerhood.connections.models import Connection, Introduction
from peerhood.connections.tests.introductions.conftest import REASON
from peerhood.notices.models import Mail
from peerhood.people.models import Person
from peerhood.people.own_data import erasing
from peerhood.platform.refusals import Refusal
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def slowly(monkeypatch):
    """Let everybody take their time between reading and writing."""
    going_on, passed = Introduction.is_going_on, Introduction.is_passed

    def slow(read):
        def reading(introduction):
            found = read(introduction)
            time.sleep(0.05)
            return found

        return reading

    monkeypatch.setattr(Introduction, "is_going_on", slow(going_on))
    monkeypatch.setattr(Introduction, "is_passed", slow(passed))


@pytest.fixture
def unlocked(monkeypatch):
    """The acts without a hold, and without a transaction, which is SQLite's."""
    monkeypatch.setattr(asking, "hold", lambda *people: None)
    monkeypatch.setattr(answering, "accept", answering.accept.__wrapped__)
    monkeypatch.setattr(asking, "withdraw", asking.withdraw.__wrapped__)
    monkeypatch.setattr(asking, "ask", asking.ask.__wrapped__)


@pytest.fixture
def passed(wish, ben, chi):
    passing.pass_on(wish, ben, chi)
    return Introduction.objects.select_related("asker", "go_between", "target").get()


def letters():
    return Mail.objects.filter(kind="connections/introduced").count()


def test_two_yeses_at_once_are_one_letter_each_and_one_connection(passed, ada, chi, slowly):
    said = at_once(*[lambda: answering.accept(passed, chi)] * 4)
    assert {type(each) for each in said} == {Introduction}
    assert letters() == 3
    assert Connection.objects.between(ada, chi).get().is_mutual()


def test_a_yes_and_a_taking_back_at_once_leave_one_of_them(passed, ada, chi, slowly):
    said = at_once(lambda: answering.accept(passed, chi), lambda: asking.withdraw(passed, ada))
    assert Counter(type(each) for each in said) == {Introduction: 1, Refusal: 1}
    passed.refresh_from_db()
    is_made = Connection.objects.between(ada, chi).exists()
    assert (passed.state, letters(), is_made) in [("agreed", 3, True), ("withdrawn", 0, False)]


def test_control_without_the_hold_both_happen(passed, ada, chi, unlocked, monkeypatch):
    both, said_yes = Barrier(2, timeout=20), Event()
    going_on, is_passed = Introduction.is_going_on, Introduction.is_passed

    def read_beside_a_yes(introduction):
        found = going_on(introduction)
        both.wait()
        # The yes looks once more before it writes, so it writes first.
        assert said_yes.wait(20)
        return found

    def read_beside_a_taking_back(introduction):
        found = is_passed(introduction)
        both.wait()
        return found

    monkeypatch.setattr(Introduction, "is_going_on", read_beside_a_yes)

    def say_yes():
        try:
            return answering.accept(passed, chi)
        finally:
            said_yes.set()

    monkeypatch.setattr(Introduction, "is_passed", read_beside_a_taking_back)
    said = at_once(say_yes, lambda: asking.withdraw(passed, ada))
    assert [each for each in said if isinstance(each, Refusal)] == []


def test_four_wishes_at_once_are_three(circle, ada, ben, monkeypatch):
    why_not = asking.why_not

    def slow(asker, wanted=None):
        found = why_not(asker, wanted)
        time.sleep(0.05)
        return found

    monkeypatch.setattr(asking, "why_not", slow)
    ask = [lambda number=number: asking.ask(ada, ben, wish=f"knows {number}", reason=REASON) for number in range(4)]  # fmt: skip
    said = at_once(*ask)
    assert Counter(type(each) for each in said) == {Introduction: 3, Refusal: 1}


def test_control_without_the_hold_they_are_four(circle, ada, ben, unlocked, monkeypatch):
    all_four, why_not = Barrier(4, timeout=20), asking.why_not

    def together(asker, wanted=None):
        found = why_not(asker, wanted)
        all_four.wait()
        return found

    monkeypatch.setattr(asking, "why_not", together)
    at_once(
        *[lambda number=number: asking.ask(ada, ben, wish=f"knows {number}", reason=REASON) for number in range(4)]
    )  # fmt: skip
    assert Introduction.objects.count() == 4


def test_passing_on_and_leaving_at_once_are_one_of_them(wish, ben, chi):
    said = at_once(lambda: passing.pass_on(wish, ben, chi), lambda: passing.leave(wish, ben))
    assert Counter(type(each) for each in said) == {Introduction: 1, Refusal: 1}
    wish.refresh_from_db()
    assert (wish.state, wish.target) in [("passed", chi), ("left", None)]


def test_a_yes_and_an_erasure_of_the_asker_at_once_leave_no_words_of_theirs(passed, makers, ada, chi):
    makers.memberships.update(role="member")  # nobody has anything to hand over
    person = Person.objects.get(pk=ada.pk)
    # Whoever answers second is told that there is nothing to answer any more.
    _answer, erased = at_once(lambda: answering.accept(passed, chi), lambda: erasing.erase(person))
    assert erased is None
    assert not Introduction.objects.exists()
    assert not Mail.objects.filter(text__icontains="Ada Andersson").exists()

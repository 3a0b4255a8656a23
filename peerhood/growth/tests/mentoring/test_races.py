"""Two answers at the same moment. The control is the same yes without its hold; it has to go wrong."""

import time
from threading import Barrier

import pytest

from peerhood.growth.mentoring import answering, asking
from peerhood.growth.models import MentoringAsk, MentoringPair
from peerhood.platform.refusals import Refusal
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def slowly(monkeypatch):
    """Let each take its time between counting places and taking one."""
    counted = asking.has_place

    def slow(offer):
        found = counted(offer)
        time.sleep(0.1)
        return found

    monkeypatch.setattr(asking, "has_place", slow)


def test_two_yeses_at_once_take_the_one_place_once(ask, ada, ben, chi, slowly):
    both = [ask(ben), ask(chi)]
    said = at_once(*[lambda one=one: answering.accept(one, by=ada) for one in both])
    assert {type(each) for each in said} == {MentoringPair, Refusal}
    assert MentoringPair.objects.count() == 1


def test_control_without_the_hold_they_take_it_twice(ask, ada, ben, chi, monkeypatch):
    both, counted, both_counted = [ask(ben), ask(chi)], asking.has_place, Barrier(2, timeout=20)

    def beside_the_other(offer):
        found = counted(offer)
        both_counted.wait()
        return found

    monkeypatch.setattr(asking, "has_place", beside_the_other)
    monkeypatch.setattr(answering, "hold", lambda *_two: None)
    # Outside a transaction: SQLite lets one write after the other anyway.
    unheld = answering.accept.__wrapped__
    at_once(*[lambda one=one: unheld(one, by=ada) for one in both])
    assert MentoringPair.objects.count() == 2


def test_two_who_ask_each_other_at_once_have_one_open(offer, ask, makers, ada, ben):
    bens = asking.offer(makers, by=ben, about="x", cap=1)
    said = at_once(*[lambda: ask(ben), lambda: ask(ada, of=bens)] * 3)
    assert {type(each) for each in said} == {MentoringAsk, Refusal}
    assert MentoringAsk.objects.count() == 1

"""The other one erases their account while a page of the two is open: the act is told so, and the worker goes on."""

import pytest

from peerhood.growth.mentoring import answering, asking, keeping
from peerhood.growth.models import MentoringAsk
from peerhood.people.own_data import erasing
from peerhood.platform.refusals import NoLongerThere

pytestmark = pytest.mark.django_db


def test_answering_somebody_who_is_gone_is_told(ask, makers, ada, ben):
    open_still = ask(ben)
    erasing.erase(ben)
    for act in (answering.accept, answering.decline):
        with pytest.raises(NoLongerThere):
            act(open_still, by=ada)


def test_taking_back_what_is_gone_is_told(ask, makers, ada, ben):
    open_still = ask(ben)
    makers.memberships.filter(person=ben).update(role="organiser")
    erasing.erase(ada)
    assert not MentoringAsk.objects.exists()
    with pytest.raises(NoLongerThere):
        asking.take_back(open_still, by=ben)


def test_a_pair_of_somebody_who_is_gone_takes_no_note(pair, ada, ben):
    erasing.erase(ben)
    with pytest.raises(NoLongerThere):
        keeping.write(pair, by=ada, text="Ask again.")


def test_the_worker_ends_the_other_pairs(offer, ask, ada, ben, chi, days_pass, monkeypatch):
    offer.cap = 2
    offer.save()
    gone, other = (answering.accept(ask(each), by=ada) for each in (ben, chi))
    days_pass(120)
    ends = keeping._end_if_due

    def erased_first(pair):
        if pair == gone:
            erasing.erase(ben)
        ends(pair)

    monkeypatch.setattr(keeping, "_end_if_due", erased_first)
    keeping.end_all_due()
    other.refresh_from_db()
    assert other.ended_at

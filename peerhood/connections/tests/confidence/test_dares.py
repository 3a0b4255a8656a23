"""Dare cards: drawn for a gathering one goes to, without repeats, for oneself alone."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation
from django.utils.timezone import now

from peerhood.connections.confidence import dares, ladder
from peerhood.connections.models import Dare
from peerhood.gatherings import rsvp
from peerhood.platform.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def going(makers, ben, gathering):
    supper = gathering(makers)
    rsvp.attend(supper, ben)
    return supper


def test_whoever_goes_draws_a_card_and_nobody_else(going, ada, ben):
    assert dares.draw(going, ben).card in dares.cards()
    with pytest.raises(PermissionDenied):
        dares.draw(going, ada)


def test_a_look_draws_no_card_and_a_tap_does(going, ada, ben, as_):
    path = f"/connections/dares/{going.pk}/"
    as_(ben).get(path)
    assert not Dare.objects.exists()
    as_(ben).post(path)
    said = dares.sentence(Dare.objects.get().card)
    assert said in as_(ben).get(path).content.decode()
    assert as_(ada).get(path).status_code == 404


def test_another_one_is_another_one_until_all_were_seen(going, ben):
    drawn = [dares.draw(going, ben).card for _each in dares.cards()]
    assert sorted(drawn) == sorted(dares.cards())
    with pytest.raises(Refusal):
        dares.draw(going, ben)
    assert Dare.objects.filter(state=Dare.State.DRAWN).count() == 1


def test_at_the_next_gathering_what_was_never_drawn_comes_first(going, makers, ben, gathering):
    seen = {dares.draw(going, ben).card for _each in range(6)}
    later = gathering(makers, starts_at=now() + timedelta(days=30))
    rsvp.attend(later, ben)
    rest = {dares.draw(later, ben).card for _each in range(len(dares.cards()) - 6)}
    assert not rest & seen
    assert dares.draw(later, ben).card in seen


def test_done_and_not_today_are_both_fine(going, ben, as_):
    path = f"/connections/dares/{going.pk}/"
    for state in ("done", "not-today"):
        as_(ben).post(path)
        as_(ben).post(f"{path}answer/", {"state": state})
    assert [one.state for one in Dare.objects.all()] == ["done", "not-today"]
    assert as_(ben).post(f"{path}answer/", {"state": "nonsense"}).status_code == 409


def test_the_first_question_is_a_rung_of_the_ladder(going, ben):
    Dare.objects.create(person=ben, gathering=going, card="first-question", state="done")
    assert [one.is_known for one in ladder.ladder_of(ben) if one.rung.key == "question"] == [True]


def test_every_card_is_in_both_languages():
    assert len(dares.cards()) >= 12
    assert all(set(said) == {"en", "sv"} and all(said.values()) for said in dares.cards().values())
    with translation.override("sv"):
        assert dares.sentence("say-hello").startswith("Hälsa")

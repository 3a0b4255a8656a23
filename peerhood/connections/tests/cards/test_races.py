"""Two people, or two taps, at the same moment. The control is the same without the hold; it has to go wrong."""

from contextlib import suppress
from threading import Barrier, BrokenBarrierError, Event

import pytest

from peerhood.connections import connecting
from peerhood.connections.cards import holding_out, leaving
from peerhood.connections.models import Connection, ContactCard, LeftCard, OldCardAddress
from peerhood.connections.tests.cards.conftest import path_of
from peerhood.notices.models import Mail
from peerhood.platform.refusals import Refusal
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def unheld(monkeypatch):
    """The acts as they would be without their hold: no row is locked, and no transaction, which is SQLite's."""
    monkeypatch.setattr(connecting, "hold", lambda *pair: sorted(pair, key=lambda each: each.pk))
    monkeypatch.setattr(connecting, "say", connecting.say.__wrapped__)
    monkeypatch.setattr(leaving, "leave", leaving.leave.__wrapped__)


@pytest.fixture
def words_meet(monkeypatch):
    """``words_meet(barrier)``: words wait for each other between reading the pair's row and writing it."""

    def at(barrier):
        said_at = Connection.said_at

        def beside_the_others(connection, person):
            found = said_at(connection, person)
            # Where the pair is held the others cannot come: whoever is first goes on alone.
            with suppress(BrokenBarrierError):
                barrier.wait()
            return found

        monkeypatch.setattr(Connection, "said_at", beside_the_others)

    return at


def connected_count():
    return Mail.objects.filter(kind="connections/connected").count()


def test_two_who_scan_each_other_at_once_are_one_connection(ada, dot, hand_out, scan, words_meet):
    of_ada, of_dot = hand_out(ada), hand_out(dot)
    words_meet(Barrier(6, timeout=1))
    said = at_once(*[lambda: scan(dot, of_ada), lambda: scan(ada, of_dot)] * 3)
    assert {type(each) for each in said} == {Connection}
    assert Connection.objects.get().is_mutual()
    assert (connected_count(), LeftCard.objects.count()) == (2, 0)


def test_control_without_the_hold_a_word_is_lost(ada, dot, hand_out, scan, unheld, words_meet):
    of_ada, of_dot = hand_out(ada), hand_out(dot)
    words_meet(Barrier(2, timeout=20))
    said = at_once(lambda: scan(dot, of_ada), lambda: scan(ada, of_dot))
    assert {type(each) for each in said} == {Connection}
    # Each read the row before the other wrote it, and wrote over what the other wrote.
    assert not Connection.objects.get().is_mutual()
    assert connected_count() == 0


def test_one_who_taps_several_times_leaves_one_card(ada, dot, hand_out, scan):
    card = hand_out(ada)
    said = at_once(*[lambda: scan(dot, card)] * 4)
    assert {type(each) for each in said} == {Connection}
    assert (LeftCard.objects.count(), connected_count()) == (1, 0)


def test_a_yes_said_several_times_at_once_is_one(ada, dot, hand_out, scan):
    scan(dot, hand_out(ada))
    left = LeftCard.objects.get()
    said = at_once(*[lambda: leaving.keep(left, ada)] * 4)
    assert sorted(type(each).__name__ for each in said) == ["Connection", "Refusal", "Refusal", "Refusal"]
    assert connected_count() == 2


def test_a_yes_and_a_taking_back_at_once_leave_no_half(ada, dot, hand_out, scan):
    scan(dot, hand_out(ada))
    left = LeftCard.objects.get()
    said = at_once(lambda: leaving.keep(left, ada), lambda: connecting.take_back(dot, ada))
    # A yes first: the end leaves her word. A taking back first: there is nothing to say yes to.
    assert (isinstance(said[0], Refusal), Connection.objects.count()) in ((True, 0), (False, 1))
    assert not LeftCard.objects.exists()
    assert not Connection.objects.of(ada).exists()


@pytest.fixture
def put_away_in_between(monkeypatch, ada):
    """Ada puts her card away as soon as somebody has looked at it, and before they say that they met; if she can."""
    looked, gone, said = Event(), Event(), connecting.say

    def slow(*args):
        looked.set()
        # Where the row is held, she cannot be done by now.
        gone.wait(1)
        return said(*args)

    def put_away():
        assert looked.wait(20)
        holding_out.put_away(ada, "phone")
        gone.set()

    monkeypatch.setattr(connecting, "say", slow)
    return put_away


def test_a_card_is_put_away_before_one_is_left_with_it_or_after(
    ada, dot, hand_out, scan, put_away_in_between
):
    card = hand_out(ada)
    said = at_once(lambda: scan(dot, card), put_away_in_between)
    # The card was looked at first, so it was there until the word was said.
    assert isinstance(said[0], Connection)
    assert LeftCard.objects.get().left_at <= OldCardAddress.objects.get().ended_at


def test_control_without_the_hold_one_is_left_with_a_card_that_is_gone(
    ada, dot, hand_out, scan, unheld, put_away_in_between
):
    card = hand_out(ada)
    at_once(lambda: scan(dot, card), put_away_in_between)
    assert LeftCard.objects.get().left_at > OldCardAddress.objects.get().ended_at


def test_a_card_made_twice_at_once_is_one(ada):
    at_once(*[lambda: holding_out.choose(ada, "badge", ["email"])] * 4)
    assert ContactCard.objects.count() == 1


def test_an_address_renewed_twice_at_once_leaves_no_address_that_works_but_the_last(ada, hand_out, client):
    first = path_of(hand_out(ada))
    cards = at_once(*[lambda: holding_out.renew(ada, "phone")] * 4)
    paths = {first, *map(path_of, cards)}
    assert len(paths) == 5
    assert sorted(client.get(path).status_code for path in paths) == [200, 410, 410, 410, 410]
    assert OldCardAddress.objects.count() == 4

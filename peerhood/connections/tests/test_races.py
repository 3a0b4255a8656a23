"""Both say "we met" at the same moment: one row, mutual, one mail each.

The control is the same act with the pair's hold switched off; it has to go wrong.
"""

import time
from threading import Barrier

import pytest
from django.db import DatabaseError

from peerhood.connections import connecting
from peerhood.connections.models import Connection
from peerhood.notices.models import Mail
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def wide_gap(monkeypatch):
    """Let a word take its time between reading the pair's row and writing it."""
    said_at = Connection.said_at

    def slow_said_at(connection, person):
        found = said_at(connection, person)
        time.sleep(0.05)
        return found

    monkeypatch.setattr(Connection, "said_at", slow_said_at)


@pytest.fixture
def unlocked(monkeypatch):
    """The act as it would be without its lock: no row is held, and no transaction, which is SQLite's."""
    monkeypatch.setattr(connecting, "hold", lambda *pair: sorted(pair, key=lambda each: each.pk))
    monkeypatch.setattr(connecting, "say", connecting.say.__wrapped__)
    monkeypatch.setattr(connecting, "say_met", connecting.say_met.__wrapped__)


def both_at_once(gathering, ada, ben):
    return at_once(
        *(
            lambda person=person, other=other: connecting.say_met(person, other, gathering)
            for person, other in [(ada, ben), (ben, ada)] * 3
        )
    )


def test_two_words_at_once_are_one_connection_and_one_mail_each(after_supper, ada, ben, wide_gap):
    said = both_at_once(after_supper, ada, ben)
    assert {type(each) for each in said} == {Connection}
    assert Connection.objects.get().is_mutual()
    assert sorted(mail.address for mail in Mail.objects.all()) == ["ada@example.org", "ben@example.org"]


def test_without_the_lock_a_word_is_lost(after_supper, ada, ben, unlocked, monkeypatch):
    both, said_at = Barrier(2, timeout=20), Connection.said_at

    def beside_the_other(connection, person):
        found = said_at(connection, person)
        both.wait()
        return found

    monkeypatch.setattr(Connection, "said_at", beside_the_other)
    said = at_once(
        lambda: connecting.say_met(ada, ben, after_supper),
        lambda: connecting.say_met(ben, ada, after_supper),
        may_raise=DatabaseError,
    )
    lost = [each for each in said if not isinstance(each, Connection)]
    assert lost or not Connection.objects.get().is_mutual()


def test_a_word_and_its_taking_back_at_once_leave_a_row_that_makes_sense(after_supper, ada, ben):
    outcomes = at_once(
        *[lambda: connecting.say_met(ada, ben, after_supper)] * 4,
        *[lambda: connecting.take_back(ada, ben)] * 4,
    )
    assert {type(each) for each in outcomes} <= {Connection, type(None)}
    assert all(pair.said_at(ada) for pair in Connection.objects.all())

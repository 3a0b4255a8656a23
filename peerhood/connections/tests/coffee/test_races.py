"""Two workers, two taps and two people at the same moment; and a worker that dies in the middle.

The control is the same pairing without its hold; it has to go wrong.
"""

from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError

import pytest
from django.utils.timezone import now

from peerhood.connections.coffee import answering, asking, joining, pairing
from peerhood.connections.models import Coffee, CoffeeRound, CoffeeSeat
from peerhood.notices.models import Mail
from peerhood.platform.refusals import Refusal
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def due_round(makers, ada, ben):
    round = CoffeeRound.objects.create(
        circle=makers, pairs_at=now() + timedelta(hours=1), ends_at=now() + timedelta(days=6)
    )
    joining.join(round, ada)
    joining.join(round, ben)
    CoffeeRound.objects.update(pairs_at=now() - timedelta(minutes=1))
    return CoffeeRound.objects.select_related("circle").get()


@pytest.fixture
def read_together(monkeypatch):
    """Four workers wait for each other between reading and writing: before they hold the round, and after."""
    all_four, framed = Barrier(4, timeout=1), pairing._framed

    def beside_the_others(round):
        found = framed(round)
        # Where the round is held the others cannot come: whoever is first goes on alone.
        with suppress(BrokenBarrierError):
            all_four.wait()
        return found

    monkeypatch.setattr(pairing, "_framed", beside_the_others)


def test_two_workers_at_once_make_the_pairs_once(due_round, read_together):
    done = at_once(*[lambda: pairing.pair(due_round)] * 4)
    assert sorted(done) == [False, False, False, True]
    assert Mail.objects.filter(kind="connections/coffee_round_pair").count() == 2


def test_control_without_the_hold_they_make_them_twice(due_round, monkeypatch):
    all_four = Barrier(4, timeout=20)

    def unheld(round, frame, cups):
        # What ``_write`` does, without holding the round and outside a transaction.
        found = CoffeeRound.objects.get(pk=round.pk)
        if found.paired_at is not None:
            return False
        all_four.wait()
        CoffeeRound.objects.filter(pk=round.pk).update(paired_at=now())
        return True

    monkeypatch.setattr(pairing, "_write", unheld)
    assert at_once(*[lambda: pairing.pair(due_round)] * 4) == [True] * 4


def test_a_worker_that_dies_leaves_nothing_and_the_next_one_does_it_all(due_round, monkeypatch):
    def die(*_args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(pairing, "_tell", die)
        with pytest.raises(KeyboardInterrupt):
            pairing.pair(due_round)
    assert not CoffeeSeat.objects.exclude(pair=None).exists()
    assert not Mail.objects.exists()
    pairing.pair_all_due()
    assert CoffeeSeat.objects.exclude(pair=None).count() == 2
    assert Mail.objects.count() == 2


def test_somebody_who_leaves_while_pairs_are_sought_is_in_none(due_round, makers, ben):
    frame = pairing._framed(due_round)
    cups = pairing.cups_for(due_round, frame)
    makers.memberships.filter(person=ben).update(state="left")
    assert not pairing._write(due_round, frame, cups)
    pairing.pair_all_due()
    assert not CoffeeSeat.objects.exclude(pair=None).exists()


def test_two_who_ask_each_other_at_once_have_one_invitation(makers, ada, ben):
    def ask(asker, asked):
        times = {"first_at": now() + timedelta(days=1), "second_at": now() + timedelta(days=2)}
        return asking.ask(asker, asked, place="Here", **times)

    said = at_once(*[lambda: ask(ada, ben), lambda: ask(ben, ada)] * 3)
    assert Coffee.objects.count() == 1
    assert {type(each) for each in said} == {Coffee, Refusal}


def test_a_yes_and_a_taking_back_at_once_leave_one_of_them(makers, ada, ben):
    times = {"first_at": now() + timedelta(days=1), "second_at": now() + timedelta(days=2)}
    coffee = asking.ask(ada, ben, place="Here", **times)
    at_once(lambda: answering.accept(coffee, ben, coffee.first_at), lambda: answering.call_off(coffee, ada))
    coffee.refresh_from_db()
    # Whichever came first: a call after the yes calls it off, and a yes after the call is refused.
    assert coffee.state in (Coffee.State.CANCELLED, Coffee.State.WITHDRAWN)
    requests, cancels = (Mail.objects.filter(calendar_method=m).count() for m in ("REQUEST", "CANCEL"))
    assert requests == cancels

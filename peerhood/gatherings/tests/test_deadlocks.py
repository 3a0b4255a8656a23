"""Twenty people doing anything at once (R13): nobody sees a deadlock, and the arithmetic holds."""

import contextlib
import os
import time
from datetime import timedelta
from functools import partial
from random import Random
from threading import Barrier

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils.timezone import now

from peerhood.circles.models import Circle
from peerhood.gatherings import planning, rsvp
from peerhood.gatherings.coming import choosing, holding, seats
from peerhood.gatherings.models import Gathering, Hold, Rsvp
from peerhood.platform.refusals import Refusal
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)

# A minute with PEERHOOD_FUZZ_SECONDS=60; every run of the tests takes a few seconds.
SECONDS = float(os.environ.get("PEERHOOD_FUZZ_SECONDS", "4"))
THREADS = 20


def test_nobody_sees_a_deadlock_whatever_is_done_at_once(gathering, makers, ada, person):
    makers.kind = Circle.Kind.OPEN
    makers.save()
    halls = [gathering(makers, capacity=4, starts_at=now() + timedelta(hours=hours)) for hours in (20, 200)]
    for hall in halls:
        hall.hosts.add(ada)
    people = [person(f"Guest{number} Guest") for number in range(THREADS)]
    until = time.monotonic() + SECONDS
    outcomes = at_once(
        *(partial(keep_acting, halls, people, ada, number, until) for number in range(THREADS))
    )
    assert [outcome for outcome in outcomes if not isinstance(outcome, int)] == []
    assert sum(outcomes) > THREADS
    for hall in halls:
        assert_counted(Gathering.objects.get(pk=hall.pk))


def keep_acting(halls, people, host, seed, until):
    draw, count = Random(seed), 0
    while time.monotonic() < until:
        with contextlib.suppress(Refusal, planning.Conflict):
            act(draw, draw.choice(halls), draw.choice(people), host)
        count += 1
    return count


def act(draw, hall, person, host):
    what = draw.randrange(8)
    if what <= 1:
        rsvp.attend(hall, person)
    elif what == 2:
        rsvp.withdraw(hall, person)
    elif what == 3:
        rsvp.resize(hall, draw.randint(2, 6), by=host)
    elif what == 4:
        version = Gathering.objects.values_list("version", flat=True).get(pk=hall.pk)
        planning.edit(hall, by=host, version=version, title=f"Hall {draw.random()}")
    elif what == 5:
        holding.hold(hall, f"stranger{draw.randrange(4)}@example.org")
    elif what == 6:
        let_time_run_out(hall)
        rsvp.settle(hall)
    elif answer := hall.rsvps.waiting().first():
        choosing.refuse(answer, by=host)


@transaction.atomic
def let_time_run_out(hall):
    # Under the lock, as whoever acts: many rows written without it were a deadlock of the test's own making.
    seats.lock(hall)
    Rsvp.objects.offered().filter(gathering=hall).update(offer_ends_at=now() - timedelta(minutes=1))
    Hold.objects.filter(gathering=hall).update(ends_at=now() - timedelta(minutes=1))


def assert_counted(hall):
    before = {name: getattr(hall, name) for name in seats.COUNTERS}
    seats.recount(hall)
    assert {name: getattr(hall, name) for name in seats.COUNTERS} == before
    line = seats.line_of(hall, "room")
    assert not (hall.free_in("room") and line.exists())


def test_control_rows_taken_in_two_orders_are_a_deadlock(gathering, makers):
    """On PostgreSQL; SQLite has one writer at a time, so the second begins when the first is done."""
    has_row_locks = connection.features.has_select_for_update
    one, other = gathering(makers), gathering(makers)
    both_have_one = Barrier(2 if has_row_locks else 1)

    @transaction.atomic
    def take(first, second):
        Gathering.objects.select_for_update().get(pk=first.pk)
        both_have_one.wait()
        Gathering.objects.select_for_update().get(pk=second.pk)

    outcomes = at_once(partial(take, one, other), partial(take, other, one), may_raise=DatabaseError)
    assert any(isinstance(outcome, DatabaseError) for outcome in outcomes) is has_row_locks

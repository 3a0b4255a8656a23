"""Taps at a door that are told afterwards: each once, in the order of the taps, at the time they were made."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils.timezone import now

from peerhood.circles.models import Membership
from peerhood.gatherings import door, rsvp
from peerhood.gatherings.arriving import taps
from peerhood.gatherings.arriving.taps import Tap
from peerhood.gatherings.models import DoorTap, Rsvp
from peerhood.journal.models import Entry
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal
from tests.threads import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall(gathering, makers, ada, chi):
    """It began an hour ago; Ada hosts, and Chi stands at the other door."""
    makers.memberships.filter(person=chi).update(role=Membership.Role.GREETER)
    hall = gathering(makers)
    hall.hosts.add(ada)
    return hall


@pytest.fixture
def seat(hall, ben):
    held = rsvp.attend(hall, ben)
    begin(hall)
    return held


def begin(hall):
    hall.starts_at, hall.ends_at = now() - timedelta(hours=1), now() + timedelta(hours=3)
    hall.save(update_fields=["starts_at", "ends_at"])


def only_one_seat(hall):
    type(hall).objects.filter(pk=hall.pk).update(capacity=1)


def tap(kind, seat=None, *, ago=0, **fields):
    at = now() - timedelta(minutes=ago)
    return Tap(uuid4(), kind, at, rsvp_pk=seat.pk if seat else None, **fields)


def acts():
    names = Entry.objects.filter(name__startswith="person.checked").order_by("pk")
    return list(names.values_list("name", flat=True))


def test_what_is_sent_twice_is_taken_once(hall, seat, ada):  # R12
    queue = [tap("check-in", seat, ago=3), tap("undo", seat, ago=2), tap("check-in", seat, ago=1)]
    queue.append(tap("walk-in", name="Eve Ek"))
    once = [taps.take(hall, each, by=ada).outcome for each in queue]
    for _again in range(2):
        assert [taps.take(hall, each, by=ada).outcome for each in queue] == ["done"] * 4
    assert once == ["done"] * 4
    assert acts() == ["person.checked_in", "person.checked_out", "person.checked_in", "person.checked_in"]
    assert (hall.rsvps.checked_in().count(), DoorTap.objects.count()) == (2, 4)
    assert Person.objects.filter(name="Eve Ek").count() == 1


def test_control_without_its_id_a_queue_sent_twice_is_done_twice(hall, seat, ada):
    for _again in range(2):
        for kind in ("check-in", "undo"):
            taps.take(hall, tap(kind, seat), by=ada)
    assert len(acts()) == 4


def test_the_database_takes_no_id_twice(hall, seat):
    key = uuid4()
    hall.door_taps.create(key=key, kind="check-in", rsvp=seat)
    with pytest.raises(IntegrityError):
        hall.door_taps.create(key=key, kind="undo", rsvp=seat)


def test_a_tap_sent_again_does_not_bring_back_whom_another_door_has_sent_home(hall, seat, ada, chi):
    arrived = tap("check-in", seat, ago=5)
    taps.take(hall, arrived, by=ada)
    door.undo(seat, by=chi)
    taps.take(hall, arrived, by=ada)
    seat.refresh_from_db()
    assert seat.checked_in_at is None


def test_two_doors_without_a_network_make_one_check_in(hall, seat, ada, chi):  # R12
    first, second = tap("check-in", seat, ago=20), tap("check-in", seat, ago=10)
    assert taps.take(hall, second, by=chi).outcome == "done"
    assert taps.take(hall, first, by=ada).outcome == "already"
    seat.refresh_from_db()
    assert (seat.checked_in_at, seat.checked_in_by) == (second.tapped_at, chi)
    assert acts() == ["person.checked_in"]


def test_an_undo_takes_back_nothing_that_came_after_it(hall, seat, ada, chi):
    undone = tap("undo", seat, ago=10)
    door.check_in(seat, by=chi)
    assert taps.take(hall, undone, by=ada).outcome == "later"
    seat.refresh_from_db()
    assert seat.checked_in_at is not None


def test_an_undo_takes_back_what_the_phone_had_seen_though_its_clock_is_slow(hall, seat, ada, chi):
    seen = door.check_in(seat, by=chi).checked_in_at
    assert taps.take(hall, tap("undo", seat, ago=10, seen_at=seen), by=ada).outcome == "done"
    seat.refresh_from_db()
    assert seat.checked_in_at is None


def test_whoever_arrived_without_a_network_arrived_at_the_tap(hall, seat, ada):
    arrived = tap("check-in", seat, ago=40)
    assert taps.take(hall, arrived, by=ada).rsvp.checked_in_at == arrived.tapped_at


@pytest.mark.parametrize("ago", [-60, 25 * 60, 60 * 24 * 400])
def test_a_phone_with_a_wrong_clock_moves_nobody_out_of_the_day(hall, seat, ada, ago):
    before = now()
    arrived = taps.take(hall, tap("check-in", seat, ago=ago), by=ada).rsvp.checked_in_at
    assert before <= arrived <= now()


def test_who_walked_in_before_the_end_is_let_in_after_it(hall, ada):
    begin(hall)
    in_time = tap("walk-in", name="Eve Ek", ago=5)
    hall.ends_at = now() - timedelta(minutes=1)
    hall.save()
    assert taps.take(hall, in_time, by=ada).rsvp.checked_in_at == in_time.tapped_at
    with pytest.raises(Refusal, match="takes nobody in"):
        taps.take(hall, tap("walk-in", name="Late Lind"), by=ada)


def test_what_is_refused_may_be_sent_again(hall, ada, ben):
    rsvp.attend(hall, ben)
    only_one_seat(hall)
    refused = tap("walk-in", name="Eve Ek")
    for _again in range(2):
        with pytest.raises(Refusal, match="Every seat is taken"):
            taps.take(hall, refused, by=ada)
    assert not DoorTap.objects.exists()
    type(hall).objects.filter(pk=hall.pk).update(capacity=2)
    assert taps.take(hall, refused, by=ada).outcome == "done"


def test_a_walk_in_is_taken_back_by_its_tap(hall, ada):
    walked_in = tap("walk-in", name="Eve Ek", ago=2)
    came = taps.take(hall, walked_in, by=ada).rsvp
    assert taps.take(hall, tap("undo", of=walked_in.key, ago=1), by=ada).outcome == "done"
    came.refresh_from_db()
    assert came.checked_in_at is None
    assert taps.take(hall, tap("undo", of=uuid4()), by=ada).outcome == "already"


def test_taps_of_those_who_do_not_greet_are_not_taken(hall, seat, ben):
    with pytest.raises(PermissionDenied):
        taps.take(hall, tap("check-in", seat), by=ben)
    assert acts() == []


def test_a_tap_names_nobody_of_another_gathering(hall, seat, gathering, makers, ada):
    other = gathering(makers)
    with pytest.raises(Refusal, match="not on the list"):
        taps.take(other, tap("check-in", seat), by=ada)


def test_taps_are_forgotten_a_week_after(hall, seat, ada):
    taps.take(hall, tap("check-in", seat), by=ada)
    for days, left in ((6, 1), (8, 0)):
        hall.ends_at = now() - timedelta(days=days)
        hall.starts_at = hall.ends_at - timedelta(hours=4)
        hall.save()
        taps.forget_old()
        assert DoorTap.objects.count() == left


# Through the door's address


def told(client, hall, **fields):
    body = {"key": uuid4(), "kind": "check-in", "tapped_at": now().isoformat()} | fields
    return client.post(f"/gatherings/{hall.pk}/door/taps/", body)


def test_the_phone_is_told_what_became_of_each_tap(client, hall, seat, ada):
    client.force_login(ada)
    assert told(client, hall, rsvp=seat.pk).json() == {"outcome": "done"}
    assert told(client, hall, rsvp=seat.pk).json() == {"outcome": "already"}
    undone = (now() - timedelta(hours=1)).isoformat()
    assert told(client, hall, kind="undo", rsvp=seat.pk, tapped_at=undone).json() == {"outcome": "later"}
    only_one_seat(hall)
    full = told(client, hall, kind="walk-in", name="Eve Ek")
    assert (full.status_code, full.json()["outcome"]) == (409, "refused")
    assert "Every seat is taken" in full.json()["why"]


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "dance"},
        {"key": "x"},
        {"tapped_at": "yesterday"},
        {"tapped_at": ""},
        {"rsvp": "x"},
        {"rsvp": 2**80},
        {"kind": "walk-in", "name": ""},
        {"kind": "walk-in", "name": "E\0e"},
        {"kind": "walk-in", "name": "Eve", "email": "x"},
        {"kind": "undo"},
    ],
)
def test_what_makes_no_sense_is_refused_with_a_word(client, hall, seat, ada, fields):
    client.force_login(ada)
    answer = told(client, hall, **fields)
    assert (answer.status_code, answer.json()["outcome"]) == (422, "refused")
    assert answer.json()["why"]
    assert acts() == []


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00"])
@pytest.mark.parametrize("kind", ["check-in", "undo"])
def test_the_ends_of_time_break_nothing(client, hall, seat, ada, kind, at):
    client.force_login(ada)
    told(client, hall, rsvp=seat.pk)
    assert told(client, hall, kind=kind, rsvp=seat.pk, tapped_at=at, seen_at=at).status_code in (200, 422)


def test_what_the_phone_keeps_says_until_when_and_holds_everybody(client, hall, seat, ada, seated):
    seated(hall, 120)
    hall.capacity = 200
    hall.save()
    client.force_login(ada)
    kept = client.get(f"/gatherings/{hall.pk}/door/kept/")
    assert kept["Door-Kept-Until"] == (hall.ends_at + timedelta(days=1)).isoformat()
    assert kept.text.count("data-rsvp=") == 121
    assert client.get(f"/gatherings/{hall.pk}/door/").text.count("data-rsvp=") == 100


def test_the_worker_reaches_no_further_than_its_door(client, hall, ada):
    client.force_login(ada)
    script = client.get(f"/gatherings/{hall.pk}/door/worker.js")
    assert script["Content-Type"].startswith("text/javascript")
    # A browser gives a worker what lies below its own address, unless this header says otherwise.
    assert "Service-Worker-Allowed" not in script


def test_signing_out_has_the_browser_forget(client, ada):
    client.force_login(ada)
    assert "Clear-Site-Data" not in client.get("/sign-out/")
    assert client.post("/sign-out/")["Clear-Site-Data"] == '"storage"'


# Two at once


@pytest.mark.django_db(transaction=True)
def test_a_queue_sent_twice_at_once_is_taken_once(hall, seat, ada):
    for _round in range(5):
        Entry.objects.all().delete()
        queue = [tap("check-in", seat, ago=2), tap("undo", seat, ago=1), tap("walk-in", name="Eve Ek")]

        def send(queue=queue):
            return [taps.take(hall, each, by=ada).outcome for each in queue]

        assert at_once(*[send] * 4) == [["done"] * 3] * 4
        assert acts()[:2] == ["person.checked_in", "person.checked_out"]
        assert Entry.objects.filter(name="person.checked_in", subject_id=str(seat.pk)).count() == 1
        assert Person.objects.filter(name="Eve Ek").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_doors_at_once_make_one_check_in(hall, seat, ada, chi):
    for _round in range(5):
        Entry.objects.all().delete()
        door.undo(Rsvp.objects.get(pk=seat.pk), by=ada)
        Entry.objects.all().delete()
        calls = [
            partial(taps.take, hall, tap("check-in", seat, ago=ago), by=by)
            for ago, by in ((3, ada), (2, chi), (1, ada))
        ]
        calls.append(partial(door.check_in, Rsvp.objects.get(pk=seat.pk), by=chi))
        outcomes = at_once(*calls)
        assert not [each for each in outcomes if isinstance(each, Exception)]
        assert acts() == ["person.checked_in"]

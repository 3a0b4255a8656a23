"""Two at the same moment, on the database's own locks."""

from functools import partial

import pytest

from peerhood.journal.models import Entry
from peerhood.rooms import running
from peerhood.rooms.forum import acknowledging, hard_stop, objecting
from peerhood.rooms.models import Moment, Room
from peerhood.rooms.turns import Stale
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def fresh(room):
    return Room.objects.select_related("item").get(pk=room.pk)


def failed(outcomes):
    return [type(outcome).__name__ for outcome in outcomes if isinstance(outcome, Exception)]


def test_all_acknowledge_at_once_and_the_item_opens_once(waiting, phones):
    outcomes = at_once(*(partial(acknowledging.acknowledge, waiting, phone) for phone in phones))
    assert failed(outcomes) == []
    room = fresh(waiting)
    assert (room.went_on_without, room.is_paused()) == (0, False)
    assert Entry.objects.filter(name="room.reminded").count() == 1


def test_the_last_one_and_the_facilitator_at_once_open_it_once(waiting, phones, ada):
    for phone in phones[:2]:
        acknowledging.acknowledge(waiting, phone)
    outcomes = at_once(
        partial(acknowledging.acknowledge, waiting, phones[2]),
        partial(acknowledging.go_on_without, waiting, by=ada),
        may_raise=Stale,
    )
    assert failed(outcomes) in ([], ["Stale"])
    assert Entry.objects.filter(name="room.reminded").count() == 1
    assert not fresh(waiting).is_paused()


def test_the_worker_and_the_facilitator_at_once_move_the_room_once(opened, run_out, ada):
    room = run_out(opened)
    outcomes = at_once(
        partial(hard_stop.stop, room),
        partial(running.next_item, room, by=ada, version=room.version),
        may_raise=Stale,
    )
    assert failed(outcomes) in ([], ["Stale"])
    assert fresh(room).item.title == "Reporting lines"
    assert Moment.objects.exclude(act="start").count() == 1


def test_control_a_press_that_carries_no_version_moves_it_twice(opened, run_out, ada):
    room = run_out(opened)
    hard_stop.stop(room)
    running.next_item(room, by=ada)
    assert fresh(room).item.title == "Last word"


def test_three_object_at_once_and_the_topic_stops_once(opened, phones):
    topic = opened.item_id
    outcomes = at_once(*(partial(objecting.object_to, opened, phone, item_pk=topic) for phone in phones))
    assert failed(outcomes) == []
    room = fresh(opened)
    assert (room.is_stopped, room.stopped_topics) == (True, ["Risk registers"])
    assert Entry.objects.filter(name="topic.stopped").count() == 1


def test_an_objection_and_next_at_once_never_stop_the_next_topic(opened, phones, ada):
    outcomes = at_once(
        partial(objecting.object_to, opened, phones[0], item_pk=opened.item_id),
        partial(running.next_item, opened, by=ada, version=opened.version),
        may_raise=Stale,
    )
    assert [
        outcome for outcome in outcomes if isinstance(outcome, Exception) and not isinstance(outcome, Stale)
    ] == []
    room = fresh(opened)
    assert (room.item.title, room.is_stopped) in {("Reporting lines", False), ("Risk registers", True)}

from datetime import timedelta

import pytest

from peerhood.gatherings.models import AgendaItem
from peerhood.rooms import running
from peerhood.rooms.turns import TIMES, Stale

NOON = "2027-01-21T12:00:00+01:00"


def standing(room):
    room.refresh_from_db()
    return {"item": room.item_id, **{name: getattr(room, name) for name in TIMES}}


@pytest.mark.parametrize(
    ("before", "act"),
    [
        ([], running.start),
        ([running.start], running.next_item),
        ([running.start, running.next_item], running.previous_item),
        ([running.start], running.pause),
        ([running.start, running.pause], running.resume),
        ([running.start], running.add_minute),
        ([running.start], running.close_room),
    ],
)
def test_undo_puts_the_room_back_where_it_stood(room, ada, before, act):
    for earlier in before:
        earlier(room, by=ada)
    stood = standing(room)
    act(room, by=ada)
    assert standing(room) != stood
    running.undo(room, by=ada)
    assert standing(room) == stood


def test_several_undos_walk_back_to_the_lobby(room, ada, time_machine):
    time_machine.move_to(NOON, tick=False)
    stood = []
    for act in (running.start, running.pause, running.resume, running.add_minute, running.next_item):
        stood.append(standing(room))
        act(room, by=ada)
        time_machine.shift(timedelta(seconds=10))
    for there in reversed(stood):
        running.undo(room, by=ada)
        assert standing(room) == there
    with pytest.raises(Stale):
        running.undo(room, by=ada)


def test_after_an_undone_next_the_clock_has_gone_on_as_if_nothing_happened(room, ada, time_machine):
    time_machine.move_to(NOON, tick=False)
    ends_at = running.start(room, by=ada).item_ends_at
    time_machine.shift(timedelta(minutes=4))
    running.next_item(room, by=ada)
    time_machine.shift(timedelta(minutes=1))
    assert running.undo(room, by=ada).item_ends_at == ends_at


def test_undo_does_not_open_a_ballot_again_that_everybody_saw_closed(room, ada, themes, go_to):
    go_to(room, AgendaItem.Kind.BALLOT)
    running.next_item(room, by=ada)
    room = running.undo(room, by=ada)
    assert (room.item.kind, room.gathering.ballot.is_open()) == ("ballot", False)


def test_undo_after_the_item_was_deleted_leaves_the_room_without_a_place(room, ada):
    first = running.start(room, by=ada).item
    running.next_item(room, by=ada)
    first.delete()
    assert running.undo(room, by=ada).is_lost() is True

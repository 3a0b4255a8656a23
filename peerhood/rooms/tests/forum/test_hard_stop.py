import pytest

from peerhood.gatherings.models import AgendaItem
from peerhood.platform.refusals import Refusal
from peerhood.rooms import running
from peerhood.rooms.forum import acknowledging, hard_stop, objecting, queries
from peerhood.rooms.models import Moment, Room
from peerhood.rooms.turns import Stale


def fresh(room):
    return Room.objects.select_related("item").get(pk=room.pk)


def test_at_the_planned_minute_the_worker_goes_on_to_the_next_item(opened, run_out):
    run_out(opened)
    hard_stop.stop_due()
    assert fresh(opened).item.title == "Reporting lines"
    assert Moment.objects.last().act == Moment.Act.TIME_UP


def test_control_a_second_before_it_does_not(opened, run_out):
    run_out(opened, seconds=-5)
    hard_stop.stop_due()
    assert fresh(opened).item.title == "Risk registers"


def test_control_an_item_of_another_level_is_never_cut_off(opened, run_out):
    AgendaItem.objects.update(confidentiality="confidential")
    run_out(opened)
    hard_stop.stop_due()
    hard_stop.stop(opened)
    assert fresh(opened).item.title == "Risk registers"


def test_the_worker_and_the_facilitator_at_once_are_one_move(opened, run_out, ada):
    room = run_out(opened)
    hard_stop.stop(room)
    with pytest.raises(Stale):
        running.next_item(room, by=ada, version=room.version)
    assert fresh(room).item.title == "Reporting lines"


def test_and_the_other_way_round_as_well(opened, run_out, ada):
    room = run_out(opened)
    running.next_item(room, by=ada, version=room.version)
    hard_stop.stop(room)
    assert fresh(room).item.title == "Reporting lines"


def test_the_worker_twice_is_one_move(opened, run_out):
    room = run_out(opened)
    hard_stop.stop(room)
    hard_stop.stop(room)
    assert fresh(room).item.title == "Reporting lines"


def test_after_the_last_item_the_room_stands_still(opened, run_out, ada, evening):
    evening.agenda.exclude(pk=opened.item_id).delete()
    run_out(opened)
    hard_stop.stop_due()
    room = fresh(opened)
    assert (room.item.title, room.is_paused()) == ("Risk registers", True)
    with pytest.raises(Stale):
        running.resume(room, by=ada)
    version = room.version
    hard_stop.stop_due()
    assert fresh(opened).version == version


def test_where_whoever_ran_it_may_no_longer_the_room_stands_still(opened, run_out, ada, evening):
    run_out(opened)
    Moment.objects.update(by=None)
    hard_stop.stop_due()
    room = fresh(opened)
    assert (room.item.title, room.is_paused()) == ("Risk registers", True)


@pytest.mark.parametrize("held", ["waiting", "stopped", "paused"])
def test_a_clock_that_stands_still_is_not_over(waiting, phones, run_out, ada, held):
    room = waiting
    if held != "waiting":
        room = acknowledging.go_on_without(waiting, by=ada)
    if held == "stopped":
        room = objecting.object_to(room, phones[0], item_pk=room.item_id)
    if held == "paused":
        room = running.pause(room, by=ada)
    run_out(room)
    hard_stop.stop_due()
    assert fresh(room).item.title == "Risk registers"


def test_undo_comes_back_and_nobody_is_hurried_on_again(opened, run_out, ada):
    hard_stop.stop(run_out(opened))
    room = running.undo(fresh(opened), by=ada)
    assert (room.item.title, room.is_paused()) == ("Risk registers", True)
    hard_stop.stop_due()
    assert fresh(room).item.title == "Risk registers"
    assert running.next_item(fresh(room), by=ada).item.title == "Reporting lines"


def test_the_last_act_is_said_to_have_come_by_itself(opened, run_out, client, ada):
    hard_stop.stop(run_out(opened))
    client.force_login(ada)
    assert "Last: “Time was up”, by itself." in client.get(f"/gatherings/{opened.gathering_id}/room/").text


def test_two_minutes_before_every_screen_is_told(opened, run_out, client, ada, ben):
    room = run_out(opened, seconds=-100)
    client.force_login(ben)
    pages = [client.get(f"/r/{room.code}/{page}").text for page in ("", "screen/")]
    client.force_login(ada)
    pages.append(client.get(f"/gatherings/{room.gathering_id}/room/").text)
    for page in pages:
        assert 'warns="120" warned' in page
        assert 'say-warning="Two minutes left. Then we stop."' in page


def test_control_three_minutes_before_nobody_is(opened, run_out):
    assert queries.forum_of(fresh(run_out(opened, seconds=-100))).is_ending
    assert not queries.forum_of(fresh(run_out(opened, seconds=-180))).is_ending


def test_at_nothing_the_screens_say_that_we_stop(opened, run_out, client):
    room = run_out(opened)
    assert "Time is up. We stop here." in client.get(f"/r/{room.code}/screen/").text
    assert queries.forum_of(fresh(room)).is_over


def test_no_step_goes_on_when_time_is_up(opened, run_out, ada):
    from peerhood.rooms.formats import stepping

    with pytest.raises(Stale):
        stepping.next_step(run_out(opened), by=ada)


def test_the_worker_is_asked_when_the_clock_begins_to_run(waiting, phones, monkeypatch, ada,
                                                          django_capture_on_commit_callbacks):  # fmt: skip
    from huey.contrib.djhuey import HUEY

    def planned():
        return sum("stop_rooms" in type(task).__name__ for task in HUEY.scheduled())

    before = planned()
    with django_capture_on_commit_callbacks(execute=True):
        room = acknowledging.go_on_without(waiting, by=ada)
    assert planned() == before + 1
    with django_capture_on_commit_callbacks(execute=True):
        room = running.pause(room, by=ada)
    assert planned() == before + 1
    with django_capture_on_commit_callbacks(execute=True):
        running.resume(room, by=ada)
    assert planned() == before + 2


def test_minutes_really_spent_count_the_item_that_was_cut_off(opened, run_out, evening):
    from peerhood.rooms.queries import run_of_the_day

    hard_stop.stop(run_out(opened))
    lines = run_of_the_day(fresh(opened), list(evening.agenda.all()))
    assert lines[0].real == 20


def test_a_refusal_is_for_the_last_item_only(opened, ada):
    room = running.next_item(running.next_item(opened, by=ada), by=ada)
    with pytest.raises(Refusal):
        running.next_item(room, by=ada)

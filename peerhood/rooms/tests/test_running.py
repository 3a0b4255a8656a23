from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from peerhood.circles.models import Membership
from peerhood.gatherings.models import AgendaItem, Gathering
from peerhood.journal.models import Entry
from peerhood.platform.refusals import Refusal
from peerhood.rooms import codes, running
from peerhood.rooms.models import Room
from peerhood.rooms.turns import Stale

Kind = AgendaItem.Kind


def titles_on(room):
    return room.item and room.item.title


def test_opening_twice_gives_the_same_room_and_code(afternoon, ada):
    first, second = (running.open_room(afternoon, by=ada) for _ in range(2))
    assert (first.pk, first.code) == (second.pk, second.code)
    assert codes.tidy(first.code) == first.code


def test_hosts_organisers_and_facilitators_run_the_room_and_nobody_else(afternoon, makers, ben, chi, dot):
    makers.memberships.filter(person=chi).update(role=Membership.Role.FACILITATOR)
    room = running.open_room(afternoon, by=chi)
    assert titles_on(running.start(room, by=chi)) == "Coffee"
    for stranger in (ben, dot):
        with pytest.raises(PermissionDenied):
            running.next_item(room, by=stranger)


@pytest.mark.parametrize("state", [Gathering.State.DRAFT, Gathering.State.CANCELLED])
def test_a_room_opens_only_for_an_announced_gathering(afternoon, ada, state):
    afternoon.state = state
    afternoon.save()
    with pytest.raises(Refusal):
        running.open_room(afternoon, by=ada)


def test_two_open_rooms_never_share_a_code_and_a_closed_one_rests(
    afternoon, makers, ada, gathering, monkeypatch
):
    dealt = iter(["KAFFE-42", "KAFFE-42", "BERG-17"])
    monkeypatch.setattr(codes, "new", lambda: next(dealt))
    first = running.open_room(afternoon, by=ada)
    running.close_room(first, by=ada)
    second = running.open_room(gathering(makers, title="Another"), by=ada)
    assert (first.code, second.code) == ("KAFFE-42", "BERG-17")


def test_a_code_may_be_given_again_after_a_week(afternoon, makers, ada, gathering, monkeypatch):
    monkeypatch.setattr(codes, "new", lambda: "KAFFE-42")
    first = running.close_room(running.open_room(afternoon, by=ada), by=ada)
    Room.objects.filter(pk=first.pk).update(closed_at=now() - timedelta(days=8))
    assert running.open_room(gathering(makers, title="Another"), by=ada).code == "KAFFE-42"


def test_the_agenda_is_walked_item_by_item_and_back(room, ada):
    walked = [titles_on(running.start(room, by=ada))]
    walked += [titles_on(running.next_item(room, by=ada)) for _ in range(2)]
    walked += [titles_on(running.previous_item(room, by=ada))]
    assert walked == ["Coffee", "What I stopped doing", "Three tables", "What I stopped doing"]


def test_an_item_gets_its_planned_minutes_from_the_moment_it_starts(room, ada):
    room = running.start(room, by=ada)
    assert room.item_ends_at - room.item_started_at == timedelta(minutes=20)


def test_there_is_nothing_before_the_first_item_nor_after_the_last(room, ada, go_to):
    room = running.start(room, by=ada)
    with pytest.raises(Refusal):
        running.previous_item(room, by=ada)
    go_to(room, Kind.CLOSING)
    with pytest.raises(Refusal):
        running.next_item(room, by=ada)
    assert room.moments.count() == 5


def test_an_empty_agenda_cannot_start(room, afternoon, ada):
    afternoon.agenda.all().delete()
    with pytest.raises(Refusal):
        running.start(room, by=ada)


def test_a_pause_moves_the_end_by_its_length(room, ada, time_machine):
    time_machine.move_to("2027-01-21T13:00:00+01:00", tick=False)
    ends_at = running.start(room, by=ada).item_ends_at
    time_machine.shift(timedelta(minutes=5))
    running.pause(room, by=ada)
    time_machine.shift(timedelta(minutes=3))
    resumed = running.resume(room, by=ada)
    assert (resumed.item_ends_at - ends_at, resumed.paused_at) == (timedelta(minutes=3), None)


def test_a_minute_more_counts_from_now_once_time_is_up(room, ada, time_machine):
    time_machine.move_to("2027-01-21T13:00:00+01:00", tick=False)
    ends_at = running.start(room, by=ada).item_ends_at
    assert running.add_minute(room, by=ada).item_ends_at == ends_at + timedelta(minutes=1)
    time_machine.shift(timedelta(minutes=30))
    assert running.add_minute(room, by=ada).item_ends_at == now() + timedelta(minutes=1)


def test_the_next_item_is_not_paused(room, ada):
    running.start(room, by=ada)
    running.pause(room, by=ada)
    assert running.next_item(room, by=ada).is_paused() is False


def test_nothing_but_undo_happens_in_a_closed_room(room, ada):
    running.start(room, by=ada)
    running.close_room(room, by=ada)
    for act in (running.start, running.next_item, running.pause, running.add_minute, running.close_room):
        with pytest.raises(Refusal):
            act(room, by=ada)
    assert titles_on(running.undo(room, by=ada)) == "Coffee"


def test_every_act_makes_a_new_version_and_is_written_in_the_journal_once(room, ada):
    acts = [running.start, running.pause, running.resume, running.add_minute, running.next_item]
    acts += [running.undo, running.close_room]
    versions = [act(room, by=ada).version for act in acts]
    assert versions == [1, 2, 3, 4, 5, 6, 7]
    assert list(Entry.objects.values_list("name", flat=True)) == [
        "room.opened",
        "item.started",
        "room.paused",
        "room.resumed",
        "room.extended",
        "item.started",
        "room.undone",
        "room.closed",
    ]


def test_a_stale_press_does_nothing(room, ada, ben, makers):
    makers.memberships.filter(person=ben).update(role=Membership.Role.FACILITATOR)
    started = running.start(room, by=ada, version=0)
    running.next_item(room, by=ada, version=started.version)
    for by in (ada, ben):  # Ada taps twice; Ben's page still shows the button
        with pytest.raises(Stale):
            running.next_item(room, by=by, version=started.version)
    room.refresh_from_db()
    assert (titles_on(room), room.version, room.moments.count()) == ("What I stopped doing", 2, 2)


def test_when_the_current_item_is_taken_off_the_agenda_the_facilitator_says_where_to_go_on(room, ada):
    running.start(room, by=ada).item.delete()
    room.refresh_from_db()
    assert (room.is_lost(), room.item) == (True, None)
    with pytest.raises(Stale):
        running.start(room, by=ada)
    story = room.gathering.agenda.get(kind=Kind.MEMBER_STORY)
    assert titles_on(running.go_to(room, story, by=ada)) == "What I stopped doing"


def test_a_room_goes_on_only_with_an_item_of_its_own_agenda(room, ada, makers, gathering):
    stranger = gathering(makers).agenda.create(
        position=1, kind=Kind.TALK, title="Elsewhere", length_minutes=5
    )
    with pytest.raises(PermissionDenied):
        running.go_to(room, stranger, by=ada)


def test_a_forgotten_room_is_closed_and_its_ballot_left_to_the_organiser(room, ada, themes, go_to):
    from peerhood.rooms.tasks import close_forgotten_rooms

    go_to(room, Kind.BALLOT)
    Gathering.objects.update(starts_at=now() - timedelta(hours=12), ends_at=now() - timedelta(hours=7))
    close_forgotten_rooms.call_local()
    room.refresh_from_db()
    assert (room.is_open(), room.gathering.ballot.is_open()) == (False, True)


def test_a_room_is_not_forgotten_on_the_evening_it_was_used(room):
    from peerhood.rooms.tasks import close_forgotten_rooms

    Gathering.objects.update(starts_at=now() - timedelta(hours=6), ends_at=now() - timedelta(hours=5))
    close_forgotten_rooms.call_local()
    room.refresh_from_db()
    assert room.is_open() is True

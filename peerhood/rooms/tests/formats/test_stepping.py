from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from peerhood.mixing.models import Encounter, Round
from peerhood.mixing.queries import table_of
from peerhood.platform.refusals import Refusal
from peerhood.rooms import queries, running, turns
from peerhood.rooms.formats import queries as formats
from peerhood.rooms.formats import stepping
from peerhood.rooms.formats.recipe import Contribution, Grouping, Part, Step
from peerhood.rooms.formats.standing import level_of, standing_of
from peerhood.rooms.models import Pot, Room
from peerhood.rooms.pot import closing, pouring

PAIRS = Step("Pairs", grouping=Grouping.PAIRS)


def title_on(room):
    standing = standing_of(room)
    return standing.step.title if standing else room.item.title


def seconds_on_clock(room):
    return queries.face_of(room, standing_of(room)).left


def test_an_item_with_a_format_begins_with_its_first_step(room_with, steps, ada):
    room = running.start(room_with(*steps), by=ada)
    assert (title_on(room), seconds_on_clock(room)) == ("First", 60)


def test_the_format_is_walked_step_by_step_and_then_the_agenda_goes_on(room_with, steps, ada):
    room = running.start(room_with(*steps), by=ada)
    room = stepping.next_step(room, by=ada)
    assert (title_on(room), seconds_on_clock(room)) == ("Second", 120)
    with pytest.raises(turns.Stale):
        stepping.next_step(room, by=ada)
    room = running.next_item(room, by=ada)
    assert (title_on(room), room.place, standing_of(room)) == ("Last word", "", None)


def test_one_step_back_has_its_full_time_again(room_with, steps, ada):
    room = stepping.next_step(running.start(room_with(*steps), by=ada), by=ada)
    room = stepping.previous_step(room, by=ada)
    assert (title_on(room), seconds_on_clock(room)) == ("First", 60)


def test_a_part_that_goes_round_is_left_by_saying_so(room_with, steps, ada):
    room = running.start(room_with(Part(steps, times=0, each="topic"), Step("Thanks")), by=ada)
    for _ in range(2):
        room = stepping.next_step(room, by=ada)
    assert (title_on(room), formats.lap_of(standing_of(room))) == ("First", "Topic 2")
    assert title_on(stepping.onward(room, by=ada)) == "Thanks"


def test_undo_goes_back_step_by_step_with_the_clock_as_it_was(room_with, steps, ada, time_machine):
    time_machine.move_to("2027-01-21T18:00:00+01:00", tick=False)
    room = running.start(room_with(*steps), by=ada)
    time_machine.shift(timedelta(seconds=20))
    room = stepping.next_step(room, by=ada)
    room = running.undo(room, by=ada)
    assert (title_on(room), seconds_on_clock(room)) == ("First", 40)


def test_a_pause_and_a_minute_more_move_the_step_and_the_item(room_with, steps, ada, time_machine):
    time_machine.move_to("2027-01-21T18:00:00+01:00", tick=False)
    room = running.start(room_with(*steps), by=ada)
    item_ends_at = room.item_ends_at
    running.pause(room, by=ada)
    time_machine.shift(timedelta(seconds=30))
    room = running.add_minute(running.resume(room, by=ada), by=ada)
    assert seconds_on_clock(room) == 120
    assert room.item_ends_at - item_ends_at == timedelta(seconds=90)


def test_two_facilitators_who_press_at_once_go_one_step(room_with, steps, ada):
    room = running.start(room_with(*steps, Step("Third")), by=ada)
    stepping.next_step(room, by=ada, version=room.version)
    with pytest.raises(turns.Stale):
        stepping.next_step(room, by=ada, version=room.version)
    assert title_on(Room.objects.get(pk=room.pk)) == "Second"


def test_members_do_not_walk_the_room(room_with, steps, ada, ben):
    room = running.start(room_with(*steps), by=ada)
    for act in (stepping.next_step, stepping.previous_step, stepping.onward, stepping.next_turn):
        with pytest.raises(PermissionDenied):
            act(room, by=ben)


def test_nothing_goes_on_by_itself_when_time_is_up(room_with, steps, ada, time_machine):
    time_machine.move_to("2027-01-21T18:00:00+01:00", tick=False)
    room = running.start(room_with(*steps), by=ada)
    time_machine.shift(timedelta(minutes=10))
    room = Room.objects.get(pk=room.pk)
    assert (title_on(room), seconds_on_clock(room)) == ("First", 0)


# Groups


def test_a_step_in_pairs_shows_groups_and_leaving_them_remembers_them(room_with, come, ada):
    room = room_with(PAIRS, Step("All"))
    come(room, 6)
    room = running.start(room, by=ada)
    assert len(queries.tables_on_screen(queries.round_on_screen(room, standing_of(room)))) == 3
    room = stepping.next_step(room, by=ada)
    assert queries.round_on_screen(room, standing_of(room)) is None
    assert Encounter.objects.filter(gathering=room.gathering).count() == 3


def test_every_time_round_has_new_groups(room_with, come, ada):
    room = room_with(Part((PAIRS,), times=5, each="round"))
    come(room, 6)
    room = running.start(room, by=ada)
    for _ in range(4):
        room = stepping.next_step(room, by=ada)
    running.next_item(room, by=ada)
    assert Encounter.objects.filter(gathering=room.gathering).count() == 15  # every pair of six, once


def test_the_same_groups_stay_together_through_the_steps_that_say_so(room_with, come, ada):
    room = room_with(PAIRS, Step("Still", grouping=Grouping.SAME))
    come(room, 4)
    before = queries.round_on_screen(room := running.start(room, by=ada), standing_of(room))
    room = stepping.next_step(room, by=ada)
    assert queries.round_on_screen(room, standing_of(room)) == before


def test_undo_unmakes_groups_that_nobody_sat_in_and_finds_those_before_again(room_with, come, ada):
    room = room_with(PAIRS, Step("Threes", grouping=Grouping.THREES))
    come(room, 6)
    room = running.start(room, by=ada)
    first = queries.round_on_screen(room, standing_of(room))
    room = running.undo(stepping.next_step(room, by=ada), by=ada)
    assert list(Round.objects.filter(plan__gathering=room.gathering)) == [first]
    assert queries.round_on_screen(room, standing_of(room)) == first


def test_each_in_a_group_leads_once(room_with, come, ada):
    lead = Step("Tells", grouping=Grouping.SAME, role="client")
    room = room_with(Step("Reflect", grouping=Grouping.THREES), Part((lead,), times=3, each="client"))
    come(room, 3)
    room, led = running.start(room, by=ada), []
    shown = queries.round_on_screen(room, standing_of(room))
    _number, group = table_of(shown, shown.seats.first().person)
    for _ in range(3):
        room = stepping.next_step(room, by=ada)
        led.append(formats.lead_in(standing_of(room), group))
    assert sorted(person.pk for person in led) == sorted(person.pk for person in group)


# What is written


def test_a_step_in_which_something_is_written_opens_a_pot_with_its_question(room_with, steps, ada):
    idea = Step("Ideas", says="What would you try?", contribution=Contribution.IDEA)
    room = running.start(room_with(idea, *steps), by=ada)
    pot = Pot.objects.get(room=room)
    assert (pot.ask, pot.place, pot.is_open()) == ("What would you try?", room.place, True)


def test_going_on_leaves_whoever_writes_a_quarter_of_a_minute(room_with, steps, ada):
    room = running.start(room_with(Step("Ideas", contribution=Contribution.IDEA), *steps), by=ada)
    stepping.next_step(room, by=ada)
    pot = Pot.objects.get(room=room)
    assert pot.is_closing()
    assert pot.closes_at - now() > timedelta(seconds=10)


def test_undo_keeps_the_pot_open_that_was_about_to_close(room_with, steps, ada):
    room = running.start(room_with(Step("Ideas", contribution=Contribution.IDEA), *steps), by=ada)
    running.undo(stepping.next_step(room, by=ada), by=ada)
    assert not Pot.objects.get(room=room).is_closing()


def test_undo_of_something_else_lets_a_pot_close_that_was_told_to(room_with, steps, ada):
    room = running.start(room_with(Step("Ideas", contribution=Contribution.IDEA), *steps), by=ada)
    running.add_minute(room, by=ada)
    closing.begin(room, by=ada)
    running.undo(room, by=ada)
    assert Pot.objects.get(room=room).is_closing()


@pytest.mark.django_db(transaction=True)
def test_the_next_pot_waits_until_the_one_before_is_poured(room_with, ada):
    asked = [Step(title, contribution=Contribution.IDEA) for title in ("One", "Two")]
    room = running.start(room_with(*asked), by=ada)
    stepping.next_step(room, by=ada)
    first = Pot.objects.get(room=room)
    pouring.pour(first)
    if Pot.objects.get(pk=first.pk).is_held_back():
        closing.discard(room, by=ada)
    assert Pot.objects.filter(room=room, ask="Two", state=Pot.State.OPEN).exists()


def test_a_step_may_be_stricter_than_its_item_and_never_looser(room_with, ada):
    room = running.start(
        room_with(Step("Ours", level="confidential"), Step("Free", level="open"), level="chatham"), by=ada
    )
    levels = [level_of(room), level_of(stepping.next_step(room, by=ada))]
    assert levels == ["confidential", "chatham"]


# Times


def test_planned_and_real_times_stand_side_by_side(room_with, steps, ada, time_machine):
    time_machine.move_to("2027-01-21T18:00:00+01:00", tick=False)
    room = running.start(room_with(*steps), by=ada)
    time_machine.shift(timedelta(seconds=150))
    room = stepping.next_step(room, by=ada)
    lines = formats.run_of_the_format(room, standing_of(room))
    assert [(line.title, line.planned_words, line.real_words) for line in lines] == [
        ("First", "1:00", "2:30"),
        ("Second", "2:00", "0:00"),
    ]
    assert [line.is_over_plan for line in lines] == [True, False]


def test_the_end_that_is_expected_counts_the_steps_to_come(room_with, steps, ada, time_machine):
    time_machine.move_to("2027-01-21T18:00:00+01:00", tick=False)
    room = running.start(room_with(*steps), by=ada)
    agenda = list(room.gathering.agenda.all())
    assert queries.expected_end(room, agenda) - now() == timedelta(minutes=1 + 2 + 5)


def test_a_format_that_lost_its_place_leaves_the_room_on_its_item(room_with, steps, ada):
    room = stepping.next_step(running.start(room_with(*steps), by=ada), by=ada)
    room.item.format.recipe["parts"] = room.item.format.recipe["parts"][:1]
    room.item.format.save()
    room = Room.objects.select_related("item__format").get(pk=room.pk)
    assert (title_on(room), seconds_on_clock(room)) == ("Tried", 30 * 60)
    with pytest.raises(turns.Stale):
        stepping.next_step(room, by=ada)


def test_a_step_says_when_its_end_is_near(room_with, ada, client):
    room = running.start(room_with(Step("Round", seconds=600, warns=120), Step("Quiet")), by=ada)
    assert 'warns="120" say-warning="2:00 left."' in client.get(f"/r/{room.code}/").text
    stepping.next_step(room, by=ada)
    assert "warns=" not in client.get(f"/r/{room.code}/").text


def test_there_is_no_next_turn_where_nobody_speaks_in_turn(room_with, steps, ada):
    room = running.start(room_with(*steps), by=ada)
    with pytest.raises((turns.Stale, Refusal)):
        stepping.next_turn(room, by=ada)

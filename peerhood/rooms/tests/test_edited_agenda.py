"""The agenda is edited while the room runs: whoever stands in the middle of it stays there."""

from dataclasses import replace

import pytest

from peerhood.gatherings import agenda
from peerhood.gatherings.agenda import Line
from peerhood.gatherings.models import AgendaItem
from peerhood.rooms import queries, running

Kind = AgendaItem.Kind


@pytest.fixture
def story(room, go_to):
    """The room stands at the second item, the member's story."""
    return go_to(room, Kind.MEMBER_STORY)


@pytest.fixture
def rewrite(afternoon, ada):
    """Read the agenda, change its lines, write it again: ``rewrite(lambda lines: lines[1:])``."""
    return lambda change: agenda.set_agenda(afternoon, change(agenda.lines_of(afternoon)), by=ada)


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: [Line(Kind.TALK, "News", 10), *lines],
        lambda lines: lines[1:],
        lambda lines: [*lines[2:], lines[1], lines[0]],
        lambda lines: [lines[0], replace(lines[1], title="What I began", length_minutes=45), *lines[2:]],
    ],
    ids=["another before it", "the one before it is gone", "it is moved", "it is written anew"],
)
def test_the_room_stays_at_its_item_and_its_clock_goes_on(story, rewrite, change):
    stood = (story.item_id, *story.times())
    rewrite(change)
    story.refresh_from_db()
    assert (story.item_id, *story.times()) == stood


def test_next_and_back_go_by_the_new_agenda(story, rewrite, ada):
    rewrite(lambda lines: [Line(Kind.TALK, "News", 10), lines[1], Line(Kind.FIKA, "Fika", 30), *lines[2:]])
    assert running.next_item(story, by=ada).item.title == "Fika"
    assert running.undo(story, by=ada).item.title == "What I stopped doing"
    assert running.previous_item(story, by=ada).item.title == "News"


def test_minutes_already_spent_are_still_known(room, rewrite, ada, time_machine):
    time_machine.move_to("2027-01-21T13:00:00+01:00", tick=False)
    running.start(room, by=ada)
    time_machine.shift(26 * 60)
    room = running.next_item(room, by=ada)
    rewrite(lambda lines: [*lines, Line(Kind.TALK, "News", 10)])
    run = queries.run_of_the_day(room, list(room.gathering.agenda.all()))
    assert [line.real for line in run] == [26, 0, None, None, None, None]


def test_when_the_item_it_is_on_is_taken_off_the_facilitator_says_where_to_go_on(client, story, rewrite, ada):
    rewrite(lambda lines: [lines[0], *lines[2:]])
    story.refresh_from_db()
    assert story.is_lost() is True
    client.force_login(ada)
    page = client.get(f"/gatherings/{story.gathering_id}/room/").text
    assert "Choose where to go on." in page
    tables = story.gathering.agenda.get(kind=Kind.MIXING)
    client.post(f"/gatherings/{story.gathering_id}/room/go-to/{tables.pk}/", {"version": story.version})
    story.refresh_from_db()
    assert story.item == tables


def test_a_talk_that_becomes_a_ballot_is_opened_by_the_facilitator(story, rewrite, themes, ada):
    rewrite(lambda lines: [lines[0], replace(lines[1], kind=Kind.BALLOT), *lines[2:]])
    story.refresh_from_db()
    assert story.is_lost() is True
    running.go_to(story, story.gathering.agenda.filter(kind=Kind.BALLOT)[0], by=ada)
    assert story.gathering.ballot.is_open() is True

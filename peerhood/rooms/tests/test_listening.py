"""What changes elsewhere makes a new version of the room, so that every screen asks again."""

import pytest

from peerhood.gatherings import planning as gatherings
from peerhood.mixing import planning as mixing
from peerhood.mixing import rounds
from peerhood.rooms import running
from peerhood.themes import ballots


@pytest.fixture
def version(room, django_capture_on_commit_callbacks):
    """How far the room's version moves while an act and its listeners run."""

    def moved(act):
        room.refresh_from_db()
        before = room.version
        with django_capture_on_commit_callbacks(execute=True):
            act()
        room.refresh_from_db()
        return room.version - before

    return moved


def test_a_round_shown_or_held_on_the_tables_page(version, plan, ada):
    first = plan.rounds.get(number=1)
    assert version(lambda: rounds.publish(first, by=ada)) == 1
    assert version(lambda: rounds.hold(first, by=ada)) == 1


def test_tables_that_were_mixed_or_mixed_again_elsewhere(version, guests, afternoon, ada):
    assert version(lambda: mixing.make_plan(afternoon, by=ada, rounds_count=2, table_size=4)) == 1
    assert version(lambda: mixing.remix(afternoon, by=ada)) == 1


def test_a_ballot_opened_or_closed_elsewhere(version, afternoon, themes, ada):
    assert version(lambda: ballots.open_ballot(afternoon, by=ada)) == 1
    assert version(lambda: ballots.close(afternoon.ballot, by=ada)) == 1


def test_a_gathering_that_is_edited(version, afternoon, ada):
    assert version(lambda: gatherings.edit(afternoon, by=ada, version=afternoon.version, title="New")) == 1


def test_a_gathering_without_a_room_is_nobodys_concern(
    gathering, makers, ada, django_capture_on_commit_callbacks
):
    other = gathering(makers)
    with django_capture_on_commit_callbacks(execute=True):
        gatherings.edit(other, by=ada, version=other.version, title="New")
    assert hasattr(other, "room") is False


def test_a_closed_room_stays_as_it_is(version, room, afternoon, ada):
    running.close_room(room, by=ada)
    assert version(lambda: gatherings.edit(afternoon, by=ada, version=afternoon.version, title="New")) == 0

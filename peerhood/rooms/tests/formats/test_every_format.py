"""Every format that ships is walked from its first step to its last, with people in the room."""

import pytest

from peerhood.rooms import running
from peerhood.rooms.formats import shipped, stepping
from peerhood.rooms.formats.recipe import GROUPED
from peerhood.rooms.formats.standing import standing_of
from peerhood.rooms.models import Format

MOST_STEPS = 60


def walk(room, by):
    """Every place the facilitator's main button leads to; a part that goes round without end goes round twice."""
    room = running.start(room, by=by)
    for _ in range(MOST_STEPS):
        yield room, (standing := standing_of(room))
        is_round_again = not standing.part.times and standing.place.lap == 2
        if is_round_again and standing.onward:
            room = stepping.onward(room, by=by)
        elif standing.following and not (
            is_round_again and standing.place.step + 1 == len(standing.part.steps)
        ):
            room = stepping.next_step(room, by=by)
        else:
            return
    raise AssertionError("It never ends.")


@pytest.mark.parametrize("key", [recipe.key for recipe in shipped.all_in("sv")])
def test_a_volunteer_gets_through_it_and_every_screen_follows(room_with, come, client, ada, key):
    recipe = shipped.shipped(key, "sv")
    room = room_with(*recipe.parts)
    Format.objects.filter(item__gathering=room.gathering).update(recipe=recipe.as_data())
    people = come(room, 8)
    titles = set()
    for at, standing in walk(room, ada):
        last = at
        if standing.step.title not in titles:
            client.force_login(people[0])
            page = client.get(f"/r/{room.code}/")
            assert standing.step.title in page.text
            in_groups = standing.step.grouping in GROUPED
            assert not in_groups or "Table" in page.text or "Group" in page.text
            titles.add(standing.step.title)
    assert titles == {step.title for step in recipe.steps()}
    assert running.next_item(last, by=ada).item.title == "Last word"

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerhood.rooms.formats import walking
from peerhood.rooms.formats.recipe import Clock, Grouping, Part, Recipe, Step, read
from peerhood.rooms.formats.walking import Place

A, B, C = (Step(title) for title in "ABC")


def walked(recipe, most=0):
    """The titles from the beginning to the end."""
    place, titles = Place(), []
    while place is not None and len(titles) < 100:
        titles.append(walking.step_at(recipe, place).title)
        place = walking.following(recipe, place, most)
    return "".join(titles)


def test_a_part_comes_as_often_as_it_says():
    assert walked(Recipe("r", "R", parts=(Part((A,)), Part((B, C), times=3), Part((A,))))) == "ABCBCBCA"


def test_a_part_without_a_number_goes_round_until_the_facilitator_goes_on():
    recipe = Recipe("r", "R", parts=(Part((B, C), times=0), Part((A,))))
    assert walked(recipe) == "BC" * 50
    assert walking.onward(recipe, Place(0, 7, 1)) == Place(1, 1, 0)


def test_where_each_in_a_group_has_a_turn_a_larger_group_gets_one_more():
    turn = Step("T", grouping=Grouping.SAME, role="client")
    recipe = Recipe("r", "R", parts=(Part((Step("A", grouping=Grouping.THREES),)), Part((turn,), times=3)))
    assert (walked(recipe), walked(recipe, most=4)) == ("ATTT", "ATTTT")


def test_what_goes_in_turn_takes_as_long_as_there_are_people():
    recipe = Recipe("r", "R", parts=(Part((Step("P", clock=Clock.PER_PERSON, seconds=30),), times=2),))
    assert walking.planned(recipe, people_count=10) == timedelta(minutes=10)


@given(
    st.lists(
        st.tuples(st.integers(1, 3), st.integers(1, 3)).map(
            lambda sizes: Part((A,) * sizes[0], times=sizes[1])
        ),
        min_size=1,
        max_size=4,
    )
)
def test_one_step_back_is_where_one_came_from(parts):
    recipe = Recipe("r", "R", parts=tuple(parts))
    place = Place()
    assert walking.before(recipe, place) is None
    while following := walking.following(recipe, place):
        assert walking.before(recipe, following) == place
        assert walking.is_in(recipe, following)
        assert Place.read(str(following)) == following
        place = following


@pytest.mark.parametrize("place", [Place(2), Place(0, 1, 1), Place(0, 2, 0), Place(1, 4, 0)])
def test_a_place_that_was_edited_away_is_not_in_the_recipe(place):
    assert not walking.is_in(Recipe("r", "R", parts=(Part((A,)), Part((B,), times=3))), place)


def test_what_was_kept_reads_as_what_it_was():
    step = Step("A", clock=Clock.PER_TOPIC, extends=(120, 60), grouping=Grouping.TABLES, group_size=4)
    recipe = Recipe("r", "R", parts=(Part((step,), times=0, each="topic"),), brings=("paper",))
    assert read(recipe.as_data()) == recipe

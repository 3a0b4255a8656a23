"""Levels: what the table says of a level and a surface is what happens there, and the table is why.

Each cell is tried through a real door, and once more with the cell turned round: then the canary does what it did
not do before. So no second copy of a rule can keep a test green.
"""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from django.db.models import DateField, ForeignKey, ManyToManyField
from django.utils.timezone import localtime, now

from peerhood.gatherings import agenda, confidentiality
from peerhood.gatherings.confidentiality import (
    ATTACHED,
    NEVER_KEPT,
    TABLE,
    Surface,
    WriteUp,
    allows,
)
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal
from peerhood.rooms.models import Note
from peerhood.stories import publishing, queries, searching
from peerhood.stories.models import Story
from tests.promise import outside
from tests.promise.outside import LOOKS, page_for

pytestmark = pytest.mark.django_db
LEVELS = [str(level) for level in TABLE]
NUMBERS = (Surface.FEWEST_PRESENT, Surface.FEWEST_NOTES)


@pytest.fixture
def world(makers, gathering, ada, chi, person):
    return lambda level: outside.world_at(level, makers, gathering, ada, chi, person)


@pytest.fixture
def turned(monkeypatch):
    """Put another value into a cell of the table: ``turned("chatham", Surface.SHARE, True)``."""
    return lambda level, surface, cell: monkeypatch.setitem(TABLE[level].cells, surface, cell)


# The table


def test_every_level_has_every_surface():
    assert {level: set(rule.cells) for level, rule in TABLE.items()} == {
        level: set(Surface) for level in confidentiality.Level
    }


def test_every_surface_is_tried_or_said_not_to_be_there():
    tried = {*LOOKS, *NUMBERS, *ATTACHED, *NEVER_KEPT, Surface.WRITE_UP}
    assert tried == set(Surface)


def test_a_stricter_level_allows_nothing_that_a_milder_one_forbids():
    milder_and_stricter = pairwise(LEVELS)
    worse = [
        (stricter, surface)
        for milder, stricter in milder_and_stricter
        for surface in {*LOOKS, *ATTACHED}
        if allows(stricter, surface) and not allows(milder, surface)
    ]
    assert worse == []


@pytest.mark.parametrize("surface", LOOKS)
@pytest.mark.parametrize("level", LEVELS)
def test_what_gets_out_is_what_the_table_says(world, level, surface):
    assert LOOKS[surface](world(level)) == allows(level, surface)


@pytest.mark.parametrize("surface", LOOKS)
@pytest.mark.parametrize("level", LEVELS)
def test_control_with_the_cell_turned_round_the_opposite_happens(world, turned, level, surface):
    cell = allows(level, surface)
    turned(level, surface, not cell)
    assert LOOKS[surface](world(level)) == (not cell)


@pytest.mark.parametrize("level", LEVELS)
def test_a_pot_waits_for_as_many_as_the_table_says(world, turned, level, settings, tmp_path):
    settings.POT_SPOOL = tmp_path
    turned(level, Surface.FEWEST_NOTES, 7)
    pot = outside.pot_of(world(level))
    assert (pot.fewest_present, pot.fewest_notes) == (TABLE[level].cells[Surface.FEWEST_PRESENT], 7)


def test_no_level_keeps_who_wrote_a_note_or_when():
    # There is nothing to turn round: the controls are the designs of the linking game, which keep a time or an order.
    assert [level for level in TABLE for surface in NEVER_KEPT if allows(level, surface)] == []
    kept = [field for field in Note._meta.get_fields() if isinstance(field, DateField | ManyToManyField)]
    people = [
        field
        for field in Note._meta.get_fields()
        if isinstance(field, ForeignKey) and field.related_model is Person
    ]
    assert (kept, people) == ([], [])


@pytest.mark.parametrize("surface", ATTACHED)
def test_a_recording_and_photos_belong_to_what_is_open_only(surface):
    assert [level for level in TABLE if confidentiality.may_attach(level, surface)] == ["open"]


def test_the_strictest_item_decides_for_the_whole(world, ada):
    hall = world("open").gathering
    lines = agenda.lines_of(hall)
    agenda.set_agenda(hall, [*lines, agenda.Line("talk", "Aside", 10, "", "confidential")], by=ada)
    assert "Titlecanary" not in page_for(None, "/gatherings/feed.ics")


# Stories


@pytest.fixture
def recap(world, ada):
    """The gathering took place two days ago, and Ada told of it: ``recap("chatham")``."""

    def tell(level):
        hall = world(level).gathering
        hall.starts_at, hall.ends_at = now() - timedelta(days=2, hours=4), now() - timedelta(days=2)
        hall.save()
        told = publishing.write(hall, by=ada, title="What stayed", teaser="Soup.", text="Three ideas.")
        story = publishing.publish(told, by=ada)
        searching.write(story)
        return story

    return tell


def day_of(moment: datetime) -> str:
    """As the page says it, which is already tomorrow's for an hour or two before midnight in Greenwich."""
    moment = localtime(moment)
    return f"{moment.day} {moment:%B %Y}"


def named_in(story) -> list[str]:
    """What a visitor can tell of the author, the gathering and the days, wherever the story stands."""
    pages = [page_for(None, path) for path in (story.get_absolute_url(), "/stories/", "/search/?q=stayed")]
    home = page_for(None, "/").split('id="stories"')[1]
    assert all("What stayed" in page for page in [*pages, home])
    marks = ("Andersson", "Titlecanary", day_of(story.gathering.starts_at), day_of(story.published_at))
    return [mark for mark in marks if any(mark in page for page in [*pages[:2], home])] + [
        mark for mark in marks[3:] if mark in pages[2]
    ]


@pytest.mark.parametrize(
    "level", [level for level in LEVELS if TABLE[level].cells[Surface.WRITE_UP] != WriteUp.NONE]
)
def test_a_story_says_who_where_and_when_only_where_its_level_lets_it(recap, level):
    is_named = TABLE[level].cells[Surface.WRITE_UP] == WriteUp.NAMED
    assert bool(named_in(recap(level))) == is_named


@pytest.mark.parametrize("allowed", [True, False])
def test_a_link_to_a_story_says_what_it_is_about_only_where_link_previews_may(recap, turned, allowed):
    turned("chatham", Surface.STRUCTURED_DATA, allowed)
    assert (
        'name="description" content="Soup."' in page_for(None, recap("chatham").get_absolute_url())
    ) == allowed


def test_control_with_the_cell_open_a_story_under_the_rule_says_it_all(recap, turned):
    turned("chatham", Surface.WRITE_UP, WriteUp.NAMED)
    assert len(named_in(recap("chatham"))) >= 4


def test_nothing_is_written_up_of_a_gathering_of_which_a_part_is_confidential(recap, world, ada):
    with pytest.raises(Refusal, match="A part of this gathering is confidential"):
        recap("confidential")
    assert (Story.objects.count(), list(queries.to_write_up(ada))) == (0, [])


def test_control_with_the_cell_open_it_is(recap, turned):
    turned("confidential", Surface.WRITE_UP, WriteUp.UNNAMED)
    assert recap("confidential").is_published()


def test_a_story_is_gone_for_readers_when_its_gathering_becomes_confidential(recap, ada):
    story = recap("open")
    lines = agenda.lines_of(story.gathering)
    agenda.set_agenda(story.gathering, [*lines, agenda.Line("talk", "Aside", 10, "", "confidential")], by=ada)
    searching.write_those_about(story.gathering)
    pages = [
        page_for(None, path) for path in (story.get_absolute_url(), "/stories/", "/", "/search/?q=stayed")
    ]
    assert [page for page in pages if "Three ideas" in page or "What stayed</a>" in page] == []
    assert "What stayed" in page_for(ada, story.get_absolute_url())
    publishing.unpublish(story, by=ada)
    with pytest.raises(Refusal):
        publishing.publish(Story.objects.get(pk=story.pk), by=ada)

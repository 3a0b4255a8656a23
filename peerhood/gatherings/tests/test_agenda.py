from dataclasses import replace
from datetime import time

import pytest
from django.core.exceptions import PermissionDenied

from peerhood.gatherings import agenda
from peerhood.gatherings.agenda import Line
from peerhood.gatherings.models import Gathering
from peerhood.gatherings.queries import agenda_with_times
from peerhood.journal.models import Entry
from peerhood.platform.refusals import Refusal

NO_STORY = "No member tells a story of their own"
STORY = Line("story", "What we measured", 60)
EXERCISE = Line("exercise", "Five tables", 60)


def fika(minutes):
    return Line("fika", "Fika", minutes)


@pytest.mark.parametrize(
    ("lines", "begins", "warned_of"),
    [
        ([STORY, EXERCISE, fika(30)], time(13), []),
        ([STORY, EXERCISE, fika(29)], time(13), ["29 minutes of fika"]),
        ([STORY, Line("arrival", "Coffee", 60)], time(13), ["0 minutes of fika"]),
        ([EXERCISE, EXERCISE, fika(30)], time(13), [NO_STORY]),
        ([EXERCISE] * 3, time(13), ["0 minutes of fika", NO_STORY]),
        ([Line("story", "Short", 30), EXERCISE], time(12), []),  # an hour and a half at lunch needs no break
        ([STORY, Line("mixing", "Tables", 60)], time(18), []),  # an evening neither
        ([EXERCISE], time(18), [NO_STORY]),
        ([STORY, Line("mixing", "Tables", 59)], time(18), ["60 of 119 minutes are for listening, 59 for"]),
        ([STORY, Line("talk", "Talk", 60)], time(18), ["120 of 120 minutes are for listening"]),
    ],
)
def test_fika_and_the_members_story_are_protected(lines, begins, warned_of):
    warnings = list(agenda.warnings_about(lines, begins))
    assert len(warnings) == len(warned_of)
    for warning, words in zip(warnings, warned_of, strict=True):
        assert words in warning


@pytest.mark.django_db
def test_the_gathering_ends_when_its_last_item_does(supper, ada, lines):
    agenda.set_agenda(supper, lines, by=ada)
    supper.refresh_from_db()
    assert agenda.lines_of(supper) == lines
    assert supper.length.total_seconds() / 60 == 200
    assert [f"{begins:%H:%M}" for _item, begins in agenda_with_times(supper)] == [
        *("13:00", "13:20", "14:50", "15:30", "16:05"),
    ]


@pytest.mark.django_db
def test_a_new_agenda_takes_the_place_of_the_old_and_counts_as_a_change(supper, ada, lines):
    agenda.set_agenda(supper, lines, by=ada)
    agenda.set_agenda(supper, lines[:2], by=ada)
    assert agenda.lines_of(supper) == lines[:2]
    assert Gathering.objects.get(pk=supper.pk).version == 2
    assert list(Entry.objects.values_list("name", flat=True)) == ["gathering.edited"] * 2


@pytest.fixture
def written(supper, ada, lines):
    """Write the afternoon on Supper; return what is read from it, ready to be changed and written again."""
    agenda.set_agenda(supper, lines, by=ada)
    return agenda.lines_of(supper)


def keys(gathering):
    return {item.title: item.pk for item in gathering.agenda.all()}


@pytest.mark.django_db
def test_a_line_that_is_changed_or_moved_stays_the_item_it_was(supper, ada, written):
    before = keys(supper)
    coffee, tables, fika, *rest = written
    longer = replace(tables, title="Four tables", length_minutes=60, kind="talk", speaker="Chi Chen")
    agenda.set_agenda(supper, [longer, coffee, Line("talk", "News", 10), fika, *rest], by=ada)
    assert agenda.lines_of(supper) == [longer, coffee, Line("talk", "News", 10), fika, *rest]
    after = keys(supper)
    assert after.pop("News") not in before.values()
    assert after == {
        **{title: before[title] for title in before if title != tables.title},
        "Four tables": before[tables.title],
    }


@pytest.mark.django_db
def test_a_line_that_names_no_item_is_the_one_called_the_same(supper, ada, written, lines):
    before = keys(supper)
    agenda.set_agenda(supper, lines[1:], by=ada)
    assert keys(supper) == {title: pk for title, pk in before.items() if title != lines[0].title}


@pytest.mark.django_db
def test_two_lines_that_name_one_item_are_two_items(supper, ada, written):
    agenda.set_agenda(supper, [written[0], replace(written[0], title="More coffee")], by=ada)
    assert [item.pk == written[0].item_pk for item in supper.agenda.all()] == [True, False]


@pytest.mark.django_db
def test_a_line_that_becomes_a_ballot_is_a_new_item(supper, ada, written):
    vote = replace(written[1], kind="ballot")
    agenda.set_agenda(supper, [written[0], vote], by=ada)
    assert [item.pk == line.item_pk for item, line in zip(supper.agenda.all(), written, strict=False)] == [
        *(True, False),
    ]


@pytest.mark.django_db
def test_a_line_cannot_name_an_item_of_another_gathering(supper, ada, written, makers, gathering, lines):
    lunch = gathering(makers, title="Lunch")
    agenda.set_agenda(lunch, [replace(written[0], title="Soup")], by=ada)
    assert agenda.lines_of(supper) == lines
    assert [item.pk == written[0].item_pk for item in lunch.agenda.all()] == [False]


@pytest.mark.django_db
def test_an_agenda_has_a_line_and_not_too_many(supper, ada, lines):
    agenda.set_agenda(supper, lines, by=ada)
    for wrong in ([], [STORY] * 41):
        with pytest.raises(Refusal):
            agenda.set_agenda(supper, wrong, by=ada)
    assert agenda.lines_of(supper) == lines


@pytest.mark.django_db
def test_ben_cannot_write_the_agenda(supper, ben, lines):
    with pytest.raises(PermissionDenied):
        agenda.set_agenda(supper, lines, by=ben)


def test_the_strictest_item_decides_what_is_promised():
    def strictest(*levels):
        return agenda.strictest(Line("talk", "Talk", 5, "", level) for level in levels)

    assert strictest() == "open"
    assert strictest("open", "chatham", "open") == "chatham"
    assert strictest("chatham", "agenda-only") == "agenda-only"
    assert strictest("confidential", "agenda-only") == "confidential"

"""The harvest as text: by stars, shuffled otherwise, with no name and no time, and only what may leave the room."""

import pytest

from peerhood.gatherings.models import AgendaItem
from peerhood.rooms.harvest import exporting
from peerhood.rooms.models import Note
from peerhood.rooms.pot import moderating, opening
from peerhood.rooms.tests.pot.conftest import token

pytestmark = pytest.mark.django_db
HANDED_IN = [f"Note {number}" for number in range(30)]


@pytest.fixture
def thirty(pot, outside, pour):
    """Thirty notes, handed in in the order of their numbers."""
    for number, text in enumerate(HANDED_IN):
        outside.hand_in(pot, token(number), text)
    return pour(pot)


def listed(text):
    return [line.removeprefix("- ") for line in text.splitlines() if line.startswith("- ")]


@pytest.mark.parametrize("write", [exporting.as_text, exporting.as_markdown])
def test_the_order_is_not_that_of_handing_in(thirty, afternoon, write):
    told = listed(write(afternoon))
    assert sorted(told) == sorted(HANDED_IN)
    # By chance it would be once in 30!.
    assert told != HANDED_IN


def test_control_notes_with_keys_in_their_order_come_out_in_it(thirty, afternoon):
    """What the random keys keep apart: numbered ones would tell who wrote first."""
    kept = {note.text: note for note in thirty.notes.all()}
    thirty.notes.all().delete()
    Note.objects.bulk_create(
        Note(
            pk=f"00000000-0000-4000-8000-{number:012}", pot=thirty, text=text, nullifier=kept[text].nullifier
        )
        for number, text in enumerate(HANDED_IN)
    )
    assert listed(exporting.as_text(afternoon)) == HANDED_IN


def test_the_question_the_headings_and_the_notes_by_stars(noted, afternoon):
    less = noted.groups.create(title="Less", position=1)
    for number, dots in ((3, 1), (4, 7), (5, 0)):
        noted.notes.filter(text=f"Note {number}").update(group=less, dots=dots)
    noted.notes.filter(text__in=["Note 0", "Note 1", "Note 2"]).delete()
    noted.notes.create(text="Two\nlines", nullifier="x")
    assert exporting.as_markdown(afternoon).split("\n") == [
        f"# {afternoon.title}", "", "## What did you stop doing?", "",
        "### Less", "", "- Note 4 (7 stars)", "- Note 3 (1 star)", "- Note 5", "",
        "### Without a heading", "", "- Two", "  lines", "",
    ]  # fmt: skip
    assert "#" not in exporting.as_text(afternoon)


def test_no_name_and_no_time_is_in_it(noted, afternoon, ada, client):
    client.force_login(ada)
    for ending in ("text", "markdown"):
        response = client.get(f"/gatherings/{afternoon.pk}/room/harvest/{ending}/")
        assert "attachment" in response["Content-Disposition"]
        found = [name for name in ("Ada", "Andersson", str(afternoon.starts_at.year), "202") if name in response.text]  # fmt: skip
        assert found == []
        assert "Note 0" in response.text


def test_a_hidden_note_is_left_out(noted, afternoon, ada):
    moderating.hide(noted.room, noted.notes.get(text="Note 1"), by=ada)
    assert sorted(listed(exporting.as_text(afternoon))) == [f"Note {n}" for n in (0, 2, 3, 4, 5)]


@pytest.mark.parametrize("level", ["agenda-only", "confidential"])
def test_what_the_rule_keeps_in_the_room_is_in_no_file(noted, afternoon, level):
    afternoon.agenda.filter(kind=AgendaItem.Kind.CLOSING).update(confidentiality=level)
    for write in (exporting.as_text, exporting.as_markdown):
        assert "Note" not in write(afternoon)
        assert "What was written here stays in the room." in write(afternoon)


def test_control_without_that_rule_it_is_in_the_file(noted, afternoon):
    assert "Note 0" in exporting.as_text(afternoon)


def test_a_pot_remembers_the_level_that_held_when_it_opened(pot, afternoon, outside, pour):
    assert pot.level == "chatham"
    for number in range(6):
        outside.hand_in(pot, token(number), f"Note {number}")
    noted = pour(pot)
    type(pot).objects.filter(pk=noted.pk).update(level="confidential")
    assert "Note" not in exporting.as_text(afternoon)


def test_an_open_pot_and_a_vote_are_not_in_it(noted, afternoon, ada, commit):
    commit(opening.open_dots, noted.room, by=ada)
    assert exporting.as_markdown(afternoon).count("## ") == 1

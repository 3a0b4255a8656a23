"""The promise page: it says what the table does, against whom, and what came of the last linking game."""

import json
import re
from dataclasses import replace
from html import unescape

import pytest

from peerhood.gatherings.confidentiality import TABLE, Surface
from peerhood.pages import promise
from peerhood.rooms.pot import place

pytestmark = pytest.mark.django_db


def read(client, **headers):
    page = client.get("/promise/", headers=headers)
    assert page.status_code == 200
    return " ".join(unescape(page.text).split())


def rows_of(page, number):
    """A table's rows as lists of words, the first cell first."""
    table = re.findall(r"<table.*?</table>", page)[number]
    body = re.search(r"<tbody>(.*)</tbody>", table)[1]
    return [
        [" ".join(re.sub(r"<[^>]*>", " ", cell).split()) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr>(.*?)</tr>", body)
    ]  # fmt: skip


def test_it_has_a_row_for_every_surface_and_a_cell_for_every_level(client):
    rows = rows_of(read(client), 0)
    assert [len(row) for row in rows] == [1 + len(TABLE)] * len(Surface)
    words = {row[0].removesuffix(" (the product has none yet)"): row[1:] for row in rows}
    assert words[str(Surface.SHARE.label)] == ["Yes", "No", "No", "No"]
    assert words[str(Surface.FEWEST_PRESENT.label)] == ["0", "5", "5", "5"]
    assert words[str(Surface.FEED.label)] == ["Yes", "Yes", "No", "No"]
    assert words[str(Surface.WRITE_UP.label)][-1] == "No"


def test_control_another_cell_is_another_word(client, monkeypatch):
    monkeypatch.setitem(TABLE["chatham"].cells, Surface.SHARE, True)
    words = {row[0]: row[1:] for row in rows_of(read(client), 0)}
    assert words[str(Surface.SHARE.label)] == ["Yes", "Yes", "No", "No"]


def test_it_says_against_whom_it_holds_level_by_level(client):
    said = {row[0]: row[1:] for row in rows_of(read(client), 1)}
    assert said["A visitor, or a search engine"] == ["Holds", "Does not hold", "Holds", "Holds", "Holds"]
    assert said["A member of the circle who does not come"][-2:] == ["Does not hold", "Holds"]
    for lost in (
        "Somebody with full control of the server during the meeting",
        "Whoever runs changed software",
    ):
        assert set(said[lost]) == {"Does not hold"}


@pytest.mark.parametrize(
    ("in_memory", "has_passed", "said"),
    [
        (True, True, "Holds"),
        (True, False, "Aimed for, not shown: see the last game"),
        (False, True, "Does not hold"),
    ],
)
def test_what_rests_on_the_pot_and_the_game_holds_only_with_both(
    client, monkeypatch, in_memory, has_passed, said
):
    played = replace(promise.figures(), has_passed=has_passed)
    monkeypatch.setattr(promise, "figures", lambda: played)
    monkeypatch.setattr(place, "IN_MEMORY", place_kinds() if in_memory else set())
    rows = {row[0]: row[1] for row in rows_of(read(client), 1)}
    assert {rows[who] for who in rows if "thief" in who or "afterwards" in who} == {said}
    assert rows["Another participant"] == "Holds"


@pytest.mark.parametrize("in_memory", [True, False])
def test_the_words_about_notes_are_those_we_may_use_and_only_where_notes_wait_in_memory(
    client, monkeypatch, in_memory
):
    monkeypatch.setattr(place, "IN_MEMORY", place_kinds() if in_memory else set())
    page = read(client)
    said = (
        "Notes are stored without any link to a person. Someone who takes our whole database, backups and logs "
        "afterwards cannot tell who wrote what. A person with full control of the server during the meeting could "
        "watch the traffic; for that, use paper."
    )
    assert (said in page, "notes wait on a disk" in page) == (in_memory, not in_memory)
    assert [word for word in ("impossible", "even we can never", "omöjligt") if word in page.lower()] == []


def place_kinds() -> set[str]:
    """Every kind of file system that is mounted here, so that any folder counts as memory."""
    return {line.split()[2] for line in place.MOUNTS.read_text().splitlines()}


def test_it_says_where_no_level_helps(client):
    page = read(client)
    for said in (
        "your style of writing",
        "looks over your shoulder",
        "what people say aloud",
        "a group of two",
    ):
        assert said in page


@pytest.mark.parametrize("has_passed", [True, False])
def test_a_game_that_did_not_pass_is_said_so(client, monkeypatch, has_passed):
    played = replace(promise.figures(), has_passed=has_passed)
    monkeypatch.setattr(promise, "figures", lambda: played)
    monkeypatch.setattr(place, "IN_MEMORY", place_kinds())
    page = read(client)
    assert ("The last full game passed." in page, "The last full game did not pass." in page) == (
        has_passed,
        not has_passed,
    )
    assert ("did not pass; the figures stand below" in page) != has_passed


def test_what_is_shown_is_of_a_full_game_and_whole():
    written = json.loads(promise.FIGURES.read_text())
    figures = promise.figures()
    assert {each.kind for each in figures.databases} == {"sqlite", "postgresql"}
    assert figures.rounds_count >= 400
    # No database beyond the bound, or it did not pass.
    assert not (figures.has_passed and figures.beyond)
    assert written["most_against_chance"] == 1.25

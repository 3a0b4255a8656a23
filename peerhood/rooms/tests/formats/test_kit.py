"""The kit on paper, read back from the PDF."""

import pytest

from peerhood.gatherings.tests.reading_paper import lines_of, pages_of
from peerhood.rooms.formats import kits
from peerhood.rooms.formats.shipped import LANGUAGES, ORDER, shipped

WIDTH = 210


def words_of(text):
    return " ".join(text.split())


@pytest.fixture
def printed(item, makers):
    """``printed("fishbowl", "sv")``: the pages of its kit, each as one line of words."""

    def kit(key, language="en"):
        item.gathering.circle.language = language
        return kits.put_on_paper(item, shipped(key, language))

    return kit


@pytest.mark.parametrize("key", ORDER)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_a_format_is_on_paper(printed, key, language):
    recipe = shipped(key, language)
    text = words_of(" ".join(pages_of(printed(key, language))))
    said = [recipe.name, recipe.says, *recipe.brings, *recipe.cards]
    for step in recipe.steps():
        said += [step.title, step.says, step.script]
    for role in recipe.roles:
        said += [role.name, role.says]
    assert [words for words in said if words_of(words) not in text] == []
    assert "?" not in text.replace("? ", " ").replace("?”", "”").rstrip("?")


@pytest.mark.parametrize("key", ORDER)
def test_nothing_runs_over_the_edge(printed, key):
    assert [line for line in lines_of(printed(key, "sv")) if line[1] < 5 or line[2] > WIDTH - 5] == []


def test_the_script_says_how_long_and_how_often(printed):
    script = words_of(pages_of(printed("lean-coffee"))[0])
    for said in (
        "30 s a topic",
        "5 min a topic",
        "Topic · again and again, until you go on",
        "3 to 15 people",
    ):
        assert said in script


def test_the_kit_speaks_the_circles_language_whoever_prints_it(printed):
    script = words_of(" ".join(pages_of(printed("house-of-genius-long", "sv"))))
    assert "Frågeställare" in script
    assert "Klargörande frågor" in script
    assert "Avslöjandet" in script


def test_what_is_sorted_comes_as_cards_and_only_where_something_is(printed):
    sorting = [page for page in pages_of(printed("career-values")) if "Calm" in page and "Laughter" in page]
    assert len(sorting) == 1
    assert "Calm" not in " ".join(pages_of(printed("fishbowl")))


def test_a_host_prints_it_and_it_stays_out_of_every_cache(client, item, ada):
    from django.urls import reverse

    from peerhood.rooms.formats import adopting

    client.force_login(ada)
    address = reverse("rooms:format_kit", args=[item.gathering_id, item.pk])
    assert client.get(address).status_code == 404
    adopting.adopt(item, "fishbowl", by=ada)
    response = client.get(address)
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "private, no-store"
    assert "Fishbowl with an open chair" in words_of(" ".join(pages_of(response.content)))

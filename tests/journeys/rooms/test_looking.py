"""Controls: what the journeys look for they find, where it is wrong."""

import pytest

from tests.journeys.rooms.conftest import PROJECTOR
from tests.journeys.rooms.devices import tab_to

pytestmark = [pytest.mark.browser, pytest.mark.processes]
ADD = """([name, style, words]) => document.querySelector("main").append(
  Object.assign(document.createElement(name), { style, textContent: words, id: "added" }))"""


@pytest.fixture
def page(site, evening, somebody):
    """A page of somebody's that has nothing wrong with it."""
    page = somebody(evening(circle="C", title="T", guests=[], agenda=[])["host"])
    page.goto("/r/")
    return page


@pytest.mark.parametrize(
    ("style", "words", "found"),
    [
        ("width: 500px; height: 9px", "", "'width': 5"),
        ("color: #999; background: #aaa", "Fika", "color-contrast"),
    ],
    ids=["too wide", "hard to read"],
)
def test_control_what_is_wrong_with_a_page_is_found(page, look, style, words, found):
    look(page, closely=True)
    page.evaluate(ADD, ["p", style, words])
    with pytest.raises(AssertionError, match=found):
        look(page, closely=True)


def test_control_what_does_not_fit_a_projector_is_found(evening, desk_of, look):
    tonight = evening(circle="C", title="T", guests=[], agenda=[["talk", "T", "", ""]])
    desk = desk_of(tonight)
    code = desk.opens_the_room(tonight["gathering"])
    screen = desk.opens_beside("Big screen")
    screen.set_viewport_size(PROJECTOR)
    look(screen)
    screen.evaluate(ADD, ["p", "height: 800px", code])
    with pytest.raises(AssertionError, match="'height': "):
        look(screen)


def test_control_english_words_are_found_where_swedish_is_spoken(page, face):
    assert face.foreign_words_on(page) == []
    page.evaluate(ADD, ["p", "", "Is this for you?"])
    assert face.foreign_words_on(page) == ([] if face.language == "en" else ["this", "you"])
    page.locator("main").evaluate("it => it.replaceChildren('Fika')")
    page.evaluate("document.title = 'Fika'")
    if face.language == "en":
        # Where there is nothing to read, nothing was looked at.
        with pytest.raises(AssertionError, match="no English"):
            face.foreign_words_on(page)


def test_control_a_button_that_does_not_show_its_focus_is_found(page):
    page.evaluate(ADD, ["button", "outline: 0", "Fika"])
    with pytest.raises(AssertionError, match="focus is not seen"):
        tab_to(page, page.locator("#added"))


def test_control_a_button_that_is_not_reached_by_tab_is_found(page):
    page.evaluate(ADD, ["span", "", "Fika"])
    with pytest.raises(AssertionError, match="not reached by Tab"):
        tab_to(page, page.locator("#added"))


def test_control_words_that_nobody_translated_are_found(face):
    if face.language == "en":
        assert face.says("Nobody translated this.") == "Nobody translated this."
    else:
        with pytest.raises(AssertionError, match="not translated"):
            face.says("Nobody translated this.")

"""Every page in a make-believe English that is 40 % longer than ours: nothing is cut off, runs over or scrolls sideways.

What holds here holds in the languages that are still to come. The server is a demo of its own,
whose ``var/locale`` speaks it; each page is loaded once and looked at in three widths.
"""

from pathlib import Path

import pytest

from tests.browsing import LOCALES, Somebody
from tests.conftest import start, stop
from tests.languages import pseudo
from tests.pages.places import IMOGEN, LOOKING, OF_GATHERING, paths_for

pytestmark = pytest.mark.browser

WIDTHS = (320, 390, 1280)
HEIGHT = 844
# One of the words that make a text longer: it is in no text of ours.
MARK = pseudo.PADDING[1]
FAULTS = (Path(__file__).parent / "layout.js").read_text()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    home = tmp_path_factory.mktemp("pseudo")
    pseudo.write(home / "var" / "locale")
    server = start(["demo"], home)
    yield server
    stop(server.process)


@pytest.fixture
def visitor(browser, server):
    """A window that can be made narrower; a telephone would zoom out to hide what is too wide."""
    context = browser.new_context(
        viewport={"width": WIDTHS[0], "height": HEIGHT}, locale=LOCALES["en"], reduced_motion="reduce"
    )
    yield Somebody(context, context.new_page(), server.url, "en")
    context.close()


def faults(page) -> list[str]:
    return page.evaluate(FAULTS)


def faults_at(visitor, paths: list[str]) -> list[str]:
    """What does not fit on these pages, in each width it does not fit in."""
    found = []
    for path in paths:
        visitor.goes_to(path)
        assert MARK in visitor.page.inner_text("body"), f"{path} is not in the longer words"
        for width in WIDTHS:
            visitor.page.set_viewport_size({"width": width, "height": HEIGHT})
            found += [f"{path} at {width}: {fault}" for fault in faults(visitor.page)]
    return found


def next_gathering(visitor) -> str:
    visitor.goes_to("/gatherings/?circle=low-tide")
    return visitor.page.locator(".gathering-card a").first.get_attribute("href")


@pytest.mark.parametrize(
    ("name", "paths"), [(name, paths) for name, paths, _language in LOOKING.values()], ids=LOOKING
)
def test_every_page_has_space_for_longer_words(visitor, name, paths):
    if name:
        visitor.comes_in_as(name)
    assert faults_at(visitor, paths_for(visitor.page, visitor.url, paths)) == []


def test_the_pages_of_a_gathering_have_space_for_longer_words(visitor):
    visitor.comes_in_as(IMOGEN)
    gathering = next_gathering(visitor)
    assert faults_at(visitor, [gathering + part for part in OF_GATHERING]) == []


def test_the_three_screens_of_a_room_have_space_for_longer_words(visitor):
    """In the lobby, at the tables, at the ballot, at its result, and when we are done."""
    visitor.comes_in_as(IMOGEN)
    gathering = next_gathering(visitor)
    visitor.goes_to(f"{gathering}tables/")
    visitor.presses("/tables/mix/")
    visitor.goes_to(f"{gathering}room/")
    visitor.presses("/room/open/")
    code = visitor.page.locator(".code").inner_text()
    screens = [f"{gathering}room/", f"/r/{code}/", f"/r/{code}/screen/"]
    found = faults_at(visitor, [f"{gathering}tables/", *screens])
    for acts in (["start", "next", "next", "round/show"], ["next", "next"], ["ballot/close"], ["close"]):
        for act in acts:
            visitor.goes_to(f"{gathering}room/")
            visitor.presses(f"/room/{act}/")
        found += faults_at(visitor, screens)
    assert found == []


def test_an_address_may_break_anywhere_and_a_word_beside_it_may_not(visitor):
    """The last word of an address is one of its own, whatever comes behind it."""
    visitor.goes_to("/design/")
    written = "somebody.with-a-long-name@somewhere.example.org · today"
    visitor.page.evaluate(
        """text => {
        const sheet = new CSSStyleSheet()
        sheet.replaceSync("#narrow { width: 1.4em; overflow-wrap: anywhere }")
        document.adoptedStyleSheets.push(sheet)
        Object.assign(document.querySelector(".lead"), { id: "narrow", textContent: text })
    }""",
        written,
    )
    found = [fault for fault in faults(visitor.page) if fault.startswith("breaks")]
    assert [fault.split("”")[0] for fault in found] == ["breaks “today"]


@pytest.mark.parametrize(
    ("style", "fault"),
    [
        ("main .button { white-space: nowrap; width: 4rem; overflow: hidden }", "runs over button.button"),
        (".pill { width: 2rem; white-space: nowrap }", "runs over span.pill"),
        (".lead { width: 2rem; overflow-wrap: anywhere }", "breaks “"),
        ("h2 { height: 1rem; overflow: hidden }", "is cut off by h2"),
        ("select { width: 5rem !important }", "is too small select"),
        ("input { width: 5rem !important }", "leaves no room to write in input"),
        (".bar::after { content: ''; position: absolute; inset: 0 }", "lies under section.bar button.button"),
        (".bar { height: 12rem }", "hides what holds the focus div.dock"),
        (".lead { min-width: 40rem }", "scrolls sideways"),
    ],
)
def test_control_what_does_not_fit_is_noticed(visitor, style, fault):
    visitor.goes_to("/design/")
    assert faults(visitor.page) == []
    # The page allows no style but its own; this one is the browser's.
    visitor.page.evaluate(
        """style => {
        const sheet = new CSSStyleSheet()
        sheet.replaceSync(style)
        document.adoptedStyleSheets.push(sheet)
    }""",
        style,
    )
    assert [found for found in faults(visitor.page) if found.startswith(fault)] != []

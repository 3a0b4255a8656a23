"""A story on paper: its words and who wrote them, and nothing to press."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
STORY = "/stories/the-project-we-stopped/"
ONLY_ON_SCREENS = ("nav", ".button", "form textarea", "footer", ".screen-only")


def standing(page, selectors):
    """Those of which something is drawn."""
    return {selector for selector in selectors if page.locator(f"{selector}:visible").count()}


def test_a_printed_story_is_the_story(somebody):
    reader = somebody("en")
    reader.goes_to(STORY)
    assert {"nav", ".screen-only"} <= standing(reader.page, ONLY_ON_SCREENS)  # control
    reader.page.emulate_media(media="print")
    assert standing(reader.page, ONLY_ON_SCREENS) == set()
    for part in ("h1", ".byline", ".told"):
        expect(reader.page.locator(part).first).to_be_visible()
    colours = reader.page.evaluate(
        "() => { const style = getComputedStyle(document.querySelector('.told')); return [style.color, getComputedStyle(document.body).backgroundColor] }"
    )
    assert colours[1] in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")


def test_on_paper_it_is_dark_on_white_whatever_the_screen_is(somebody):
    reader = somebody("en")
    reader.page.emulate_media(media="print", color_scheme="dark")
    reader.goes_to(STORY)
    red, green, blue = reader.page.evaluate(
        "() => getComputedStyle(document.querySelector('.told')).color.match(/\\d+/g).slice(0, 3).map(Number)"
    )
    assert max(red, green, blue) < 100

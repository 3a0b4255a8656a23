"""Every page, as the people who see it: accessible, and no wider than the screen.

axe finds nothing at 390 and 1280 px, light and dark; at 320 px nothing scrolls
sideways. The pages are the demo's, so they hold what real pages hold.
"""

import pytest
from django.urls import resolve

from tests.access.table import rows
from tests.pages.accessible import faults
from tests.pages.places import IMOGEN, LOOKING, MAJA, OF_GATHERING, paths_for

pytestmark = pytest.mark.browser

WIDTHS = [390, 1280]
AFTER_THE_GATHERING = ("connections:", "stories:", "growth:")
NOT_HERE = {
    # Files.
    "connections:cards", "connections:spreadsheet", "connections:my_card_on_paper", "connections:card_file",
    "stories:feed", "stories:card", "stories:picture",
    "growth:spreadsheet", "growth:paper", "growth:year_paper", "growth:outside_calendar",
    "growth:certificate_paper", "growth:certificate_badge",
    # Looked at in connections/tests/cards, where a card is handed out.
    "connections:my_card_held_out", "connections:card_shown", "connections:card_leave",
    # Looked at below: it is open for ten minutes.
    "stories:edit_comment",
    # One comes by a link in a mail: stories/tests/comments.
    "stories:comments_off",
    # Shows what another site sends.
    "stories:watch_recording",
    # Where growth:this_year leads.
    "growth:year",
}  # fmt: skip


def look_at(page, url: str, path: str) -> list[str]:
    """What is wrong with a page, in one line each."""
    response = page.goto(url + path)
    return [f"{path} answered {response.status}"] if response.status >= 400 else faults(page)


def is_too_wide(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("name", "paths", "language"), LOOKING.values(), ids=LOOKING)
def test_axe_finds_nothing(somebody, name, paths, language, width):
    visitor = somebody(language, width=width, height=844)
    if name:
        visitor.comes_in_as(name)
    every = paths_for(visitor.page, visitor.url, paths)
    assert [fault for path in every for fault in look_at(visitor.page, visitor.url, path)] == []


def test_no_page_of_what_comes_after_a_gathering_is_left_out(somebody):
    seen = set()
    for name, paths, language in LOOKING.values():
        visitor = somebody(language)
        if name:
            visitor.comes_in_as(name)
        every = paths_for(visitor.page, visitor.url, paths)
        seen |= {resolve(path.partition("?")[0]).view_name for path in every}
    shown = {
        route for (route, method), answers in rows().items() if method == "GET" and "in" in answers.values()
    }
    assert {route for route in shown - seen if route.startswith(AFTER_THE_GATHERING)} == NOT_HERE


@pytest.mark.parametrize("width", [320, *WIDTHS])
def test_axe_finds_nothing_where_a_comment_is_changed_and_it_fits(somebody, width):
    """It is taken back at the end: others find the demo as it was."""
    writer = somebody("sv", width=width, height=844)
    writer.comes_in_as(IMOGEN)
    writer.goes_to("/stories/")
    writer.page.locator(".story-row", has_text="Low Tide").locator("a").first.click()
    writer.page.locator("#comments textarea").fill("Vilken bra fråga.")
    writer.presses("/comments/")
    story = writer.page.url.removeprefix(writer.url).partition("#")[0]
    link = writer.page.locator("a[href*='/comments/'][href$='/edit/']").first.get_attribute("href")
    found = look_at(writer.page, writer.url, link)
    found += [link] if is_too_wide(writer.page) else []
    writer.goes_to(story)
    # Not the story itself, which she could take back as well.
    writer.presses("/withdraw/", within="#comments")
    assert found == []


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_on_the_pages_of_a_gathering(somebody, width):
    host = somebody("en", width=width, height=844)
    host.comes_in_as(IMOGEN)
    host.goes_to("/gatherings/?circle=low-tide")
    link = host.page.locator(".gathering-card a").first.get_attribute("href")
    assert [fault for part in OF_GATHERING for fault in look_at(host.page, host.url, link + part)] == []


@pytest.mark.parametrize("width", [320, *WIDTHS])
def test_axe_finds_nothing_on_the_pages_of_a_format_and_they_fit(somebody, width):
    """It is chosen, read and changed, and taken off again: others find the demo as it was."""
    host = somebody("sv", width=width, height=844)
    host.comes_in_as(MAJA)
    host.goes_to("/gatherings/?circle=mellan-norrkoping")
    gathering = host.page.locator(".gathering-card a").first.get_attribute("href")
    host.goes_to(f"{gathering}formats/")
    item = host.page.locator("main section a").first.get_attribute("href")
    found = look_at(host.page, host.url, item)
    # Which gathering is the next one hangs on the day; one may have its format already.
    has_one = host.page.locator("form[action$='/drop/']").count() > 0
    if has_one:
        host.page.locator("details.more summary").click()
        host.presses("/drop/")
        found += look_at(host.page, host.url, item)
    found += look_at(host.page, host.url, f"{item}shipped/lean-coffee/")
    host.presses("/adopt/")
    for path in (f"{gathering}formats/", f"{item}edit/", item):
        found += look_at(host.page, host.url, path)
        found += [path] if is_too_wide(host.page) else []
    if not has_one:
        host.page.locator("details.more summary").click()
        host.presses("/drop/")
    assert found == []


@pytest.mark.parametrize(("scheme", "pale"), [("light", "#eee"), ("dark", "#333")])
def test_control_pale_words_are_noticed_by_light_and_in_the_dark(somebody, scheme, pale):
    visitor = somebody("en")
    visitor.goes_to("/promise/")
    assert faults(visitor.page) == []
    visitor.page.evaluate(
        """rule => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(rule);
            document.adoptedStyleSheets = [sheet];
        }""",
        f"@media (prefers-color-scheme: {scheme}) {{ h1 {{ color: {pale} !important }} }}",
    )
    (fault,) = faults(visitor.page)
    assert f", {scheme}: color-contrast" in fault


def test_nothing_scrolls_sideways_on_the_smallest_phone(somebody):
    too_wide = []
    for name, paths, _language in LOOKING.values():
        visitor = somebody("sv", width=320, height=700)
        if name:
            visitor.comes_in_as(name)
        for path in paths_for(visitor.page, visitor.url, paths):
            visitor.page.goto(visitor.url + path)
            if is_too_wide(visitor.page):
                too_wide.append(path)
    assert too_wide == []


def test_control_a_wide_box_is_noticed(somebody):
    visitor = somebody("en", width=320, height=700)
    visitor.goes_to("/promise/")
    visitor.page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<p id=wide>' + 'x'.repeat(400))"
    )
    visitor.page.evaluate("document.querySelector('#wide').style.overflowWrap = 'normal'")
    assert is_too_wide(visitor.page)

"""The tables page while the worker looks on, in a real browser with a real worker; and the room, mixed again.

A host has tables at once, sees how far the search is without touching anything, and gets
the better tables when it ends. Without scripts the same page works, as old as its last load.
"""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

ENDED = re.compile("Looked long enough|No plan can do better")
STOPPED = re.compile("Good enough: these are|No plan can do better|Looked long enough")


@pytest.fixture
def tables(somebody):
    """Imogen at the tables of her next evening: ``tables(scripts=False)``."""

    def go(**how):
        imogen = somebody("en", **how)
        imogen.comes_in_as("Imogen Thackwick")
        imogen.goes_to("/gatherings/?circle=low-tide")
        gathering = imogen.page.locator(".gathering-card a").first.get_attribute("href")
        imogen.goes_to(f"{gathering}tables/")
        return imogen

    return go


def mix(host, rounds_count: int) -> None:
    host.page.locator("[name=table_size]").fill("4")
    host.page.locator("[name=rounds_count]").fill(str(rounds_count))
    host.presses("/tables/mix/")


def names(page) -> list[str]:
    return page.locator(".table-card").all_inner_texts()


def test_the_better_tables_come_by_themselves(tables):
    host = tables()
    page = host.page
    mix(host, 12)
    page.evaluate("globalThis.stayed = true")
    at_once = names(page)
    assert len(at_once) > 20
    expect(page.locator("#search-said")).to_have_text(re.compile("Looking for better tables"))
    expect(page.locator("#search-now progress")).to_be_visible()
    expect(page.locator("#search-said")).to_have_text(ENDED, timeout=30_000)
    expect(page.locator("#search-now")).to_have_count(0)
    expect(page.locator("#search-acts")).to_have_count(0)
    shown = names(page)
    assert page.evaluate("globalThis.stayed") is True
    page.reload()
    assert names(page) == shown
    assert len(shown) == len(at_once)


def test_good_enough_ends_it_on_the_page(tables):
    host = tables()
    page = host.page
    button = page.get_by_role("button", name="Good enough")
    # The worker looks for five seconds; where the machine is slow they may be over before anybody pressed.
    for _time in range(4):
        mix(host, 12)
        if button.is_visible():
            button.focus()
            page.wait_for_timeout(1_500)
        if button.is_visible():
            break
    # What comes every second leaves the button and whoever is on it alone.
    expect(button).to_be_focused()
    button.press("Enter")
    expect(page.locator("#search-said")).to_have_text(STOPPED)
    expect(page.locator("#search-now")).to_have_count(0)
    shown = names(page)
    page.wait_for_timeout(1_500)
    page.reload()
    assert names(page) == shown


def test_without_scripts_the_page_is_looked_at_again(tables):
    host = tables(scripts=False)
    page = host.page
    mix(host, 4)
    assert len(names(page)) > 20
    for _look in range(30):
        if ENDED.search(page.locator("main").inner_text()):
            break
        page.wait_for_timeout(500)
        page.get_by_role("link", name="Look again").click()
    expect(page.locator("main")).to_contain_text(ENDED)
    page.locator(".seat .who a").first.click()
    expect(page.locator("main")).to_contain_text(re.compile(r"With \d people"))

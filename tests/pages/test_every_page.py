"""Every page, as the people who see it: accessible, and no wider than the screen.

axe finds nothing at 390 and 1280 px, light and dark; at 320 px nothing scrolls
sideways. The pages are the demo's, so they hold what real pages hold.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.pages.places import (
    ASKED,
    DESIGN,
    FORUM,
    HONOR,
    IMOGEN,
    INGA,
    MAJA,
    MEMBER,
    OF_GATHERING,
    ORGANISER,
    PUBLIC,
    paths_for,
)

pytestmark = pytest.mark.browser

FACES = [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")]


def look_at(page, url: str, path: str) -> list[str]:
    """What is wrong with a page, in one line each."""
    response = page.goto(url + path)
    if response.status >= 400:
        return [f"{path} answered {response.status}"]
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{path}: {v['id']} at {v['nodes'][0]['target']} ({len(v['nodes'])})" for v in found]


def is_too_wide(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


def everything_of(
    somebody, name: str | None, paths: list[str], language: str, width: int, scheme: str
) -> list[str]:
    visitor = somebody(language, width=width, height=844)
    if name:
        visitor.comes_in_as(name)
    page = visitor.page
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    return [
        problem
        for path in paths_for(page, visitor.url, paths)
        for problem in look_at(page, visitor.url, path)
    ]


@pytest.mark.parametrize(("width", "scheme"), FACES)
@pytest.mark.parametrize(
    ("name", "paths", "language"),
    [
        (None, PUBLIC + DESIGN, "en"),
        (INGA, MEMBER, "sv"),
        (IMOGEN, ORGANISER, "en"),
        (HONOR, FORUM, "en"),
        (MAJA, ASKED, "sv"),
    ],
    ids=["visitor", "member", "organiser", "forum", "asked"],
)
def test_axe_finds_nothing(somebody, name, paths, language, width, scheme):
    assert everything_of(somebody, name, paths, language, width, scheme) == []


@pytest.mark.parametrize(("width", "scheme"), FACES)
def test_axe_finds_nothing_on_the_pages_of_a_gathering(somebody, width, scheme):
    host = somebody("en", width=width, height=844)
    host.comes_in_as(IMOGEN)
    host.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    host.goes_to("/gatherings/?circle=low-tide")
    link = host.page.locator(".gathering-card a").first.get_attribute("href")
    assert [problem for part in OF_GATHERING for problem in look_at(host.page, host.url, link + part)] == []


def test_nothing_scrolls_sideways_on_the_smallest_phone(somebody):
    too_wide = []
    for name, paths in ((None, PUBLIC + DESIGN), (INGA, MEMBER), (IMOGEN, ORGANISER), (MAJA, ASKED)):
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

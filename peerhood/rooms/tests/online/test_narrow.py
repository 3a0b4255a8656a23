"""A phone's page in a narrow window beside a call, in a real browser."""

import re

import pytest

from peerhood.rooms.tests.server import Server
from peerhood.rooms.tests.test_live import PATIENCE

pytestmark = [pytest.mark.browser, pytest.mark.processes]
NARROW = 320


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site of an operator who has a Jitsi."""
    site = Server(tmp_path_factory.mktemp("online"), JITSI_HOST="meet.example.org")
    site.start()
    yield site
    site.stop()


@pytest.fixture
def narrow(browser, site):
    staged = site.stage("set", "chatham", "online")
    context = browser.new_context(viewport={"width": NARROW, "height": 700}, base_url=site.url, locale="en")
    context.set_default_timeout(PATIENCE)
    context.add_cookies([{"name": "sessionid", "value": staged["session"], "url": site.url}])
    page = context.new_page()
    page.goto(f"/r/{staged['code']}/")
    yield page
    context.close()


def width_of(page):
    return page.evaluate("document.documentElement.scrollWidth")


def test_beside_a_call_nothing_is_scrolled_sideways_and_the_groups_call_is_one_tap_away(narrow):
    link = narrow.get_by_role("link", name="Open your group’s call")
    assert re.fullmatch(r"https://meet\.example\.org/[0-9a-f]{32}", link.get_attribute("href"))
    assert link.bounding_box()["height"] >= 44
    assert width_of(narrow) <= NARROW
    # The same measure sees what is too wide.
    narrow.evaluate(
        "document.querySelector('main').append(Object.assign(document.createElement('div'), {style: 'width: 400px; height: 9px'}))"
    )
    assert width_of(narrow) > NARROW

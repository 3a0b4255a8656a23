"""Scanned by a phone: in a real browser the forms are taken, the code is read from the screen, and no address leaks."""

from io import BytesIO
from urllib.parse import urlsplit

import pytest
import zxingcpp
from django.conf import settings
from django.db import connections
from PIL import Image

from peerhood.connections.cards import holding_out
from peerhood.connections.models import ContactCard, LeftCard
from peerhood.connections.tests.cards.conftest import path_of
from tests.pages import accessible

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}


@pytest.fixture(autouse=True, scope="module")
def queries_beside_the_browser(browser):
    """The browser keeps an event loop in this thread; the tests' own queries are sync all the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield
        # Inside the event loop Django keeps connections of its own; left open, they outlive the test database.
        connections.close_all()


@pytest.fixture
def phone(browser, live_server, client):
    """``phone(ben)``: signed in, or with nobody a visitor's."""
    contexts = []

    def open_page(person=None):
        context = browser.new_context(base_url=live_server.url, viewport=PHONE, locale="en")
        context.set_default_timeout(20_000)
        contexts.append(context)
        if person:
            client.force_login(person)
            name = settings.SESSION_COOKIE_NAME
            cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
            context.add_cookies([cookie])
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


def test_a_card_is_scanned_and_both_agree(phone, ada_in_full, dot, hand_out):
    page = phone(dot)
    page.goto(path_of(hand_out(ada_in_full, "town")))
    page.get_by_role("link", name="Leave yours").click()
    page.get_by_role("button", name="Keep each other").click()
    page.get_by_text("You left your card with Ada Andersson.").first.wait_for()
    assert LeftCard.objects.get().leaver == dot
    owner = phone(ada_in_full)
    owner.goto("/connections/card/")
    owner.get_by_role("button", name="Keep each other").click()
    owner.get_by_text("You and Dot Dahl keep each other.").wait_for()


def test_no_link_from_a_card_says_where_it_was(phone, ada, hand_out):
    page, asked = phone(), []
    page.on(
        "request", lambda request: asked.append((urlsplit(request.url).path, request.headers.get("referer")))
    )
    path = path_of(hand_out(ada))
    page.goto(path)
    page.get_by_role("link", name="Peerhood").first.click()
    page.wait_for_url("**/")
    assert ("/", None) in asked
    assert [referer for _path, referer in asked if referer and path in referer] == []
    # Control: from other pages it is said, within the site.
    page.goto("/promise/")
    page.get_by_role("link", name="Peerhood").first.click()
    page.wait_for_url("**/")
    assert [referer for path, referer in asked if path == "/" and referer and "/promise/" in referer]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_camera_reads_the_screen_that_is_held_out(phone, ada, hand_out, scheme):
    card, page = hand_out(ada), phone(ada)
    page.emulate_media(color_scheme=scheme)
    page.goto("/connections/card/mine/phone/hold-out/")
    seen = Image.open(BytesIO(page.screenshot()))
    assert [code.text for code in zxingcpp.read_barcodes(seen.convert("L"))] == [holding_out.address_of(card)]
    # The whole of it is on the first screen, large enough for another phone's camera.
    box = page.locator(".ticket-code svg").bounding_box()
    assert box["y"] + box["height"] <= PHONE["height"]
    assert box["width"] >= 240


def test_all_its_pages_are_accessible_and_fit_the_smallest_phone(phone, ada_in_full, dot, hand_out, scan):
    shown = path_of(hand_out(ada_in_full, "work", "title", "employer", "email", "town", "links"))
    scan(ada_in_full, hand_out(dot), "email", "employer")
    mine = "/connections/card/"
    found = []
    for person, paths in (
        (None, [shown, f"{mine}nonsense/"]),
        (ada_in_full, [shown, f"{mine}mine/phone/", f"{mine}mine/phone/hold-out/"]),
        (dot, [shown, f"{shown}leave/", mine]),
    ):
        page = phone(person)
        for path in paths:
            page.goto(path)
            found += accessible.faults(page)
            page.set_viewport_size({"width": 320, "height": 640})
            if page.evaluate("document.documentElement.scrollWidth") > 320:
                found.append(f"{path} scrolls sideways")
            page.set_viewport_size(PHONE)
    assert found == []
    assert ContactCard.objects.count() == 2

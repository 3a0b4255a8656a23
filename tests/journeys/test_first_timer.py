"""A first-timer: from the public page to a place held, and on to the door."""

import re
import uuid

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_first_timer_holds_a_place_and_is_met_at_the_door(somebody, scripts):
    newcomer = somebody("en", width=390, height=844, scripts=scripts)
    page = newcomer.page
    name = f"Nova Newcombe {uuid.uuid4().hex[:4]}"
    address = f"{uuid.uuid4().hex[:8]}@example.org"

    newcomer.goes_to("/")
    page.locator("main a[href^='/gatherings/']").first.click()
    newcomer.goes_to("/gatherings/")
    page.locator(".gathering-card", has_text="Low Tide").first.get_by_role("link").first.click()
    gathering = re.search(r"/gatherings/\d+/", page.url).group()
    page.locator("input[type=email]").first.fill(address)
    page.locator("form[action$='/place/'] button").first.click()
    page.wait_for_url(re.compile(rf"{gathering}held/"))

    # The first tap is the link in the mail, the second one the button behind it.
    newcomer.goes_to(link_mailed_to(somebody, address))
    page.locator("[name=name]").fill(name)
    page.locator("main form button[name=yes]").click()
    expect(page.locator("main .status")).to_contain_text("You have a seat.")

    host = somebody("en")
    host.comes_in_as("Imogen Thackwick")
    host.goes_to(f"{gathering}door/?q={name.split()[-1]}")
    row = host.page.locator("#door-list li", has_text=name)
    expect(row).to_contain_text("First time")
    # Before the page keeps its own list a tap is a form's: taken just the same, but told elsewhere.
    expect(host.page.locator("[data-part=ready]")).to_be_visible()
    with host.page.expect_response(re.compile("/door/taps/$")):
        row.locator("button").first.click()
    undo = host.page.locator("#door-list li", has_text=name).locator("form[action$='/undo/']")
    expect(undo).to_have_count(1)
    # The evening is still to come: for whoever mixes its tables next, nobody is at the door yet. A second tap
    # at once is taken for a slip of the finger, and what the phone shows as undone is yet to be told the server.
    host.page.wait_for_timeout(500)
    with host.page.expect_response(re.compile("/door/taps/$")):
        undo.locator("button").click()
    expect(undo).to_have_count(0)


def link_mailed_to(somebody, address: str) -> str:
    """Read the link where the demo shows its mail."""
    return re.search(r"https?://[^/\s]+(/gatherings/\d+/answer/\S+)", mail_to(somebody, address)).group(1)


def code_mailed_to(somebody, address: str) -> str:
    """Read the code where the demo shows its mail."""
    return re.search(
        r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", mail_to(somebody, address), re.MULTILINE
    ).group(1)


def mail_to(somebody, address: str) -> str:
    """Read the latest mail to an address where the demo shows its mail."""
    reader = somebody("en")
    reader.goes_to("/mail/")
    reader.page.locator("main li, main tr", has_text=address).first.get_by_role("link").first.click()
    return reader.page.locator("main").inner_text()

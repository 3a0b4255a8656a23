"""F11: a phone that was away. Its clock went another way than the server's meanwhile, and it had a note half written.

Nobody waits ninety seconds here: the phone's clock jumps by them, and the server's does not, which is what
a phone has to find out that slept while its clock was put right.
"""

import time
from datetime import datetime

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.processes, pytest.mark.xdist_group("rooms")]

PATIENCE = 90_000
AWAY = 90
JUMPY = """(() => { const Real = Date; globalThis.jump = 0
  globalThis.Date = class extends Real { constructor(...of) { of.length ? super(...of) : super(Real.now() + jump) } }
  Date.now = () => Real.now() + jump })()"""
DRAFT = "Half a sentence"


@pytest.fixture
def staged(server):
    staged = server.stage("set")
    return staged | {"version": server.press(staged, "pot/open", staged["version"])}


@pytest.fixture
def phone(server, browser, staged):
    context = browser.new_context(viewport={"width": 390, "height": 700}, base_url=server.url, locale="en")
    context.set_default_timeout(PATIENCE)
    context.add_init_script(JUMPY)
    page = context.new_page()
    page.goto(f"/r/{staged['code']}/")
    page.locator("textarea").fill(DRAFT)
    yield page
    context.close()


def error(page):
    """Seconds by which the phone is wrong about what is left of the item."""
    before = time.time()
    left = page.evaluate("document.querySelector('round-timer').left")
    ends_at = datetime.fromisoformat(page.locator("round-timer").get_attribute("ends-at")).timestamp()
    return max(ends_at - time.time() - left, left - (ends_at - before), 0)


def is_right(page, version):
    """Wait until it shows this version, with the server's time; a busy machine may bring an answer late, so look on."""
    until = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < until:
        if page.evaluate("document.querySelector('live-room').version") >= version and error(page) < 1:
            return True
        page.wait_for_timeout(100)
    return False


def test_without_a_network_for_ninety_seconds_time_and_draft_are_right_again(server, phone, staged):
    phone.context.set_offline(True)
    version = server.press(staged, "minute", staged["version"])
    phone.evaluate(f"jump = {AWAY * 1000}")
    assert error(phone) > AWAY / 2  # control: nothing told it yet
    phone.context.set_offline(False)
    assert is_right(phone, version)
    assert phone.locator("textarea").input_value() == DRAFT


def test_a_tab_that_slept_is_right_again_though_nothing_changed_meanwhile(phone, staged):
    asleep = phone.context.new_cdp_session(phone)
    asleep.send("Page.setWebLifecycleState", {"state": "frozen"})
    time.sleep(1)
    asleep.send("Page.setWebLifecycleState", {"state": "active"})
    phone.evaluate(f"jump = {-AWAY * 1000}")
    assert error(phone) > AWAY / 2  # control: a wrong clock, which no stream would tell it of
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert is_right(phone, staged["version"])
    assert phone.locator("textarea").input_value() == DRAFT


def test_it_comes_back_to_the_item_the_room_is_on(server, phone, staged):
    phone.context.set_offline(True)
    version = server.press(staged, "next", staged["version"])
    phone.evaluate(f"jump = {AWAY * 1000}")
    phone.context.set_offline(False)
    phone.get_by_role("heading", level=1, name="What I stopped doing").wait_for()
    assert is_right(phone, version)

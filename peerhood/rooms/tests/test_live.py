"""Phones in a real browser: the clock whatever the phone's clock says, and catching up after anything."""

import time
from datetime import datetime

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.processes]

PATIENCE = 90_000
SKEWS = (-86_400, -3_600, -300, -7, -1, 0, 2, 45, 7_200, 31_536_000)
SKEWED = """(() => { const Real = Date, by = %d * 1000
  globalThis.Date = class extends Real { constructor(...of) { of.length ? super(...of) : super(Real.now() + by) } }
  Date.now = () => Real.now() + by })()"""


@pytest.fixture
def staged(server):
    return server.stage("set")


@pytest.fixture
def phone(server, browser, staged):
    """Open the room on a phone: ``phone()`` or ``phone(init_script, blocked="**/stream/")``."""
    contexts = []

    def come_in(script="", blocked="", path=f"/r/{staged['code']}/", session=""):
        context = browser.new_context(
            viewport={"width": 390, "height": 700}, base_url=server.url, locale="en"
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        if script:
            context.add_init_script(script)
        if blocked:
            context.route(blocked, lambda route: route.abort())
        if session:
            context.add_cookies([{"name": "sessionid", "value": session, "url": server.url}])
        page = context.new_page()
        page.goto(path)
        return page

    yield come_in
    for context in contexts:
        context.close()


def heading(page, title):
    page.get_by_role("heading", level=1, name=title).wait_for()


def wait_for(page, expression):
    """Playwright's own wait evaluates a string in the page, which the page's security policy forbids."""
    until = time.monotonic() + PATIENCE / 1000
    while not page.evaluate(expression):
        assert time.monotonic() < until, expression
        page.wait_for_timeout(50)


def to_the_ballot(server, staged):
    return server.press(staged, "next", server.press(staged, "next", staged["version"]))


def test_ten_phones_with_wrong_clocks_show_the_servers_time(phone):
    errors = {}
    for skew in SKEWS:
        page = phone(SKEWED % skew)
        # How long the page was under way is no fault of the clock: on a busy machine, ask again.
        while (
            page.evaluate("(({responseStart: a, requestStart: b}) => a - b)(performance.getEntries()[0])")
            > 500
        ):
            page.reload()
        wait_for(page, "document.querySelector('round-timer').left > 0")
        before = time.time()
        left = page.evaluate("document.querySelector('round-timer').left")
        after = time.time()
        ends_at = datetime.fromisoformat(page.locator("round-timer").get_attribute("ends-at")).timestamp()
        errors[skew] = max(ends_at - after - left, left - (ends_at - before), 0)
    assert {skew: error for skew, error in errors.items() if error >= 1} == {}


def test_phone_projector_and_run_screen_follow_the_facilitator(server, phone, staged):
    screens = [
        phone(),
        phone(path=f"/r/{staged['code']}/screen/"),
        phone(path=f"/gatherings/{staged['gathering']}/room/", session=staged["session"]),
    ]
    for page in screens:
        heading(page, "Coffee")
    server.press(staged, "next", staged["version"])
    for page in screens:
        heading(page, "What I stopped doing")


def test_where_streams_are_blocked_a_phone_asks_by_itself(server, phone, staged):
    page = phone(blocked="**/stream/")
    server.press(staged, "next", staged["version"])
    heading(page, "What I stopped doing")


def test_a_phone_that_was_away_catches_up_at_once(server, phone, staged):
    page = phone()
    heading(page, "Coffee")
    page.context.set_offline(True)
    version = server.press(staged, "next", staged["version"])
    server.press(staged, "pause", version)
    page.context.set_offline(False)
    heading(page, "What I stopped doing")
    page.get_by_text("Paused").wait_for()


def test_what_was_ticked_and_where_one_was_stays_when_the_room_changes(server, phone, staged):
    version = to_the_ballot(server, staged)
    page = phone()
    box = page.get_by_role("checkbox").nth(1)
    box.check()
    box.focus()
    server.press(staged, "minute", version)
    wait_for(page, "Number(document.querySelector('round-timer').getAttribute('left')) > 1200")
    assert box.is_checked() is True
    assert page.evaluate("document.activeElement === document.querySelectorAll('[type=checkbox]')[1]") is True


def test_a_vote_is_handed_in_without_leaving_the_page_and_the_result_comes_by_itself(server, phone, staged):
    version = to_the_ballot(server, staged)
    page = phone()
    page.evaluate("globalThis.stayed = true")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button").click()
    page.get_by_text("Your vote is in.").wait_for()
    server.press(staged, "ballot/close", version)
    page.get_by_text("1 of 1 person voted for it.").wait_for()
    assert page.evaluate("globalThis.stayed") is True


def test_what_comes_next_begins_at_the_top_of_the_phone(server, phone, staged):
    version = to_the_ballot(server, staged)
    page = phone()
    page.set_viewport_size({"width": 390, "height": 240})
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    version = server.press(staged, "minute", version)
    wait_for(page, f"document.querySelector('live-room').version >= {version}")
    assert page.evaluate("scrollY") > 0  # only the clock changed: whoever reads goes on reading
    server.press(staged, "ballot/close", version)
    page.get_by_text("Nobody voted").wait_for()
    assert page.evaluate("scrollY") == 0


def test_a_double_click_on_next_is_one_step(phone, staged):
    page = phone(path=f"/gatherings/{staged['gathering']}/room/", session=staged["session"])
    page.get_by_role("button", name="Next").dblclick()
    heading(page, "What I stopped doing")
    page.get_by_role("button", name="Undo").click()
    heading(page, "Coffee")


def test_a_press_is_answered_once_though_the_stream_hears_of_it_first(phone, staged):
    page = phone(path=f"/gatherings/{staged['gathering']}/room/", session=staged["session"])
    asked = []
    page.on("request", lambda request: asked.append(request.method) if "/room/" in request.url else None)
    page.get_by_role("button", name="Next").click()
    heading(page, "What I stopped doing")
    page.wait_for_timeout(1_000)
    assert asked == ["POST"]


def test_the_goodbye_comes_by_itself_and_undo_brings_everybody_back(server, phone, staged):
    page = phone()
    heading(page, "Coffee")
    version = server.press(staged, "close", staged["version"])
    heading(page, "Thank you for today.")
    server.press(staged, "undo", version)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    heading(page, "Coffee")


def test_every_button_of_the_run_screen_is_big_enough_for_a_thumb_and_a_hurry(phone, staged):
    page = phone(path=f"/gatherings/{staged['gathering']}/room/", session=staged["session"])
    page.locator("#closing summary").click()
    sizes = page.locator(".run button").evaluate_all(
        "buttons => buttons.map(b => b.getBoundingClientRect().height)"
    )
    assert [size for size in sizes if size < 56] == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") is True


def test_a_phone_loads_six_files_within_its_budget(phone):
    from gzip import compress

    page = phone(blocked="**/stream/")
    loaded = {}
    page.on("response", lambda response: loaded.setdefault(response.url.rpartition("/")[2], response))
    page.reload(wait_until="networkidle")
    weights = {name: len(compress(response.body())) for name, response in loaded.items() if name != "cup.svg"}
    assert len(weights) == 6
    assert sum(weight for name, weight in weights.items() if name.endswith(".js")) <= 36_000
    assert weights[""] <= 6_000

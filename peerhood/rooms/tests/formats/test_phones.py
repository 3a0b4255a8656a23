"""Formats in real browsers: groups on every phone, turns and the desk by keyboard, cards that stay on the phone."""

import re

import pytest
from playwright.sync_api import expect

from peerhood.rooms.tests.test_live import PATIENCE

pytestmark = [pytest.mark.browser, pytest.mark.processes]


@pytest.fixture
def evening(server):
    """Begin an evening whose second item is run by a format, with people on its list, each with a phone's token."""

    def begin(key, people=6):
        staged = server.stage("set", "open")
        return staged | server.stage("adopt", staged["gathering"], key, people)

    return begin


@pytest.fixture
def browsers(browser, server):
    contexts = []

    def new(staged, number=None, **options):
        context = browser.new_context(
            viewport={"width": 390, "height": 800}, base_url=server.url, locale="en", **options
        )
        context.set_default_timeout(PATIENCE)
        cookie = {"url": f"{server.url}/r/{staged['code']}/"}
        if number is None:
            context.add_cookies([{"name": "sessionid", "value": staged["session"], "url": server.url}])
        else:
            context.add_cookies([{"name": "room", "value": staged["tokens"][number]} | cookie])
        contexts.append(context)
        return context.new_page()

    yield new
    for context in contexts:
        context.close()


def desk_of(browsers, staged):
    page = browsers(staged)
    page.goto(f"/gatherings/{staged['gathering']}/room/")
    return page


def phones_of(browsers, staged, count):
    pages = [browsers(staged, number) for number in range(count)]
    for page in pages:
        page.goto(f"/r/{staged['code']}/")
    return pages


def press(desk, name):
    """By the keyboard alone."""
    button = desk.get_by_role("button", name=name, exact=True)
    button.wait_for()
    button.focus()
    desk.keyboard.press("Enter")


def test_cards_that_are_sorted_stay_on_the_phone_and_nothing_of_them_is_sent(browsers, evening):
    staged = evening("career-values")
    desk = desk_of(browsers, staged)
    (phone,) = phones_of(browsers, staged, 1)
    press(desk, "Next: What I stopped doing")
    boxes = phone.get_by_role("checkbox")
    boxes.first.wait_for()
    sent = []
    phone.on("request", lambda request: sent.append(request.method))
    for number in range(5):
        boxes.nth(number).check()
    phone.get_by_text("5 of 5 chosen").wait_for()
    assert boxes.nth(5).is_disabled()
    assert "POST" not in sent
    phone.reload()
    phone.get_by_text("5 of 5 chosen").wait_for()
    press(desk, "Next: In pairs")
    phone.get_by_role("heading", name="In pairs").wait_for()
    assert [boxes.nth(number).is_checked() for number in range(6)] == [True] * 5 + [False]


def test_the_desk_runs_turns_by_keyboard_and_phones_follow(browsers, evening):
    staged = evening("house-of-genius-short", people=3)
    desk = desk_of(browsers, staged)
    phones = phones_of(browsers, staged, 3)
    for title in ("What I stopped doing", "Clarifying questions", "One suggestion each"):
        press(desk, f"Next: {title}")
    for phone in phones:
        phone.get_by_role("heading", name="One suggestion each").wait_for()
    mine = [phone for phone in phones if phone.get_by_text("It is your turn.").is_visible()]
    assert len(mine) == 1
    mine[0].get_by_role("button", name="I pass").click()
    mine[0].get_by_text("It is your turn.").wait_for(state="detached")
    mine[0].get_by_role("button", name="I only listen").click()
    mine[0].get_by_text("You only listen").wait_for()


@pytest.mark.parametrize("key", ["house-of-genius-short", "lean-coffee"])
def test_every_button_of_a_format_is_big_enough_for_a_thumb_and_a_hurry(browsers, evening, key):
    staged = evening(key)
    desk = desk_of(browsers, staged)
    press(desk, "Next: What I stopped doing")
    desk.locator("#closing summary").click()
    for _step in range(2):
        # Seen and measured at one moment: an event may close what was open.
        sizes = desk.locator(".run button").evaluate_all(
            "all => all.filter(b => b.checkVisibility()).map(b => [b.innerText, b.getBoundingClientRect().height])"
        )
        assert len(sizes) > 4
        assert [size for size in sizes if size[1] < 56] == []
        before = desk.locator("#desk h1").inner_text()
        desk.get_by_role("button", name=re.compile("^Next: ")).click()
        expect(desk.locator("#desk h1")).not_to_have_text(before, timeout=PATIENCE)


def test_when_time_is_up_the_desk_asks_and_nothing_goes_on(browsers, evening):
    staged = evening("1-2-4-all")
    desk = desk_of(browsers, staged)
    desk.clock.install()
    desk.reload()
    press(desk, "Next: What I stopped doing")
    desk.get_by_role("heading", name="Alone").wait_for()
    over = desk.get_by_text("Time is up. Nothing is cut off")
    assert over.is_hidden()
    desk.clock.fast_forward(70_000)
    over.wait_for()
    assert desk.get_by_role("heading", name="Alone").is_visible()

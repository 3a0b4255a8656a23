"""The door: a greeter's phone in a cellar, another door upstairs, and a code that a camera reads.

The phone keeps the list and what is tapped on it, tells the server when the network is back, and
nobody is counted twice. Afterwards nothing of it is left on the phone.
"""

import io
import sqlite3
import uuid
from contextlib import closing

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from tests.conftest import start, stop

pytestmark = pytest.mark.browser

CIRCLE = "mellan-norrkoping"
KEPT = """async () => {
    const buckets = await navigator.storageBuckets.keys()
    const worker = await navigator.serviceWorker.getRegistration(location.origin + document.body.dataset.door)
    return [buckets.filter(name => name.startsWith("door-")).length, Boolean(worker)]
}"""


@pytest.fixture(scope="module")
def demo(loaded_demo, tmp_path_factory):
    """A demo of its own: in the one that all journeys share, whoever is expected may have arrived."""
    home = tmp_path_factory.mktemp("door")
    loaded_demo.put_into(home)
    server = start(["demo"], home)
    yield server
    stop(server.process)


@pytest.fixture
def door(somebody):
    """Somebody at the door of the next afternoon, with the page ready to go on alone: ``door("Siv Rimtuva")``."""

    def go(name, *, ready=True, **how):
        greeter = somebody("en", **how)
        greeter.comes_in_as(name)
        greeter.goes_to(f"/gatherings/?circle={CIRCLE}")
        gathering = greeter.page.locator(".gathering-card a").first.get_attribute("href")
        greeter.goes_to(f"{gathering}door/")
        if ready:
            is_kept(greeter.page)
        return greeter

    return go


def is_kept(page) -> None:
    """The worker stands behind the page, and the list with its style is on the phone."""
    expect(page.locator("[data-part=ready]")).to_be_visible()


def row(page, name):
    return page.locator("#door-list li.person", has=page.get_by_text(name, exact=True))


def sees_here(page, name, is_here=True) -> None:
    expect(row(page, name).locator("[data-when=here]").first).to_be_visible(visible=is_here)


def tap(page, name) -> None:
    row(page, name).get_by_role("button").click()


def not_here_yet(page, count) -> list[str]:
    names = page.locator("#door-list li.person:not([data-here]) strong").all_inner_texts()
    return names[:count]


def journal_of(demo) -> list[str]:
    """What the server wrote down of the doors, in order. Under a rule it does not say who came."""
    with closing(sqlite3.connect(f"file:{demo.home}/var/peerhood.sqlite3?mode=ro", uri=True)) as rows:
        found = rows.execute("SELECT name FROM journal_entry WHERE name LIKE 'person.checked%' ORDER BY id")
        return [entry.removeprefix("person.") for (entry,) in found]


def test_the_door_goes_on_without_a_network_and_comes_back(door, demo):  # R12
    siv, maja = door("Siv Rimtuva", width=390, height=844), door("Maja Ekvret")
    page = siv.page
    one, two, three = not_here_yet(page, 3)
    before = journal_of(demo)
    walked_in = f"Vera Walkin {uuid.uuid4().hex[:4]}"
    lost, here = page.locator("[data-part=lost]"), page.locator("[data-number=here]").first
    count = int(here.inner_text())

    siv.context.set_offline(True)
    for name in (one, two, three):
        tap(page, name)
        sees_here(page, name)
    expect(lost).to_contain_text("No network: 3 arrivals are kept on this phone")
    page.locator("[data-walk-in] [name=name]").fill(walked_in)
    page.locator("[data-walk-in] button").click()
    expect(page.locator("[data-part=walked-in]")).to_contain_text(walked_in)
    page.wait_for_timeout(500)
    tap(page, three)
    sees_here(page, three, False)
    expect(here).to_have_text(str(count + 3))

    # The phone slept, and the page is opened again: all of it is still there.
    page.reload()
    expect(lost).to_contain_text("No network: 5 arrivals are kept on this phone")
    sees_here(page, one)
    expect(page.locator("[data-part=walked-in]")).to_contain_text(walked_in)
    page.locator("#q").fill(two[:3].lower())
    expect(row(page, two)).to_be_visible()
    expect(page.locator("#door-list li.person:visible")).not_to_have_count(
        page.locator("#door-list li.person").count()
    )
    page.locator("#q").fill("")

    # Meanwhile the other door has checked one of them in.
    tap(maja.page, one)
    sees_here(maja.page, one)
    maja.page.wait_for_timeout(500)

    siv.context.set_offline(False)
    report = page.locator("[data-part=report]")
    expect(report).to_contain_text("The network is back, and 5 arrivals were sent.")
    expect(report).to_contain_text(f"{one}: already here.")
    expect(lost).to_be_hidden()
    sees_here(page, walked_in)
    expect(page.locator("[data-part=walked-in]")).to_be_hidden()
    expect(here).to_have_text(str(count + 3))
    # One each, whoever was told of twice; and one of them was taken back.
    since = journal_of(demo)[len(before) :]
    assert sorted(since) == ["checked_in"] * 4 + ["checked_out"]

    # Both doors see the same, and a second look sends nothing again.
    for greeter in (siv, maja):
        greeter.page.reload()
        for name, is_here in {one: True, two: True, three: False, walked_in: True}.items():
            sees_here(greeter.page, name, is_here)
    assert journal_of(demo) == before + since


def test_what_was_tapped_outlives_the_session(door, demo):
    siv = door("Siv Rimtuva", width=390, height=844)
    page, context = siv.page, siv.context
    [name] = not_here_yet(page, 1)
    before = journal_of(demo)
    context.set_offline(True)
    tap(page, name)
    lost = page.locator("[data-part=lost]")
    expect(lost).to_contain_text("No network: 1 arrival is kept")
    context.clear_cookies()
    context.set_offline(False)
    expect(lost).to_contain_text("Sign in again")
    expect(lost.get_by_role("link", name="Sign in")).to_be_visible()
    assert journal_of(demo) == before
    # Who is expected is not to be read any more: the list is no longer kept, the taps are.
    siv.comes_in_as("Siv Rimtuva")
    siv.goes_to(door_of(siv))
    sees_here(page, name)
    is_kept(page)
    assert journal_of(demo) == [*before, "checked_in"]


def door_of(greeter) -> str:
    greeter.goes_to(f"/gatherings/?circle={CIRCLE}")
    return f"{greeter.page.locator('.gathering-card a').first.get_attribute('href')}door/"


def test_a_walk_in_that_is_refused_stays_until_it_is_settled(door):
    siv = door("Siv Rimtuva", width=390, height=844)
    page = siv.page
    siv.context.set_offline(True)
    form = page.locator("[data-walk-in]")
    form.locator("[name=name]").fill("Pelle Postlös")
    # A browser takes this for an address, and we do not.
    form.locator("[name=email]").fill("pelle@postlos")
    form.get_by_role("button").click()
    expect(page.locator("[data-part=walked-in]")).to_contain_text("Pelle Postlös")
    siv.context.set_offline(False)
    refused = page.locator("[data-part=refused]")
    expect(refused).to_contain_text("Pelle Postlös")
    page.reload()
    expect(refused).to_contain_text("Enter a valid email address.")
    refused.get_by_role("button", name="It is settled").click()
    expect(refused).to_be_hidden()
    page.reload()
    is_kept(page)
    expect(refused).to_be_hidden()


def test_signing_out_says_what_is_not_sent_and_leaves_nothing_on_the_phone(door):
    siv = door("Siv Rimtuva", width=390, height=844)
    page = siv.page
    [name] = not_here_yet(page, 1)
    siv.context.route("**/door/taps/", lambda route: route.abort())
    tap(page, name)
    expect(page.locator("[data-part=lost]")).to_contain_text("1 arrival is kept")
    siv.goes_to("/me/")
    notice = page.locator("unsent-arrivals")
    expect(notice).to_contain_text("not sent yet")
    siv.context.unroute("**/door/taps/")
    notice.get_by_role("link").click()
    sees_here(page, name)
    is_kept(page)
    door_path = page.evaluate("document.querySelector('door-list').getAttribute('door')")
    siv.goes_to("/me/")
    expect(page.locator("unsent-arrivals")).to_be_hidden()
    page.evaluate("path => document.body.dataset.door = path", door_path)
    assert page.evaluate(KEPT) == [1, True]  # control: it was there
    page.locator("main form[action='/sign-out/'] button").click()
    page.wait_for_load_state()
    page.evaluate("path => document.body.dataset.door = path", door_path)
    assert page.evaluate(KEPT) == [0, False]


@pytest.mark.parametrize("over", [False, True], ids=["control", "over"])
def test_a_day_after_the_list_is_not_shown_any_more(door, over):
    siv = door("Siv Rimtuva", width=390, height=844)
    page = siv.page
    if over:
        page.evaluate(
            """async () => {
                const { pages } = document.querySelector("door-list").kept
                const path = document.querySelector("door-list").getAttribute("door") + "kept/"
                const list = await pages.match(path), headers = new Headers(list.headers)
                headers.set("Door-Kept-Until", "2020-01-01T12:00:00+00:00")
                await pages.put(path, new Response(await list.blob(), { headers }))
            }"""
        )
    siv.context.set_offline(True)
    if not over:
        page.reload()
        expect(page.locator("h1")).to_have_text("The door")
        return
    with pytest.raises(Exception, match="ERR_"):
        page.reload()


def test_without_a_worker_the_door_is_as_it_was(door, somebody):
    maja = door("Maja Ekvret", ready=False)
    maja.context.add_init_script("delete Navigator.prototype.serviceWorker")
    maja.page.reload()
    page = maja.page
    [name] = not_here_yet(page, 1)
    tap(page, name)
    sees_here(page, name)
    tap(page, name)
    sees_here(page, name, False)
    page.locator("#q").fill(name[:4])
    expect(page.locator("#door-list li.person").first).to_contain_text(name[:4])
    assert page.evaluate("document.querySelector('door-list').kept") is None


def test_a_camera_reads_the_ticket_in_the_dark_and_the_greeter_has_one_button(door, somebody):
    inga = somebody("en", width=390, height=844)
    inga.comes_in_as("Inga Hagelro")
    gathering = door_of(inga).removesuffix("door/")
    inga.page.emulate_media(color_scheme="dark")
    inga.goes_to(f"{gathering}ticket/")
    picture = Image.open(io.BytesIO(inga.page.screenshot(full_page=True))).convert("L")
    [code] = zxingcpp.read_barcodes(picture)
    assert code.text.startswith(f"{inga.url}{gathering}arrival/")

    anybody = somebody("en", width=390)
    anybody.page.goto(code.text)
    anybody.sees("Show it to whoever greets you")
    assert "Inga" not in anybody.page.content()

    siv = somebody("en", width=390, height=844)
    siv.comes_in_as("Siv Rimtuva")
    siv.goes_to(code.text.removeprefix(siv.url))
    expect(siv.page.locator("h1")).to_have_text("Inga Hagelro")
    was_here = siv.page.get_by_role("button", name="Undo").count()
    if not was_here:
        siv.page.get_by_role("button", name="Arrived").click()
    siv.sees("Arrived. Welcome them in.")
    siv.page.get_by_role("button", name="Undo").click()
    expect(siv.page.get_by_role("button", name="Arrived")).to_be_visible()

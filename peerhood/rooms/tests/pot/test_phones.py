"""The pot in real browsers: what falls in unseen, what is shown at once, and what a phone never loses."""

import pytest

from peerhood.rooms.tests.test_live import PATIENCE

pytestmark = [pytest.mark.browser, pytest.mark.processes]
ASK = "What did you stop doing?"


@pytest.fixture
def staged(server):
    return server.stage("set", "chatham")


@pytest.fixture
def browsers(browser, server):
    contexts = []

    def new(session="", **options):
        context = browser.new_context(
            viewport={"width": 390, "height": 800}, base_url=server.url, locale="en", **options
        )
        context.set_default_timeout(PATIENCE)
        if session:
            context.add_cookies([{"name": "sessionid", "value": session, "url": server.url}])
        contexts.append(context)
        return context.new_page()

    yield new
    for context in contexts:
        context.close()


@pytest.fixture
def phones(browsers, staged):
    """Five phones in the room; on the first of them Ada is signed in."""
    pages = [browsers(staged["session"] if number == 0 else "") for number in range(5)]
    for page in pages:
        page.goto(f"/r/{staged['code']}/")
    return pages


@pytest.fixture
def desk(browsers, staged, phones):
    page = browsers(staged["session"])
    page.goto(f"/gatherings/{staged['gathering']}/room/")
    return page


def open_pot(desk):
    desk.get_by_label("The question").fill(ASK)
    desk.get_by_role("button", name="Open a pot").click()


def hand_in(phone, text):
    phone.get_by_role("heading", name=ASK).wait_for()
    phone.get_by_label("Your note").fill(text)
    phone.get_by_role("button", name="Put it in the pot").click()
    phone.get_by_text("It is in the pot.").wait_for()


def pour(desk):
    desk.get_by_role("button", name="Pour it out", exact=True).click()
    desk.get_by_role("button", name="Pour it out now").click()


def cards(page):
    page.locator(".note-card").first.wait_for()
    return sorted(page.locator(".note-card").all_inner_texts())


def test_five_phones_write_and_everything_appears_at_once(phones, desk, browsers, staged):
    screen = browsers()
    screen.goto(f"/r/{staged['code']}/screen/")
    open_pot(desk)
    screen.get_by_text(ASK).wait_for()
    sent = []
    phones[0].on("request", lambda request: sent.append(request) if "/pot/" in request.url else None)
    for number, phone in enumerate(phones):
        hand_in(phone, f"Report number {number}")
    # Ada is signed in on this phone, and still nothing that tells so goes along.
    assert sent
    told = {name for request in sent for name in request.all_headers()}
    assert not told & {"cookie", "authorization", "referer"}
    assert screen.locator(".note-card").count() == 0
    assert "Report" not in desk.content()
    pour(desk)
    written = [f"Report number {number}" for number in range(5)]
    for page in (*phones, screen):
        assert cards(page) == written
    # The copy on the phone has done its work.
    assert all(phone.evaluate("localStorage.length") == 0 for phone in phones)


def test_control_a_phone_that_sends_its_cookies_is_refused(phones, desk):
    phones[0].evaluate(
        "(() => { const real = fetch; globalThis.fetch = (a, o) => real(a, { ...o, credentials: 'include' }) })()"
    )
    open_pot(desk)
    phones[0].get_by_label("Your note").fill("One report less")
    phones[0].get_by_role("button", name="Put it in the pot").click()
    phones[0].get_by_text("That did not work. Your note is kept on this phone").wait_for()
    assert phones[0].get_by_label("Your note").input_value() == "One report less"


def test_a_draft_lives_through_a_reload_and_the_end_of_the_pot(phones, desk):
    open_pot(desk)
    for phone in phones[:3]:
        hand_in(phone, "Done")
    writer = phones[4]
    writer.get_by_label("Your note").fill("I was about to say")
    writer.reload()
    assert writer.get_by_label("Your note").input_value() == "I was about to say"
    desk.get_by_role("button", name="Pour it out", exact=True).click()
    writer.get_by_text("The pot closes in a moment. Finish your sentence.").wait_for()
    assert writer.get_by_label("Your note").input_value() == "I was about to say"
    desk.get_by_role("button", name="Pour it out now").click()
    writer.get_by_text("This note of yours was not among them.").wait_for()
    assert writer.locator("blockquote").inner_text() == "I was about to say"


def test_what_is_taken_back_is_not_shown_and_can_be_written_anew(phones, desk):
    open_pot(desk)
    for number, phone in enumerate(phones):
        hand_in(phone, f"Report number {number}")
    phones[2].get_by_role("button", name="Take it back").click()
    phones[2].get_by_role("button", name="Put it in the pot").wait_for()
    assert phones[2].get_by_label("Your note").input_value() == "Report number 2"
    phones[2].get_by_label("Your note").fill("Something milder")
    phones[2].get_by_role("button", name="Put it in the pot").click()
    phones[2].get_by_text("It is in the pot.").wait_for()
    pour(desk)
    assert "Something milder" in cards(phones[0])
    assert "Report number 2" not in cards(phones[0])


def test_after_a_power_cut_the_phones_hand_in_again_by_themselves(phones, desk, server, staged):
    open_pot(desk)
    for number, phone in enumerate(phones):
        hand_in(phone, f"Report number {number}")
    server.stage("cut power", staged["room"])
    for phone in phones:
        with phone.expect_response(lambda response: "/pot/" in response.url and response.status == 200):
            phone.reload()
    pour(desk)
    assert len(cards(phones[3])) == 5


def test_too_few_notes_are_held_back_and_may_become_enough(phones, desk):
    open_pot(desk)
    hand_in(phones[0], "Only me")
    pour(desk)
    phones[1].get_by_text("Too few notes to hide among").wait_for()
    desk.get_by_role("button", name="Let more fall in").click()
    for phone in phones[1:]:
        hand_in(phone, "Me too")
    pour(desk)
    assert cards(phones[0]) == ["Me too"] * 4 + ["Only me"]


def test_what_is_on_the_table_is_taken_back_by_the_phone_that_put_it_there(phones, desk):
    open_pot(desk)
    for number, phone in enumerate(phones):
        hand_in(phone, f"Report number {number}")
    pour(desk)
    assert len(cards(phones[2])) == 5
    phones[2].reload()
    phones[2].get_by_role("button", name="Take back what this phone put in").click()
    phones[2].get_by_text("Report number 2").wait_for(state="detached")
    phones[0].reload()
    assert cards(phones[0]) == [f"Report number {number}" for number in (0, 1, 3, 4)]


def test_where_notes_wait_on_a_disk_no_page_makes_the_promise(phones, desk, server):
    open_pot(desk)
    phones[0].get_by_text("the promise does not hold").wait_for()
    assert "without any link to a person" not in phones[0].content()


def test_a_browser_that_keeps_nothing_hands_in_all_the_same(browsers, staged, phones, desk):
    phone = browsers()
    phone.add_init_script(
        "Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('no') } })"
    )
    phone.goto(f"/r/{staged['code']}/")
    open_pot(desk)
    hand_in(phone, "From a private window")

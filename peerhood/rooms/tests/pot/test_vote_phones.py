"""Votes and dots in real browsers: a ticket with the cookie, a vote without, and a phone that remembers."""

import pytest

from peerhood.rooms.tests.test_live import PATIENCE

pytestmark = [pytest.mark.browser, pytest.mark.processes]
THEME = "One-page reporting"


@pytest.fixture
def staged(server):
    return server.stage("set", "chatham")


@pytest.fixture
def come_in(browser, server, staged):
    contexts = []

    def new(path=f"/r/{staged['code']}/", session="", **options):
        context = browser.new_context(
            viewport={"width": 390, "height": 800}, base_url=server.url, locale="en", **options
        )
        context.set_default_timeout(PATIENCE)
        if session:
            context.add_cookies([{"name": "sessionid", "value": session, "url": server.url}])
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield new
    for context in contexts:
        context.close()


@pytest.fixture
def phones(come_in, staged):
    """Five phones in the room; on the first of them Ada is signed in."""
    return [come_in(session=staged["session"] if number == 0 else "") for number in range(5)]


@pytest.fixture
def desk(come_in, staged, phones):
    return come_in(f"/gatherings/{staged['gathering']}/room/", staged["session"])


def press(desk, name, **options):
    desk.get_by_role("button", name=name, **options).click()


def to_the_ballot(desk):
    press(desk, "Next: What I stopped doing")
    press(desk, "Next: Choose the next theme")
    desk.get_by_role("button", name="Close the vote").wait_for()


def vote(phone, theme=THEME):
    phone.get_by_label(theme).check()
    phone.get_by_role("button", name="Hand in my vote").click()


def is_in(phone):
    phone.get_by_text("Your vote is in.").wait_for()


def count(desk):
    press(desk, "Close the vote")
    press(desk, "Count it now")


def sent_by(page):
    sent = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    return sent


def test_five_phones_vote_and_only_the_totals_appear(phones, desk, come_in, staged):
    screen = come_in(f"/r/{staged['code']}/screen/")
    to_the_ballot(desk)
    sent = sent_by(phones[0])
    for phone in phones[1:]:
        vote(phone)
    # By the keyboard alone: to the first theme, ticked, to the button, pressed.
    phones[0].get_by_label(THEME).focus()
    phones[0].keyboard.press("Space")
    phones[0].get_by_role("button", name="Hand in my vote").focus()
    phones[0].keyboard.press("Enter")
    for phone in phones:
        is_in(phone)
    draws, votes = [[r for r in sent if part in r.url] for part in ("/draw/", "/pot/")]
    assert (len(draws), len(votes)) == (1, 1)
    assert not {"cookie", "authorization", "referer"} & set(votes[0].all_headers())
    assert "cookie" in draws[0].all_headers()
    assert "ticket" not in (draws[0].post_data or "")
    assert "Everyone agrees" not in screen.content()
    count(desk)
    for page in (*phones, screen, desk):
        page.get_by_text("Everyone agrees.").wait_for()
    for phone in phones:
        phone.locator("vote-over").wait_for(state="attached")
        assert phone.evaluate("Object.keys(localStorage).filter(name => name.startsWith('vote '))") == []


def test_a_phone_remembers_that_it_voted_and_nobody_else_sees_it(phones, desk):
    to_the_ballot(desk)
    before = desk.locator("#pot").inner_text()
    vote(phones[1])
    is_in(phones[1])
    phones[1].reload()
    is_in(phones[1])
    assert phones[1].get_by_role("button", name="Hand in my vote").is_hidden()
    assert desk.locator("#pot").inner_text() == before
    assert phones[2].get_by_role("button", name="Hand in my vote").is_visible()


def test_after_a_power_cut_the_phones_draw_and_hand_in_anew(phones, desk, server, staged):
    to_the_ballot(desk)
    for phone in phones:
        vote(phone)
    for phone in phones:
        is_in(phone)
    server.stage("cut power", staged["room"])
    for phone in phones:
        with phone.expect_response(lambda response: "/pot/" in response.url and response.status == 200):
            phone.reload()
    count(desk)
    phones[3].get_by_text("Everyone agrees.").wait_for()


def test_who_comes_after_the_opening_is_told_that_there_is_no_ticket(phones, desk, come_in):
    to_the_ballot(desk)
    late = come_in()
    vote(late)
    late.get_by_text("You came in after this vote had opened").wait_for()
    assert late.get_by_label(THEME).is_checked()


def test_ticks_live_through_a_reload_and_too_few_votes_are_held_back(phones, desk):
    to_the_ballot(desk)
    phones[4].get_by_label("Benefits realisation").check()
    phones[4].reload()
    assert phones[4].get_by_label("Benefits realisation").is_checked()
    for phone in phones[:4]:
        vote(phone)
    for phone in phones[:4]:
        is_in(phone)
    count(desk)
    phones[4].get_by_text("Too few votes to hide among").wait_for()
    press(desk, "Let more vote")
    is_in(phones[0])
    phones[4].get_by_role("button", name="Hand in my vote").click()
    is_in(phones[4])
    count(desk)
    phones[2].get_by_text("4 of 5 people voted for it.").wait_for()


def test_control_a_phone_that_sends_its_cookies_votes_for_nothing(phones, desk):
    phones[0].evaluate(
        "(() => { const real = fetch; globalThis.fetch = (a, o) => real(a, { ...o, credentials: 'include' }) })()"
    )
    to_the_ballot(desk)
    vote(phones[0])
    phones[0].get_by_text("That did not work. Your vote is kept on this phone").wait_for()


# Notes and dots.


def pour_notes(phones, desk):
    desk.get_by_label("The question").fill("What helps?")
    press(desk, "Open a pot")
    for number, phone in enumerate(phones):
        phone.get_by_label("Your note").fill(f"Idea number {number}")
        phone.get_by_role("button", name="Put it in the pot").click()
    for phone in phones:
        phone.get_by_text("It is in the pot.").wait_for()
    press(desk, "Pour it out", exact=True)
    press(desk, "Pour it out now")
    for phone in phones:
        phone.locator(".note-card").first.wait_for()


def test_dots_are_given_with_the_keyboard_and_the_notes_come_in_their_order(phones, desk, come_in, staged):
    pour_notes(phones, desk)
    press(desk, "Vote by dots on these notes")
    for phone in phones:
        more = phone.get_by_role("button", name="One more dot for Idea number 3")
        more.focus()
        phone.keyboard.press("Enter")
        phone.keyboard.press("Space")
        phone.get_by_text("2 of 3 used").wait_for()
        box = more.bounding_box()
        assert min(box["width"], box["height"]) >= 44
    phones[0].get_by_role("button", name="One more dot for Idea number 1").click()
    phones[0].get_by_text("3 of 3 used").wait_for()
    full = phones[0].get_by_role("button", name="One more dot for Idea number 2")
    assert full.get_attribute("aria-disabled") == "true"
    for phone in phones:
        phone.get_by_role("button", name="Hand in my vote").click()
    for phone in phones:
        is_in(phone)
    count(desk)
    screen = come_in(f"/r/{staged['code']}/screen/")
    for page in (phones[4], screen):
        row = page.locator(".dots-result tbody tr").first
        row.wait_for()
        assert "Idea number 3" in row.inner_text()
        assert row.locator(".number").inner_text() == "10"


def test_a_hidden_note_leaves_every_screen_and_comes_back(phones, desk):
    pour_notes(phones, desk)
    desk.get_by_text("Take a note off the screens").click()
    desk.locator("#moderate li", has_text="Idea number 2").get_by_role("button", name="Hide it").click()
    phones[0].get_by_text("Idea number 2").wait_for(state="detached")
    desk.locator("#moderate li", has_text="Idea number 2").get_by_role("button", name="Put it back").click()
    phones[0].get_by_text("Idea number 2").wait_for()


def test_under_another_key_a_phone_keeps_its_draft_and_writes_on(phones, desk):
    press(desk, "Open a pot")
    old = phones[0].locator("note-pot").get_attribute("action")
    phones[0].get_by_label("Your note").fill("Half a thought")
    desk.get_by_text("Somebody floods it?").click()
    press(desk, "Another key")
    phones[0].locator(f"note-pot:not([action='{old}'])").wait_for()
    assert phones[0].get_by_label("Your note").input_value() == "Half a thought"
    phones[0].reload()
    assert phones[0].get_by_label("Your note").input_value() == "Half a thought"
    phones[0].get_by_role("button", name="Put it in the pot").click()
    phones[0].get_by_text("It is in the pot.").wait_for()


def test_the_goodbye_shows_what_was_poured_and_what_a_phone_did_not_hand_in(phones, desk):
    press(desk, "Open a pot")
    for phone in phones[:3]:
        phone.get_by_label("Your note").fill("Done")
        phone.get_by_role("button", name="Put it in the pot").click()
        phone.get_by_text("It is in the pot.").wait_for()
    phones[4].get_by_label("Your note").fill("I was about to say")
    desk.get_by_text("We are done").click()
    press(desk, "Close the room")
    phones[4].get_by_role("heading", name="Thank you for today.").wait_for()
    assert phones[4].locator(".note-card").count() == 3
    assert phones[4].locator("blockquote").inner_text() == "I was about to say"

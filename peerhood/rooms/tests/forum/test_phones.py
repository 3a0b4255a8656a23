"""A phone in a real browser, in an item that is agenda only."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.processes]

# The hidden clock is told that so many seconds are left, and how it says so is heard.
TELL = """left => {
  const clock = document.querySelector("#ending round-timer"), heard = []
  const voice = document.querySelector("#ending [data-voice]")
  new MutationObserver(() => heard.push(voice.textContent)).observe(voice, { childList: true })
  globalThis.heard = heard
  clock.setAttribute("server-now", new Date(Date.parse(clock.getAttribute("ends-at")) - left * 1000).toISOString())
}"""


@pytest.fixture
def phone(server, browser):
    staged = server.stage("set", "agenda-only")
    context = browser.new_context(viewport={"width": 390, "height": 700}, base_url=server.url, locale="en")
    context.set_default_timeout(90_000)
    page = context.new_page()
    page.goto(f"/r/{staged['code']}/")
    yield page
    context.close()


def test_a_phone_acknowledges_is_told_two_minutes_before_the_end_and_objects_with_two_taps(phone):
    phone.get_by_role("heading", name="Before we begin").wait_for()
    assert phone.get_by_role("timer").count() == 0
    phone.get_by_role("button", name="I have read this and keep to it").click()
    phone.get_by_role("heading", name="Coffee").wait_for()

    warning = phone.locator("#ending .warning")
    assert not warning.is_visible()
    phone.evaluate(TELL, 122)
    warning.wait_for()
    phone.wait_for_function("heard.includes('Two minutes left. Then we stop.')")
    phone.evaluate(TELL, 2)
    phone.locator("#ending .at-the-end").wait_for()
    assert not warning.is_visible()

    stop = phone.get_by_role("button", name="Stop this topic")
    assert not stop.is_visible()
    phone.get_by_text("I object to this topic").click()
    stop.click()
    phone.get_by_text("An objection was made. We leave this topic.").wait_for()
    assert stop.count() == 0

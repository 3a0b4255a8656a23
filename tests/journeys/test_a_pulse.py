"""Who else has this problem? Answered on a phone: a ticket with the cookie, the answer without, and a device that remembers."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
ASKED = "Ingen läser min statusrapport"


def opens_it(member):
    member.goes_to("/stories/threads/mellan-norrkoping/")
    member.page.get_by_role("link", name=ASKED).click()
    expect(member.page.locator("vote-pot form")).to_be_visible()


def answers(member, words):
    member.page.get_by_label(words).check()
    member.page.get_by_role("button", name="Hand it in").click()


def test_an_answer_goes_in_without_a_name_and_once(somebody):
    phone = somebody("en", width=390, height=844)
    phone.comes_in_as("Inga Hagelro")
    opens_it(phone)
    with phone.page.expect_request("**/pot/**", timeout=30_000) as handed_in:
        answers(phone, "I have it, too")
    told = handed_in.value.all_headers()
    assert {name for name in ("cookie", "referer", "authorization") if name in told} == set()
    assert len(handed_in.value.post_data_buffer) == 2048
    phone.sees("Your answer is in.")
    phone.page.reload()
    phone.sees("Your answer is in.")

    laptop = somebody("en")
    laptop.comes_in_as("Inga Hagelro")
    opens_it(laptop)
    answers(laptop, "Not me")
    laptop.sees("A ticket was drawn for you before")


def test_whoever_asked_reads_how_many_are_asked_and_nothing_else(somebody):
    asker = somebody("en")
    asker.comes_in_as("Maja Ekvret")
    asker.goes_to("/stories/threads/mellan-norrkoping/")
    asker.page.get_by_role("link", name=ASKED).click()
    asker.sees("members are asked.")
    expect(asker.page.locator("vote-pot")).to_have_count(0)

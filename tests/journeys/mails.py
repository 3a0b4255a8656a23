"""What people of a journey read in their mail: the demo shows every mail it wrote."""

import re

from playwright.sync_api import expect

from tests.journeys.test_first_timer import code_mailed_to

PAGES = 4


def comes_in_by_code(somebody, person, address: str) -> None:
    """From the page that asks for an address to the one behind it."""
    page = person.page
    page.locator("main input[type=email]").first.fill(address)
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile("/sign-in/code/"))
    page.locator("input[name=code]").fill(code_mailed_to(somebody, address))
    page.locator("main form button").first.click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    page.wait_for_load_state()


def mail_to(somebody, address: str, subject: str) -> str:
    """The newest mail to this address under this subject, as text; it may take a moment to be written."""
    reader = somebody("en")
    mail = reader.page.locator("main li", has_text=address).filter(has_text=subject)
    for _try in range(40):
        reader.goes_to("/mail/")
        if mail.count():
            break
        reader.page.wait_for_timeout(500)
    mail.first.get_by_role("link").click()
    expect(reader.page.locator("h1")).to_contain_text(subject)
    return reader.page.locator(".mail-text").inner_text()


def subjects_to(somebody, address: str) -> list[str]:
    """The subjects of all mails to this address."""
    reader = somebody("en")
    subjects: dict[str, str] = {}
    for number in range(1, PAGES + 1):
        reader.goes_to(f"/mail/?page={number}")
        for link in reader.page.locator("main li", has_text=address).get_by_role("link").all():
            subjects[link.get_attribute("href")] = link.inner_text()
    return list(subjects.values())

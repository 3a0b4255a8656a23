"""Somebody with a browser of their own."""

import re
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Page, expect

expect.set_options(timeout=15_000)
LOCALES = {"en": "en-GB", "sv": "sv-SE"}


@dataclass
class Somebody:
    """One person at one device: a browser context, so cookies and storage of their own."""

    context: BrowserContext
    page: Page
    url: str
    language: str

    def goes_to(self, path: str) -> None:
        response = self.page.goto(self.url + path)
        assert response.status < 400, (path, response.status)

    def comes_in_as(self, name: str) -> None:
        """The demo's door: one button for each person of the cast."""
        self.goes_to("/demo/")
        self.page.locator("li.person", has_text=name).get_by_role("button").click()
        self.page.wait_for_load_state()
        # On this device, speak the language of this run, whatever the person's own is.
        self.context.add_cookies([{"name": "language", "value": self.language, "url": self.url}])

    def presses(self, action: str, within: str = "") -> None:
        """The button of the form that goes to a path ending so."""
        button = self.page.locator(f"{within} form[action$='{action}']").first.locator("button").first
        with self.page.expect_response(lambda answer: answer.request.method == "POST"):
            button.click()
        self.page.wait_for_load_state()

    def sees(self, words: str | re.Pattern) -> None:
        expect(self.page.locator("main")).to_contain_text(words)

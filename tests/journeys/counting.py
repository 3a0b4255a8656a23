"""Counting what somebody does at a page: clicks and fields, and what they are worth in minutes."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Locator, Page, expect

# An estimate in the manner of the keystroke-level model (Card, Moran and Newell): to find a thing and press
# it, 1.5 s; to think of an answer and type it, 8 s; to read a new page through, 3 s. No clock is read.
SECONDS_A_CLICK, SECONDS_A_FIELD, SECONDS_A_PAGE = 1.5, 8.0, 3.0


@dataclass
class Host:
    """Somebody at their phone. Every press, field and page is counted, under the step it belongs to."""

    context: BrowserContext
    page: Page
    url: str
    person: object = None
    step: str = ""
    clicks: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    fields: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    pages: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def signs_in(self) -> None:
        """Signed in beforehand; after some weeks again, since a session does not last a quarter."""
        if self.person is None:
            return
        client = Client()
        client.force_login(self.person)
        name = settings.SESSION_COOKIE_NAME
        self.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.url}])

    def opens(self, address: str) -> None:
        """From a bookmark or a mail: one press."""
        self.clicks[self.step] += 1
        self.pages[self.step] += 1
        response = self.page.goto(address if address.startswith("http") else self.url + address)
        assert response.status < 400, (address, response.status)

    def presses(self, what: Locator) -> None:
        """A link or a button, and the page behind it."""
        self.clicks[self.step] += 1
        self.pages[self.step] += 1
        what.click()
        self.page.wait_for_load_state()

    def ticks(self, what: Locator) -> None:
        self.clicks[self.step] += 1
        what.check()

    def fills(self, what: Locator, words: str) -> None:
        self.fields[self.step] += 1
        what.fill(words)

    def link(self, name: str, within: str = "main") -> Locator:
        return self.page.locator(within).get_by_role("link", name=name).first

    def button(self, name: str, within: str = "main") -> Locator:
        return self.page.locator(within).get_by_role("button", name=name).first

    def sees(self, words: str) -> None:
        expect(self.page.locator("body")).to_contain_text(words)

    def does_not_see(self, words: str) -> None:
        expect(self.page.locator("body")).not_to_contain_text(words)

    def minutes(self) -> float:
        seconds = (
            SECONDS_A_CLICK * sum(self.clicks.values())
            + SECONDS_A_FIELD * sum(self.fields.values())
            + SECONDS_A_PAGE * sum(self.pages.values())
        )
        return seconds / 60

    def table(self) -> str:
        """One line a step, and what it comes to."""
        lines = [f"{'step':<14}{'clicks':>7}{'fields':>7}{'pages':>7}"]
        for step in self.clicks:
            lines.append(f"{step:<14}{self.clicks[step]:>7}{self.fields[step]:>7}{self.pages[step]:>7}")
        totals = (sum(each.values()) for each in (self.clicks, self.fields, self.pages))
        lines.append("{:<14}{:>7}{:>7}{:>7}".format("all", *totals))
        lines.append(
            f"{self.minutes():.1f} minutes at {SECONDS_A_CLICK} s a click, {SECONDS_A_FIELD} s a field "
            f"and {SECONDS_A_PAGE} s a page"
        )
        return "\n".join(lines)

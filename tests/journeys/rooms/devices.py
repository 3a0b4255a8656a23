"""What people hold in a room: phones that are tapped, and a desk that is run without a mouse."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.journeys.rooms.faces import Face, reads

# More than any page of a room has to tab through.
MOST_TABS = 200
# Whether the control that has the focus shows it, or the label around it does.
IS_SEEN = """it => it.matches(":focus-visible")
  && [it, it.closest("label") ?? it].some(each => getComputedStyle(each).outlineStyle !== "none")"""

# Nothing has changed since what the page shows: a press on it is not a stale one.
SHOWS_THE_ROOM_AS_IT_IS = """async () => {
  const room = document.querySelector("live-room")
  return (await fetch(`${room.getAttribute("src")}?since=${room.version}`)).status === 204
}"""


@dataclass
class Phone:
    """Somebody's phone in the room."""

    page: Page
    face: Face

    def comes_in(self, code: str) -> None:
        """By the code that hangs on the wall."""
        self.page.goto("/r/")
        self.writes("Code", code.lower())
        self.taps("Come in")
        self.page.wait_for_url(f"**/r/{code}/")

    def hands_in(self, text: str) -> None:
        self.writes("Your note", text)
        self.taps("Put it in the pot")
        self.sees("It is in the pot.")

    def gives_dots(self, note: str, count: int) -> None:
        for _ in range(count):
            self.does(self.stepper(note, "One more dot for"))

    def stepper(self, note: str, words: str) -> Locator:
        return self.page.get_by_role("button", name=f"{self.face.says(words)} {note}", exact=True)

    def shows_thumb(self, words: str) -> None:
        self.does(self.page.get_by_role("radio", name=self.face.says(words), exact=True), "Space")

    def taps(self, words: str) -> None:
        self.does(self.page.get_by_role("button", name=self.face.says(words), exact=True))

    def writes(self, label: str, text: str) -> None:
        self.page.get_by_label(self.face.says(label), exact=True).fill(text)

    def does(self, control: Locator, key: str = "Enter") -> None:
        """A tap; where there is a keyboard, this key."""
        control.click()

    def sees(self, words: str) -> None:
        expect(self.page.get_by_text(self.face.says(words)).filter(visible=True).first).to_be_visible()

    def reads(self, title: str) -> None:
        reads(self.page, title)


@dataclass
class Desk:
    """Whoever leads, with the keyboard alone: Tab to a control, Enter on it, and letters."""

    page: Page
    face: Face

    def opens_the_room(self, gathering: int) -> str:
        """Open and start it; the code that phones come in by."""
        self.page.goto(f"/gatherings/{gathering}/room/")
        self.presses("Open the room")
        code = self.page.locator("#day .code")
        expect(code).to_be_visible()
        return code.inner_text()

    def opens_beside(self, words: str) -> Page:
        """Follow a link of the desk into a window of its own."""
        self.reaches(self.page.get_by_role("link", name=self.face.says(words)))
        with self.page.expect_popup() as opened:
            self.page.keyboard.press("Enter")
        opened.value.wait_for_load_state()
        return opened.value

    def follows(self, words: str) -> None:
        self.reaches(self.page.get_by_role("link", name=self.face.says(words), exact=True))
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def presses(self, words: str, **facts: object) -> None:
        """The button that says so."""
        self.presses_it(self.button(words, **facts))

    def presses_it(self, button: Locator) -> None:
        """What it does has been answered when this returns. Nobody presses what the room has left behind already."""
        if self.page.locator("live-room").count():
            self.page.wait_for_function(SHOWS_THE_ROOM_AS_IT_IS)
        self.reaches(button)
        with self.page.expect_response(lambda answer: answer.request.method == "POST") as answered:
            self.page.keyboard.press("Enter")
        assert answered.value.status < 400, (button, answered.value.status)

    def button(self, words: str, **facts: object) -> Locator:
        return self.page.get_by_role("button", name=self.face.says(words, **facts), exact=True)

    def goes_on_to(self, title: str, words: str = "Next: %(title)s") -> None:
        self.presses(words, title=title)
        reads(self.page, title)

    def pours(self, first: str = "Pour it out", at_once: str = "Pour it out now") -> None:
        """End what is open, and do not wait for those who have put the pen down."""
        self.presses(first)
        self.presses(at_once)

    def counts(self) -> None:
        self.pours("Close the vote", "Count it now")

    def reaches(self, control: Locator) -> None:
        tab_to(self.page, control)


class PhoneAtTheDesk(Phone):
    """What a phone sees, in a window of whoever leads: the same, by the keyboard."""

    def does(self, control: Locator, key: str = "Enter") -> None:
        tab_to(self.page, control)
        self.page.keyboard.press(key)

    def writes(self, label: str, text: str) -> None:
        tab_to(self.page, self.page.get_by_label(self.face.says(label), exact=True))
        self.page.keyboard.type(text)


def tab_to(page: Page, control: Locator) -> None:
    """Reach it as somebody does who has no mouse; there it can be seen where one is."""
    expect(control).to_be_visible()
    page.bring_to_front()
    for _ in range(MOST_TABS):
        if control.evaluate("it => it === document.activeElement"):
            assert control.evaluate(IS_SEEN), f"the focus is not seen on {control}"
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{control} is not reached by Tab")

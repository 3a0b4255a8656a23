"""What only a browser can show: nothing overflows, nothing hides the focus, and the behaviours behave."""

import pytest

axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()

pytestmark = pytest.mark.browser

PAGES = ["/design/", "/design/gathering/", "/design/room/", "/design/projector/"]
AS_SEEN = [(page, width) for page in PAGES[:2] for width in (390, 1280)] + [(PAGES[2], 390), (PAGES[3], 1280)]
MAIN_TARGETS = "button, .button, select, textarea, summary, .tab-bar a, .nav a, .choices label, .cluster > a"


@pytest.mark.parametrize(("address", "width"), AS_SEEN)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(opened, address, width, scheme):
    page = opened(address, width, color_scheme=scheme)
    assert [(v["id"], v["nodes"][0]["html"]) for v in axe.run(page).response["violations"]] == []


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("locale", ["en", "sv"])
def test_nothing_scrolls_sideways_at_320_pixels(opened, address, locale):
    page = opened(address, 320, 640, locale=locale)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_nothing_scrolls_sideways_with_letters_twice_as_large_and_wide_apart(opened):
    page = opened("/design/gathering/", 640)
    page.evaluate(
        """() => { const sheet = new CSSStyleSheet()
        sheet.replaceSync(':root { font-size: 200% } * { line-height: 1.5 !important; ' +
          'letter-spacing: .12em !important; word-spacing: .16em !important }')
        document.adoptedStyleSheets = [sheet] }"""
    )
    assert page.evaluate("document.documentElement.scrollWidth") == 640


def test_main_targets_are_44_pixels_high(opened):
    page = opened("/design/", 390)
    small = page.evaluate(
        """targets => [...document.querySelectorAll(targets)].filter(e => e.checkVisibility())
        .map(e => [e.outerHTML.slice(0, 60), e.getBoundingClientRect().height]).filter(([, high]) => high < 44)""",
        MAIN_TARGETS,
    )
    assert small == []


def test_the_bar_at_the_bottom_never_covers_what_holds_the_focus(opened):
    page = opened("/design/", 390)
    covered, reached = [], 0
    while reached < 200:
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => { const e = document.activeElement, dock = document.querySelector('.dock')
            if (e === document.body) return 'end'
            const box = e.getBoundingClientRect(), bar = dock.getBoundingClientRect()
            return dock.contains(e) || box.bottom <= bar.top + 1 ? 'seen' : e.outerHTML.slice(0, 80) }"""
        )
        if seen == "end":
            break
        reached += 1
        covered += [seen] if seen != "seen" else []
    assert covered == []
    assert reached > 40


def test_reduced_motion_leaves_nothing_moving(opened):
    assert opened("/design/").evaluate("document.getAnimations().length") == 0


def test_on_paper_there_are_no_bars_and_no_buttons(opened):
    page = opened("/design/gathering/", color_scheme="dark")
    page.emulate_media(media="print")
    assert (
        page.evaluate(
            "[...document.querySelectorAll('.top-bar, .dock, .footer, .button')].filter(e => e.checkVisibility()).length"
        )
        == 0
    )
    assert (
        page.evaluate("getComputedStyle(document.body.parentElement).backgroundColor") == "rgb(255, 255, 255)"
    )


def test_a_toast_is_put_away_without_javascript(opened):
    page = opened("/design/", java_script_enabled=False)
    toast = page.locator("dialog.toast")
    assert toast.is_visible() is True
    toast.get_by_role("button").click()
    assert toast.is_visible() is False


@pytest.mark.parametrize("minutes_wrong", [0, -7, 90])
def test_the_clock_is_the_servers_whatever_the_device_thinks(opened, minutes_wrong):
    page = opened("/design/room/")
    page.evaluate(
        """minutes => { const real = Date.now.bind(Date); Date.now = () => real() + minutes * 60000
        const now = new Date(real()), later = new Date(real() + 100000)
        const clock = document.querySelector('round-timer')
        clock.setAttribute('server-now', now.toISOString()); clock.setAttribute('ends-at', later.toISOString()) }""",
        minutes_wrong,
    )
    assert page.get_by_role("timer").get_attribute("aria-label") in {"1:40", "1:39"}


def test_the_clock_counts_down_and_speaks_five_times(opened):
    page = opened("/design/room/")
    heard = page.evaluate(
        """() => { const clock = document.querySelector('round-timer'), heard = []
        let now = Date.parse('2027-01-21T14:00:00Z'); Date.now = () => now
        clock.setAttribute('total', 180); clock.setAttribute('server-now', new Date(now).toISOString())
        clock.setAttribute('ends-at', new Date(now + 180000).toISOString())
        for (let second = 0; second <= 181; second++) {
          clock.tick(); const said = clock.voice.textContent
          if (said !== heard.at(-1)?.[1]) heard.push([clock.ariaLabel, said])
          now += 1000 }
        return heard }"""
    )
    assert heard == [
        ["3:00", "The round has begun."],
        ["1:30", "Half of the time is left."],
        ["1:00", "One minute left."],
        ["0:10", "Ten seconds left."],
        ["0:00", "Time is up. What you wrote is kept."],
    ]
    assert page.locator("[data-voice]").count() == 1


def test_a_paused_clock_stands_still(opened):
    page = opened("/design/")
    assert page.get_by_role("timer").nth(1).get_attribute("aria-label") == "1:35"


def test_no_more_dots_are_given_than_there_are(opened):
    page = opened("/design/")
    more = page.get_by_role("button", name="One more dot for The value of the office")
    more.click()
    assert page.locator("dot-stepper output").inner_text() == "3 of 3 used"
    more.click(force=True)
    assert page.locator("[name=dots-2]").input_value() == "1"
    page.get_by_role("button", name="One dot less for Being alone in the job").click()
    assert page.locator("dot-stepper output").inner_text() == "2 of 3 used"


def test_without_javascript_dots_are_number_fields(opened):
    page = opened("/design/", java_script_enabled=False)
    assert page.get_by_role("spinbutton", name="Being alone in the job").input_value() == "2"


def test_a_dangerous_form_asks_first(opened):
    page = opened("/design/")
    button = page.get_by_role("button", name="Ask first, then cancel")
    button.click()
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog", name="Cancel the gathering? 14 people will be told.").count() == 0
    assert page.evaluate("document.activeElement.textContent") == "Ask first, then cancel"
    button.click()
    page.get_by_role("button", name="Keep it").click()
    assert page.url.endswith("/design/")
    button.click()
    page.get_by_role("button", name="Cancel it").click()
    page.wait_for_url("**/design/?")


def test_a_file_dropped_on_the_panel_is_the_chosen_one(opened):
    page = opened("/design/")
    chosen = page.evaluate(
        """() => { const data = new DataTransfer(); data.items.add(new File(['Name'], 'members.csv'))
        document.querySelector('file-drop .drop').dispatchEvent(
          new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }))
        return document.querySelector('file-drop input').files[0].name }"""
    )
    assert chosen == "members.csv"


def test_the_room_left_is_counted(opened):
    page = opened("/design/")
    page.locator("#id_note").fill("x" * 290)
    assert page.locator("character-count[for=id_note]").inner_text() == "10 characters left"

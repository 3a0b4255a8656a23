"""Once around the loop: from a list of members to the next gathering, which stands there as a draft.

Three browsers: the organiser's laptop, a member's phone, the projector. Everything
goes through the pages, in English and in Swedish.
"""

import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

SAMPLE = Path(__file__).resolve().parents[2] / "docs" / "samples" / "members.csv"
# As a Swedish Excel saves it.
SWEDISH = """namn;e-post;roll;status;medlem sedan;arbetsgivare;ort
Inga Hagelro;inga.hagelro@example.org;medlem;aktiv;2024-02-15;Statens kartnämnd;Norrköping
Signhild Öhrnmark;signhild.ohrnmark@example.org;medlem;aktiv;2021-03-04;Öhrnmark Kraft;Örebro
"""
# A list for each run, with somebody on it whom no other run writes: both share one network.
LISTS = {
    "en": ("members.csv", SAMPLE.read_bytes(), "Tyra Älgrås"),
    "sv": ("medlemmar.csv", SWEDISH.encode("cp1252"), "Signhild Öhrnmark"),
}
SLUG = "mellan-norrkoping"
WALK_INS = {
    "en": ["Ulla Udde", "Tage Torn", "Vera Vik", "Sixten Sund"],
    "sv": ["Alma Alskog", "Bror Brink", "Cilla Corell", "Disa Dalen"],
}


@pytest.mark.parametrize("language", ["en", "sv"])
def test_once_around_the_loop(somebody, language):
    organiser = somebody(language)
    member = somebody(language, width=390, height=844)
    projector = somebody(language, width=1456, height=819)

    organiser.comes_in_as("Maja Ekvret")
    import_members(organiser, *LISTS[language])
    gathering = draft_with_mixing(organiser)
    publish(organiser, gathering)

    member.comes_in_as("Inga Hagelro")
    member.goes_to(gathering)
    member.presses("/rsvp/", within=".bar")
    expect(member.page.locator("form[action$='/rsvp/withdraw/']").first).to_be_attached()

    people_arrive(organiser, gathering, WALK_INS[language])
    mix_tables(organiser, gathering)
    code = open_room(organiser, gathering)

    projector.goes_to(f"/r/{code}/screen/")
    expect(projector.page.locator("#way-in")).to_contain_text(code)
    member.goes_to("/r/")
    member.page.locator("input[name=code]").fill(code.lower())
    member.page.locator("main form button").click()
    expect(member.page.locator("h1")).to_be_visible()

    run_to_the_tables(organiser, member, projector, gathering)
    choose_next_theme(organiser, member, projector, gathering)
    publish_the_next(organiser)


def import_members(organiser, file_name: str, content: bytes, somebody_new: str) -> None:
    """Read the list in, and then once more: the second time there is nothing left to write."""
    member = organiser.page.locator("main").get_by_role("link", name=somebody_new)
    confirmation = organiser.page.locator("form[action$='/confirm/']")
    organiser.goes_to(f"/circles/{SLUG}/members/?q={somebody_new}")
    expect(member).to_have_count(0)
    read_list(organiser, file_name, content)
    organiser.presses("/confirm/")
    expect(organiser.page.locator("main a[href$='/members/']").last).to_be_visible(timeout=60_000)
    organiser.goes_to(f"/circles/{SLUG}/members/?q={somebody_new}")
    expect(member).to_have_count(1)
    read_list(organiser, file_name, content)
    expect(confirmation).to_have_count(0)


def read_list(organiser, file_name: str, content: bytes) -> None:
    organiser.goes_to(f"/circles/{SLUG}/members/import/")
    file = {"name": file_name, "mimeType": "text/csv", "buffer": content}
    organiser.page.locator("input[type=file]").set_input_files(file)
    organiser.page.locator("main form[enctype] button").last.click()
    organiser.page.wait_for_url(re.compile(r"/import/\d+/$"))


def draft_with_mixing(organiser) -> str:
    """Draft the next of the series, move it to today, and let people sit at tables."""
    page = organiser.page
    organiser.goes_to(f"/gatherings/new/{SLUG}/")
    page.locator("main form button[name=series]").first.click()
    page.wait_for_url(re.compile(r"/gatherings/\d+/"))
    pk = re.search(r"/gatherings/(\d+)/", page.url).group(1)
    organiser.goes_to(f"/gatherings/{pk}/edit/")
    # An hour from now, so that the answers are still open; the day changes nothing else.
    begins = datetime.now(ZoneInfo("Europe/Stockholm")) + timedelta(hours=1)
    page.locator("[name=purpose]").fill("So that nobody works on it alone.")
    page.locator("[name=starts_at]").fill(begins.strftime("%Y-%m-%dT%H:%M"))
    page.locator("select[name$='-kind']").nth(1).select_option("mixing")
    page.locator("main form button[name=publish]").locator("xpath=following-sibling::button").first.click()
    page.wait_for_load_state()
    return f"/gatherings/{pk}/"


def publish(organiser, gathering: str) -> None:
    organiser.goes_to(gathering)
    if (purpose := organiser.page.locator("#purpose")).count():
        purpose.fill("So that nobody works on it alone.")
    anyway = organiser.page.locator("form[action$='/publication/'] input[type=checkbox]")
    if anyway.count():
        anyway.first.check()
    organiser.presses("/publication/")
    expect(organiser.page.locator("form[action$='/publication/']")).to_have_count(0)


def people_arrive(organiser, gathering: str, walk_ins: list[str]) -> None:
    """At the door: who answered is checked in with one tap, who did not with two fields."""
    page = organiser.page
    organiser.goes_to(f"{gathering}door/")
    page.locator("#door-list form[action*='/door/'] button").first.click()
    expect(page.locator("#door-list form[action$='/undo/']")).to_have_count(1)
    for count, name in enumerate(walk_ins, 2):
        page.locator("form[action$='/walk-in/'] input[name=name]").fill(name)
        organiser.presses("/door/walk-in/")
        expect(page.locator("#door-list form[action$='/undo/']")).to_have_count(count)


def mix_tables(organiser, gathering: str) -> None:
    page = organiser.page
    organiser.goes_to(f"{gathering}tables/")
    page.locator("[name=table_size]").fill("2")
    page.locator("[name=rounds_count]").fill("2")
    organiser.presses("/tables/mix/")
    expect(page.locator(".table-card")).to_have_count(4)
    # A pin, let go again, and a swap of two people in the second round.
    organiser.presses("/pin/", within="#round-2")
    expect(page.locator("#round-2 form[action$='/pin/withdraw/']")).to_have_count(1)
    organiser.presses("/pin/withdraw/", within="#round-2")
    leaves = page.locator("#round-2 .table-card").first.locator(".who").first.inner_text()
    page.locator("#round-2 .table-card").first.locator("a[href*='swap=']").first.click()
    organiser.presses("/swap/", within="#round-2")
    expect(page.locator("#round-2 .table-card").nth(1)).to_contain_text(leaves)


def press(organiser, action: str) -> None:
    """A button of the run screen; it is good for one press, so wait until the screen has followed."""
    version = organiser.page.locator("input[name=version]").first
    before = version.input_value()
    organiser.presses(action)
    expect(version).not_to_have_value(before)


def open_room(organiser, gathering: str) -> str:
    organiser.goes_to(f"{gathering}room/")
    organiser.presses("/room/open/")
    return organiser.page.locator(".code").first.inner_text().strip()


def run_to_the_tables(organiser, member, projector, gathering: str) -> None:
    """Start; a minute more, taken back; pause and go on; then tables on every screen."""
    page = organiser.page
    before = page.locator("#what h1").inner_text()
    press(organiser, "/room/start/")
    expect(page.locator("#what h1")).not_to_have_text(before)
    first = page.locator("#what h1").inner_text()
    expect(member.page.locator("#what h1")).to_have_text(first)
    expect(projector.page.locator("h1")).to_have_text(first)
    press(organiser, "/room/minute/")
    press(organiser, "/room/undo/")
    press(organiser, "/room/pause/")
    expect(projector.page.locator("round-timer[paused]")).to_have_count(1)
    press(organiser, "/room/resume/")
    expect(projector.page.locator("round-timer[paused]")).to_have_count(0)
    press(organiser, "/room/next/")
    expect(page.locator("#what h1")).not_to_have_text(first)
    press(organiser, "/room/round/show/")
    expect(member.page.locator(".seat")).to_contain_text(re.compile(r"(Table|Bord) \d"))
    expect(projector.page.locator("#now")).to_contain_text("Inga")
    # A phone that slept through it all shows the right step when it wakes.
    member.page.reload()
    expect(member.page.locator(".seat")).to_contain_text(re.compile(r"(Table|Bord) \d"))


def choose_next_theme(organiser, member, projector, gathering: str) -> None:
    page = organiser.page
    for _item in range(8):
        if page.locator("form[action$='/room/ballot/close/']").count():
            break
        item = page.locator("#what h1").inner_text()
        press(organiser, "/room/next/")
        expect(page.locator("#what h1")).not_to_have_text(item)
    voting = member.page.locator("form[action$='/vote/']")
    expect(voting).to_be_visible()
    voting.locator("label", has=member.page.locator("input[type=checkbox]")).first.click()
    chosen = voting.locator("label span").first.inner_text().splitlines()[0]
    voting.locator("button").last.click()
    expect(member.page.locator("form[action$='/vote/'] [role=status]")).to_be_visible()
    expect(projector.page.locator("#vote")).to_be_visible()
    press(organiser, "/room/ballot/close/")
    for screen in (organiser, member, projector):
        expect(screen.page.locator(".ballot-result .lead")).to_contain_text(chosen)
        expect(screen.page.locator(".ballot-result tr[data-winner] meter")).to_have_count(1)


def publish_the_next(organiser) -> None:
    """The winner stands on the draft of the next gathering, one click from being published."""
    page = organiser.page
    winner = page.locator(".ballot-result tr[data-winner] th span").first.inner_text()
    page.locator(".ballot-result a[href$='/edit/']").click()
    page.wait_for_url(re.compile(r"/gatherings/\d+/edit/"))
    expect(page.locator("[name=title]")).to_have_value(winner)
    next_gathering = re.search(r"/gatherings/\d+/", page.url).group()
    publish(organiser, next_gathering)
    expect(page.locator("h1")).to_have_text(winner)

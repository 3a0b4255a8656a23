"""Once around the loop in browsers that run no JavaScript: what an organiser and a member do, they can do.

Only what happens by itself is missing: a page is as old as its last load. A locked-down laptop
and a phone in a cellar, in Swedish.
"""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

SLUG = "mellan-norrkoping"
THEME = "Vad vi gör när ingen skärm hjälper oss"
GUESTS = ["Alva Utanskript", "Bo Utanskript", "Cleo Utanskript"]
PROBE = "<p id=probe>off</p><script>document.querySelector('#probe').textContent = 'on'</script>"


@pytest.fixture
def organiser(somebody):
    maja = somebody("sv", scripts=False)
    maja.comes_in_as("Maja Ekvret")
    return maja


@pytest.fixture
def member(somebody):
    inga = somebody("sv", width=390, height=844, scripts=False)
    inga.comes_in_as("Inga Hagelro")
    return inga


def test_the_loop_goes_around_without_javascript(organiser, member):
    propose_and_support(organiser, member)
    gathering = draft_from_a_template(organiser)
    edit_the_agenda(organiser, gathering)
    publish(organiser)

    answer_and_take_it_back(member, gathering)
    check_in_and_undo(organiser, gathering)
    mix_and_publish_a_round(organiser, gathering)

    code = open_the_room(organiser, gathering)
    join(member, code)
    go_on_to_the_tables(organiser, member)
    winner = vote_and_close(organiser, member)
    find_the_next_draft(organiser, winner)
    say_whom_they_met(member, gathering)


@pytest.mark.parametrize(("scripts", "found"), [(False, "off"), (True, "on")])
def test_control_a_browser_runs_scripts_only_when_told_to(somebody, scripts, found):
    page = somebody("sv", scripts=scripts).page
    page.set_content(PROBE)
    expect(page.locator("#probe")).to_have_text(found)


def propose_and_support(organiser, member) -> None:
    """A theme is proposed by one, wanted by another, given up, and wanted again."""
    page = organiser.page
    organiser.goes_to(f"/circles/{SLUG}/themes/")
    page.locator("[name=title]").fill(THEME)
    organiser.presses("/themes/propose/")
    expect(page.locator("h1")).to_have_text(THEME)

    member.goes_to(page.url.removeprefix(organiser.url))
    member.sees("1 vill")
    member.presses("/support/")
    member.sees("2 vill")
    member.presses("/support/withdraw/")
    member.sees("1 vill")
    member.presses("/support/")
    member.sees("2 vill")


def draft_from_a_template(organiser) -> str:
    page = organiser.page
    organiser.goes_to(f"/gatherings/new/{SLUG}/")
    page.locator("a[href$='/norrkoping-afternoon/']").click()
    page.locator("[name=place_name]").fill("Biblioteket")
    page.locator("main form button").click()
    page.wait_for_url(re.compile(r"/gatherings/\d+/edit/"))
    return re.search(r"/gatherings/\d+/", page.url).group()


def edit_the_agenda(organiser, gathering: str) -> None:
    """Add a line, move it up, remove another: each a page of its own, and what was typed stays."""
    page = organiser.page
    titles = page.locator("[name$='-title']")
    before = titles.count()
    # An hour from now, so that answers are open; the day changes nothing else.
    begins = datetime.now(ZoneInfo("Europe/Stockholm")) + timedelta(hours=1)
    page.locator("[name=purpose]").fill("Så att ingen arbetar ensam.")
    page.locator("[name=starts_at]").fill(begins.strftime("%Y-%m-%dT%H:%M"))
    page.locator("select[name$='-kind']").nth(1).select_option("mixing")
    page.locator("button[name=change][value=add]").click()
    expect(titles).to_have_count(before + 1)
    titles.last.fill("Tack för i dag")
    page.locator(f"button[name=change][value=up-{before}]").click()
    expect(titles.nth(before - 1)).to_have_value("Tack för i dag")
    page.locator(f"button[name=change][value=remove-{before - 1}]").click()
    expect(titles).to_have_count(before)
    expect(page.locator("select[name$='-kind']").nth(1)).to_have_value("mixing")
    page.locator("main form button[name=publish]").locator("xpath=following-sibling::button").first.click()
    page.wait_for_url(re.compile(rf"{gathering}$"))


def publish(organiser) -> None:
    organiser.presses("/publication/")
    expect(organiser.page.locator("form[action$='/publication/']")).to_have_count(0)


def answer_and_take_it_back(member, gathering: str) -> None:
    member.goes_to(gathering)
    member.presses("/rsvp/", within=".bar")
    member.sees("Du har en plats.")
    member.presses("/rsvp/withdraw/", within=".bar")
    member.sees("Du sa att du inte kan komma.")
    member.presses("/rsvp/", within="#answer")
    member.sees("Du har en plats.")


def check_in_and_undo(organiser, gathering: str) -> None:
    page = organiser.page
    organiser.goes_to(f"{gathering}door/")
    here = page.locator("#door-list form[action$='/undo/']")
    # Where no script looks while somebody types, there is a button.
    page.locator("[name=q]").fill("Hagelro")
    page.locator("form[role=search] button").click()
    expect(page.locator("#door-list li")).to_have_count(1)
    page.locator("#door-list li", has_text="Inga Hagelro").get_by_role("button").click()
    expect(here).to_have_count(1)
    organiser.presses("/undo/", within="#door-list")
    expect(here).to_have_count(0)
    page.locator("#door-list li", has_text="Inga Hagelro").get_by_role("button").click()
    for count, name in enumerate(GUESTS, 2):
        page.locator("form[action$='/walk-in/'] input[name=name]").fill(name)
        organiser.presses("/door/walk-in/")
        expect(here).to_have_count(count)


def mix_and_publish_a_round(organiser, gathering: str) -> None:
    page = organiser.page
    organiser.goes_to(f"{gathering}tables/")
    page.locator("[name=table_size]").fill("2")
    page.locator("[name=rounds_count]").fill("2")
    organiser.presses("/tables/mix/")
    expect(page.locator(".table-card")).to_have_count(4)
    organiser.presses("/rounds/1/publication/")
    expect(page.locator("form[action$='/rounds/1/held/']")).to_have_count(1)


def open_the_room(organiser, gathering: str) -> str:
    organiser.goes_to(f"{gathering}room/")
    organiser.presses("/room/open/")
    expect(organiser.page.locator("noscript a")).to_be_visible()
    return organiser.page.locator(".code").first.inner_text().strip()


def join(member, code: str) -> None:
    member.goes_to("/r/")
    member.page.locator("input[name=code]").fill(code.lower())
    member.page.locator("main form button").click()
    member.sees("Du är inne.")
    expect(member.page.locator("noscript a")).to_be_visible()


def go_on_to_the_tables(organiser, member) -> None:
    """The phone shows where the room is when it is asked to."""
    item = go_on(organiser, "/room/start/")
    look_again(member)
    expect(member.page.locator("#what h1")).to_have_text(item)
    go_on(organiser, "/room/next/")
    look_again(member)
    expect(member.page.locator(".seat")).to_contain_text(re.compile(r"Bord \d"))


def go_on(organiser, action: str) -> str:
    """Press a button of the run screen and wait until another item is on it; its title."""
    title = organiser.page.locator("#what h1")
    before = title.inner_text()
    organiser.presses(action)
    expect(title).not_to_have_text(before)
    return title.inner_text()


def look_again(member) -> None:
    member.page.locator("noscript a").click()
    member.page.wait_for_load_state()


def vote_and_close(organiser, member) -> str:
    page, voting = organiser.page, member.page.locator("form[action$='/vote/']")
    for _item in range(8):
        if page.locator("form[action$='/room/ballot/close/']").count():
            break
        go_on(organiser, "/room/next/")
    look_again(member)
    expect(voting).to_be_visible()
    # Nothing takes the ballot away from somebody who is filling it in.
    expect(member.page.locator("meta[http-equiv=refresh]")).to_have_count(0)
    chosen = voting.locator("label span").last.inner_text().splitlines()[0]
    voting.locator("label").last.click()
    member.presses("/vote/")
    expect(voting.locator("[role=status]")).to_be_visible()
    expect(voting.locator("label").last.locator(":checked")).to_have_count(1)
    organiser.presses("/room/ballot/close/")
    expect(page.locator(".ballot-result tr[data-winner]")).to_contain_text(chosen)
    look_again(member)
    expect(member.page.locator(".ballot-result .lead")).to_contain_text(chosen)
    return chosen


def find_the_next_draft(organiser, winner: str) -> None:
    page = organiser.page
    page.locator(".ballot-result a[href$='/edit/']").click()
    page.wait_for_url(re.compile(r"/gatherings/\d+/edit/"))
    expect(page.locator("[name=title]")).to_have_value(winner)


def say_whom_they_met(member, gathering: str) -> None:
    page = member.page
    member.goes_to("/connections/")
    page.locator(f"main a[href$='/met{gathering.removeprefix('/gatherings')}']").click()
    expect(page.locator("main li.person")).to_have_count(1)
    met = page.locator("main li.person strong").inner_text()
    assert met in GUESTS
    page.locator("main li.person").get_by_role("button").click()
    member.sees("Du har sagt att ni träffades.")
    page.locator("main li.person form[action$='/undo/'] button").click()
    expect(page.locator("main li.person form[action$='/undo/']")).to_have_count(0)

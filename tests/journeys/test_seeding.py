"""Somebody plants a circle: picks people from a list that stays in the browser, and six of them say yes.

What leaves the browser is watched on the wire: nobody who was not ticked is in any request.
"""

import re
import uuid
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote_plus

import pytest
from playwright.sync_api import expect

from tests.conftest import ROOT
from tests.journeys.test_first_timer import code_mailed_to
from tests.pages.accessible import faults

pytestmark = pytest.mark.browser

LIST = ROOT / "docs" / "samples" / "linkedin-connections.csv"
# They have addresses; the third has none.
TICKED = {
    "Ingegerd Äppelrås": "ingegerd.appelras@example.org",
    "Ulrika Fjällrås": "ulrika.fjallras@example.org",
}
WITHOUT_ADDRESS = "Viveka Vassgärde"


def others() -> set[str]:
    """Last names, addresses and profiles of everybody in the list who is not ticked."""
    rows = LIST.read_text(encoding="utf-8").split("\n\n", 1)[1].splitlines()[1:]
    words = set()
    for row in rows:
        first, last, profile, address, *_work = row.split(",")
        if f"{first} {last}" not in TICKED:
            words |= {last, profile.rsplit("/", 1)[-1], *([address] if address else [])}
    return words - {name.split()[-1] for name in TICKED}


def watch(page) -> list[str]:
    """Everything that leaves the page from now on: addresses, bodies, and what a socket would say."""
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
    page.on("websocket", lambda socket: socket.on("framesent", lambda data: sent.append(str(data))))
    return sent


def found_in(sent: list[str], words: set[str]) -> set[str]:
    everything = " ".join(unquote_plus(text) for text in sent).lower()
    return {word for word in words if word.lower() in everything}


def plant(planter, name: str, threshold: int) -> str:
    """Through the three pages; return the link, which is shown once."""
    page = planter.page
    planter.goes_to("/circles/")
    page.locator("main a[href='/circles/seeds/new/']").click()
    page.fill("[name=name]", name)
    page.fill("[name=purpose]", "En sak i taget, och vem som helst får fråga.")
    page.locator("main form .button").first.click()
    page.wait_for_url(re.compile("/rhythm/"))
    page.fill("[name=threshold]", str(threshold))
    page.fill("[name=sprouts_by]", f"{datetime.now(UTC) + timedelta(days=20):%Y-%m-%d}")
    page.locator("main form .button").first.click()
    page.wait_for_url(re.compile("/plan/"))
    page.fill("[name=first]", "Att vara ensam PMO")
    page.locator("main form .button").first.click()
    page.wait_for_url(re.compile(r"/circles/seeds/\d+/$"))
    planter.presses("/plant/")
    return page.locator("#link").input_value()


@pytest.mark.parametrize("width", [1280, 390], ids=["keyboard", "phone"])
def test_nobody_who_is_not_ticked_leaves_the_browser(somebody, width):
    planter = somebody("sv", width=width, height=844)
    planter.comes_in_as("Tova Månskär")
    page = planter.page
    plant(planter, f"Skrivbord {uuid.uuid4().hex[:4]}", 6)
    sent = watch(page)

    page.set_input_files("#contacts", LIST)
    expect(page.locator("#contact-search")).to_be_focused()
    for name in [*TICKED, WITHOUT_ADDRESS]:
        find_and_tick(page, name, by_keyboard=width > 500)
    expect(page.locator("[data-part=ticked]")).to_have_text("3 förkryssade, 2 av dem med adress.")
    profile = page.locator("[data-part=elsewhere] a")
    expect(profile).to_have_attribute("href", "https://www.linkedin.com/in/invented-viveka-vassgarde")
    expect(page.locator("[data-part=mail]")).to_have_attribute(
        "href", re.compile(r"^mailto:\?bcc=ingegerd\.appelras%40example\.org%2Culrika\.fjallras%40")
    )
    page.locator("[data-part=take]").click()
    expect(page.locator("#id_addresses")).to_have_value("\n".join(TICKED.values()))
    planter.presses("/invitations/")
    planter.sees("2 adresser hittills.")
    planter.goes_to("/circles/")

    assert len([text for text in sent if "/invitations/" in text]) == 1
    assert found_in(sent, set(TICKED.values())) == set(TICKED.values())
    assert found_in(sent, others()) == set()
    # Of the ticked, the address leaves, and not the name.
    assert found_in(sent, {"Äppelrås", "Fjällrås"}) == set()
    assert page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])").count("example.org") == 0
    end(planter)


@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_of_a_seed_are_open_to_everybody(somebody, width):
    """axe finds nothing, with the contacts unfolded as well, and nothing scrolls sideways."""
    planter, stranger, invited = (somebody("sv", width=width, height=800) for _device in range(3))
    planter.comes_in_as("Tova Månskär")
    invited.comes_in_as("Ambrose Ploverstow")
    link = re.sub(r"^https?://[^/]+", "", plant(planter, f"Skrivbord {uuid.uuid4().hex[:4]}", 6))
    planter.page.set_input_files("#contacts", LIST)
    find_and_tick(planter.page, "Ulrika Fjällrås", by_keyboard=False)
    find_and_tick(planter.page, WITHOUT_ADDRESS, by_keyboard=False)
    problems = problems_of(planter.page)
    for one in (stranger, invited):
        one.goes_to(link)
        problems += problems_of(one.page)
    stranger.page.goto(f"{stranger.url}/circles/seeds/link/nowhere/")
    problems += problems_of(stranger.page)
    own = planter.page.url.removesuffix("plant/")
    for step in ("words/", "rhythm/", "plan/"):
        planter.page.goto(own + step)
        problems += problems_of(planter.page)
    end(planter)
    assert problems == []


def problems_of(page) -> list[str]:
    too_wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return faults(page) + [f"{page.url} is too wide"] * too_wide


def test_control_a_list_that_is_sent_is_noticed(somebody):
    page = somebody("sv").page
    page.goto(f"{somebody('sv').url}/circles/")
    sent = watch(page)
    page.evaluate(
        "text => fetch('/circles/', { method: 'POST', body: text }).catch(() => 0)", LIST.read_text()
    )
    page.wait_for_timeout(300)
    assert len(others()) > 40
    assert found_in(sent, others()) == others()


def find_and_tick(page, name: str, *, by_keyboard: bool) -> None:
    search = page.locator("#contact-search")
    # Without its dots and rings, as one types in a hurry.
    search.fill(name.split()[-1].replace("ä", "a").replace("Ä", "A").replace("å", "a"))
    box = page.locator(".contacts li", has_text=name).locator("input")
    if by_keyboard:
        for _press in range(6):
            page.keyboard.press("Tab")
            if box.evaluate("box => box === document.activeElement"):
                break
        page.keyboard.press("Space")
    else:
        page.locator(".contacts label", has_text=name).click()
    expect(box).to_be_checked()


def end(planter) -> None:
    """Leave the demo as it was."""
    page = planter.page
    planter.goes_to("/circles/")
    own = page.locator("a[href^='/circles/seeds/']", has_text="Skrivbord").first.get_attribute("href")
    for _ended, _thrown_away in ((True, False), (False, True)):
        planter.goes_to(f"{own}end/")
        page.locator("main form button").first.click()
        page.wait_for_load_state()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_six_say_yes_and_a_circle_opens_and_looks_for_a_date(somebody, scripts):
    planter = somebody("sv", scripts=scripts)
    planter.comes_in_as("Tova Månskär")
    name = f"Sju vid ett bord {uuid.uuid4().hex[:4]}"
    link = re.sub(r"^https?://[^/]+", "", plant(planter, name, 6))
    people = [f"Frö {n} Frödal {uuid.uuid4().hex[:4]}" for n in range(1, 7)]
    for number, person in enumerate(people, 1):
        said_yes = say_yes(somebody, link, person, scripts=scripts)
        if number < 6:
            said_yes.sees(f"{number} av 6 har sagt ja")
    said_yes.sees(name)

    planter.goes_to("/circles/")
    planter.page.locator("main a", has_text=name).first.click()
    planter.page.wait_for_url(re.compile(r"/circles/sju-vid-ett-bord-"))
    planter.page.locator("main a[href*='?circle=sju']").first.click()
    planter.page.locator("a[href^='/gatherings/polls/']").click()
    poll = re.search(r"/gatherings/polls/\d+/", planter.page.url).group()

    said_yes.goes_to(poll)
    for group in said_yes.page.locator("fieldset.slot").all():
        group.locator("input[value='yes']").check()
    said_yes.presses("/answers/")
    said_yes.sees(people[-1])
    planter.goes_to(poll)
    planter.page.locator("form[action*='/dates/'] button").nth(1).click()
    planter.page.wait_for_url(re.compile(r"/gatherings/\d+/edit/"))
    expect(planter.page.locator("[name=title]")).to_have_value("Att vara ensam PMO")

    stranger = somebody("sv")
    assert stranger.page.goto(stranger.url + link).status == 404


def say_yes(somebody, link: str, name: str, *, scripts: bool):
    """A stranger on a phone opens the link, comes in by a code, says who they are, and yes."""
    stranger = somebody("sv", width=390, height=844, scripts=scripts)
    page, address = stranger.page, f"{uuid.uuid4().hex[:8]}@example.org"
    stranger.goes_to(link)
    page.fill("main [type=email]", address)
    page.locator("main form .button").first.click()
    page.wait_for_url(re.compile("/sign-in/code/"))
    page.fill("[name=code]", code_mailed_to(somebody, address))
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile(re.escape(link)))
    page.fill("[name=name]", name)
    page.locator("form[action$='/yes/'] button").click()
    page.wait_for_load_state()
    return stranger

"""A PMO of one finds others like her, applies to their circle, is accepted, and meets her greeter.

Her phone, the organiser's laptop, the greeter's laptop. The numbers she is told are the ones that hold:
whoever came just before her, with the same answers, heard one less, and hears as many once she is there.
"""

import re
import uuid

import pytest
from playwright.sync_api import expect

from tests.journeys.mails import comes_in_by_code, mail_to

pytestmark = pytest.mark.browser

CIRCLE = "/circles/mellan-norrkoping/"
TOWN = "Norrköping"
GREETERS = ["Siv Rimtuva", "Folke Daggkulla"]
REASON = "You are exactly who we sit together for."
WORDS = "Hello! I sit by the window with a red scarf. Come and have coffee with me."
ASKED_OF_SIV = "En ny person för dig att välkomna"
ALIKE = re.compile(r"You and (\d+) others run a PMO of one(?:, (\d+) of them in Norrköping)?\.")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_somebody_alone_with_her_work_finds_others_and_is_met(somebody, scripts):
    newcomer = somebody("en", width=390, height=844, scripts=scripts)
    organiser, greeter, alike = (somebody("en", scripts=scripts) for _laptop in range(3))
    organiser.comes_in_as("Maja Ekvret")
    greeter.comes_in_as("Siv Rimtuva")
    name, address = f"Alma Ensamdal {uuid.uuid4().hex[:4]}", f"{uuid.uuid4().hex[:8]}@example.org"
    before_her = f"Edit Ensamhult {uuid.uuid4().hex[:4]}"

    say_who_she_is(somebody, alike, before_her, f"{uuid.uuid4().hex[:8]}@example.org")
    others_before, near_before = others_like(alike)
    say_who_she_is(somebody, newcomer, name, address)
    others, near = others_like(newcomer)
    assert (others, others_like(alike)[0]) == (others_before + 1, others_before + 1)
    assert near_before < near <= others
    glad_to_be_found = newcomer.page.locator("main li.person", has_text=before_her)
    expect(glad_to_be_found).to_contain_text(re.compile("You both .*run a PMO of one"))
    expect(glad_to_be_found).to_contain_text("are in Norrköping")

    apply(newcomer)
    accept(organiser, name)
    assert REASON in mail_to(somebody, address, "Welcome to Mellan Norrköping")

    newcomer.goes_to(CIRCLE)
    newcomer.page.locator("main a[href$='/first-time/']").click()
    newcomer.sees(re.compile("|".join(GREETERS)))
    newcomer.sees("Writes to you within a day.")
    let_siv_greet(organiser, name)
    newcomer.goes_to(f"{CIRCLE}first-time/")
    newcomer.sees("Siv Rimtuva")
    write_to_her(somebody, greeter, name)
    assert WORDS in mail_to(somebody, address, "Siv Rimtuva welcomes you to Mellan Norrköping")
    newcomer.page.reload()
    newcomer.sees("Has written to you.")

    gathering = next_gathering_of(greeter)
    take_a_seat(newcomer, gathering)
    newcomer.sees("Somebody meets you at the door; you hear their name the day before")
    say_who_meets_her(organiser, gathering, name)
    newcomer.goes_to(f"{gathering}placed/")
    newcomer.sees("Siv Rimtuva meets you at the door")
    # Under a rule a mail names other guests by their first name; the page has the rest.
    assert "Siv meets you." in mail_to(somebody, address, "Who meets you")
    give_the_seat_back(newcomer, gathering)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_whoever_is_new_tonight_hears_at_once_who_meets_them(somebody, scripts):
    """The evening is less than a day away, so nobody has to choose."""
    newcomer = somebody("en", width=390, height=844, scripts=scripts)
    name, address = f"Ina Tonight {uuid.uuid4().hex[:4]}", f"{uuid.uuid4().hex[:8]}@example.org"
    say_who_she_is(somebody, newcomer, name, address)
    newcomer.goes_to("/gatherings/?circle=low-tide")
    newcomer.page.locator(".gathering-card").first.get_by_role("link").first.click()
    gathering = re.search(r"/gatherings/\d+/", newcomer.page.url).group()
    change_places(somebody, gathering, 1)

    take_a_seat(newcomer, gathering)
    met = newcomer.page.locator("main li", has_text="meets you at the door")
    for _moment in range(20):
        if "Somebody meets you" not in met.inner_text():
            break
        newcomer.page.wait_for_timeout(500)
        newcomer.page.reload()
    greeter = re.search(r"^\s*(\S+ \S+) meets you at the door", met.inner_text(), re.MULTILINE).group(1)
    assert f"{greeter} meets you." in mail_to(somebody, address, "Who meets you")
    give_the_seat_back(newcomer, gathering)
    change_places(somebody, gathering, -1)


def others_like(person) -> tuple[int, int]:
    """How many others run a PMO of one, and how many of those in town: as the page says."""
    person.goes_to("/people/like-me/")
    said = ALIKE.search(person.page.locator(".counts").inner_text())
    return int(said[1]), int(said[2] or 0)


def say_who_she_is(somebody, newcomer, name: str, address: str) -> None:
    """In by a mailed code; three questions; and she agrees to be found."""
    page = newcomer.page
    newcomer.goes_to("/sign-in/")
    comes_in_by_code(somebody, newcomer, address)
    page.wait_for_url(re.compile("/welcome/"))
    page.locator("[name=name]").fill(name)
    page.locator("[name=profile_team_size]").select_option("one")
    page.locator("[name=town]").fill(TOWN)
    page.locator("[name=may_be_found]").check()
    page.get_by_role("button", name="That is me").click()
    page.wait_for_url(re.compile("/people/like-me/"))


def apply(newcomer) -> None:
    """From the others like her to a circle, and through its questions."""
    page = newcomer.page
    page.get_by_role("link", name="Find a circle").click()
    page.locator(f"main a[href='{CIRCLE}']").click()
    page.get_by_role("link", name="I would like to join").click()
    newcomer.sees("What members agree to")
    page.locator("main form label", has=page.locator("[name=route]")).first.click()
    page.get_by_label("Hur ser ditt kontor ut").fill("It is me, a desk and forty projects.")
    page.get_by_label("Vad skulle du vilja prata om").fill("How you say no to a project somebody loves.")
    page.get_by_role("button", name="I agree, and would like to join").click()
    newcomer.sees("You have asked to join.")


def accept(organiser, name: str) -> None:
    page = organiser.page
    organiser.goes_to(CIRCLE)
    page.get_by_role("link", name=re.compile("would like to join")).click()
    page.get_by_role("link", name=f"Read and answer {name}").click()
    organiser.sees("It is me, a desk and forty projects.")
    page.locator("[name=reason]").fill(REASON)
    page.get_by_role("button", name="Accept").click()
    page.wait_for_load_state()
    expect(page.get_by_role("link", name=f"Read and answer {name}")).to_have_count(0)


def let_siv_greet(organiser, name: str) -> None:
    """Greeters take turns; whoever's it is, this one goes to Siv."""
    page = organiser.page
    organiser.goes_to(f"{CIRCLE}members/")
    row = page.locator("section[aria-labelledby=newcomers] li", has_text=name)
    expect(row).to_contain_text(re.compile("|".join(GREETERS)))
    if "Siv Rimtuva" in row.inner_text():
        return
    row.get_by_role("link").click()
    page.locator("summary", has_text="Somebody else should").click()
    page.get_by_label("Who welcomes them").select_option(label="Siv Rimtuva")
    organiser.presses("/greeter/")
    organiser.goes_to(f"{CIRCLE}members/")
    expect(row).to_contain_text("Siv Rimtuva")


def write_to_her(somebody, greeter, name: str) -> None:
    """The mail that asks her to leads to the page; it speaks her language."""
    asked = mail_to(somebody, "siv.rimtuva@example.org", ASKED_OF_SIV)
    assert name in asked
    greeter.goes_to(re.search(rf"{CIRCLE}members/\d+/greet/", asked).group())
    greeter.sees(name)
    greeter.page.locator("[name=text]").fill(WORDS)
    greeter.page.get_by_role("button", name="Send").click()
    greeter.page.wait_for_url(re.compile(f"{CIRCLE}$"))


def next_gathering_of(greeter) -> str:
    """The one the greeter has a seat at: it stands on her first page."""
    greeter.goes_to("/")
    card = greeter.page.locator("section[aria-labelledby=coming] .gathering-card").first
    return card.get_by_role("link").get_attribute("href")


def take_a_seat(newcomer, gathering: str) -> None:
    newcomer.goes_to(gathering)
    newcomer.presses("/rsvp/", within="#answer")
    newcomer.sees("You have a seat.")
    newcomer.page.get_by_role("link", name="What happens next").click()
    newcomer.page.wait_for_url(re.compile(f"{gathering}placed/"))


def give_the_seat_back(newcomer, gathering: str) -> None:
    """For the next journey that comes this way."""
    newcomer.goes_to(gathering)
    newcomer.presses("/rsvp/withdraw/", within="#answer")
    newcomer.sees("You said that you cannot come.")


def say_who_meets_her(organiser, gathering: str, name: str) -> None:
    page = organiser.page
    organiser.goes_to(gathering)
    page.get_by_role("link", name="First-timers").click()
    row = page.locator("li.person", has=page.locator("strong", has_text=name))
    expect(row).to_contain_text("Nobody meets them yet")
    row.locator("summary").click()
    row.get_by_label(f"Who meets {name}").select_option(label="Siv Rimtuva")
    row.get_by_role("button", name="Ask them").click()
    expect(row).to_contain_text("Siv Rimtuva meets them")


def change_places(somebody, gathering: str, by: int) -> None:
    """Other journeys come here as well: the host sees to it that a seat is free."""
    host = somebody("en")
    host.comes_in_as("Imogen Thackwick")
    host.goes_to(f"{gathering}line/")
    places = host.page.locator("form[action$='/capacity/'] input[type=number]")
    places.fill(str(int(places.input_value()) + by))
    host.presses("/capacity/")

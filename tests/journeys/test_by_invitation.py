"""A director accepts an invitation to a forum: she reads its rules first, and nobody's name.

Until she has said yes there is nothing of it for her to find; whoever the link was forwarded to
can only ask. A forum that is full stays as large as it said. No mail's subject names it.
"""

import re
import uuid

import pytest
from playwright.sync_api import expect

from tests.journeys.mails import comes_in_by_code, mail_to, subjects_to

pytestmark = pytest.mark.browser

FORUM = "/circles/lantern-breakfast/"
CALLED = "The Lantern Breakfast"
MOST = 12


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_director_reads_the_rules_and_nobodys_name_and_joins(somebody, scripts):
    organiser = somebody("en", scripts=scripts)
    director, colleague = (somebody("en", width=390, height=844, scripts=scripts) for _phone in range(2))
    word = uuid.uuid4().hex[:4]
    name, address = f"Dagny Directrix {word}", f"dagny-{word}@example.org"
    other_name, other_address = f"Cleo Colleague {word}", f"cleo-{word}@example.org"
    organiser.comes_in_as("Honor Withyhurst")
    members = members_of(organiser)
    assert len(members) == MOST
    before = set_how_many(organiser, str(MOST))
    link = make_link(organiser, address, word)

    open_link(somebody, colleague, link, other_address)
    colleague.sees("This invitation was written to another address than yours.")
    shows_the_rules_and_no_name(colleague, members)
    finds_nothing(colleague)
    ask_to_join(colleague, link, other_name)
    finds_nothing(colleague)
    decline(organiser, other_name)

    open_link(somebody, director, link, address)
    shows_the_rules_and_no_name(director, members)
    finds_nothing(director)
    director.goes_to(link)
    director.sees("Every place is taken at the moment.")
    expect(director.page.get_by_role("button", name="I agree, and join")).to_have_count(0)
    set_how_many(organiser, str(MOST + 1))
    director.goes_to(link)
    say_yes(director, name)
    director.page.wait_for_url(re.compile(f"{FORUM}$"))
    assert members_of(director) == members | {name}

    welcome(organiser, name)
    assert CALLED in mail_to(somebody, address, "Honor Withyhurst welcomes you")
    for subject in [*subjects_to(somebody, address), *subjects_to(somebody, other_address)]:
        assert "lantern" not in subject.lower()
    assert len(subjects_to(somebody, other_address)) == 2
    colleague.page.goto(colleague.url + link)
    colleague.sees("This invitation works no longer")
    finds_nothing(colleague)

    leave(director)
    set_how_many(organiser, before)
    assert members_of(organiser) == members


def members_of(person) -> set[str]:
    person.goes_to(f"{FORUM}members/")
    return set(person.page.locator("#people li.person strong").all_inner_texts())


def set_how_many(organiser, number: str) -> str:
    """How many it may be at most; what it said before."""
    organiser.goes_to(FORUM)
    organiser.page.get_by_role("link", name="How people join").click()
    field = organiser.page.get_by_label("How many at most")
    before = field.input_value()
    field.fill(number)
    organiser.page.get_by_role("button", name="Save").click()
    organiser.page.wait_for_url(re.compile(f"{FORUM}$"))
    return before


def make_link(organiser, address: str, note: str) -> str:
    """A link for one address. The letter she sends it in does not name the forum either."""
    page = organiser.page
    organiser.goes_to(FORUM)
    page.get_by_role("link", name="Invitation links").click()
    page.get_by_label("For one address").fill(address)
    page.get_by_label("A note to yourself").fill(note)
    page.get_by_role("button", name="Make the link").click()
    link = page.locator(".link-shown").inner_text()
    letter = page.get_by_role("link", name="Write it in a mail").get_attribute("href")
    assert letter.startswith(f"mailto:{address}")
    assert "lantern" not in letter.lower()
    return link.removeprefix(organiser.url)


def open_link(somebody, person, link: str, address: str) -> None:
    """Somebody we do not know is asked for an address first, and learns nothing until then."""
    person.goes_to(link)
    assert "/sign-in/" in person.page.url
    assert "lantern" not in person.page.content().lower()
    comes_in_by_code(somebody, person, address)
    person.page.wait_for_url(re.compile(re.escape(link)))


def shows_the_rules_and_no_name(person, members: set[str]) -> None:
    person.sees("Twelve directors who answer for a whole portfolio")
    person.sees("One person per organisation, by invitation of the members.")
    person.sees("who said it, where they work and who was there may not")
    person.sees("nobody sends somebody in their place. It has 12 members at most.")
    page = person.page.content()
    assert [name for name in members if name in page or name.split()[-1] in page] == []


def finds_nothing(person) -> None:
    page = person.page
    for path in ("", "members/", "first-time/", "apply/", "join/"):
        assert page.goto(person.url + FORUM + path).status == 404, path
    for path in (
        "/circles/",
        "/",
        "/gatherings/",
        f"/search/?q={CALLED}",
        f"/search/?q={CALLED}&kind=circle",
    ):
        person.goes_to(path)
        expect(page.locator("a[href*='lantern-breakfast']")).to_have_count(0)
        expect(page.get_by_role("link", name=CALLED)).to_have_count(0)


def ask_to_join(colleague, link: str, name: str) -> None:
    page = colleague.page
    colleague.goes_to(link)
    page.locator("[name=name]").fill(name)
    page.locator("main form label", has=page.locator("[name=route]")).first.click()
    page.get_by_role("button", name="I agree, and would like to join").click()
    page.wait_for_url(re.compile("/circles/invitations/"))
    colleague.sees("The organisers read it and write to you")


def decline(organiser, name: str) -> None:
    """The organiser sees by whose invitation somebody comes whom it was not written to."""
    page = organiser.page
    organiser.goes_to(f"{FORUM}members/")
    page.get_by_role("link", name=f"Read and answer {name}").click()
    organiser.sees("Came by an invitation of Honor Withyhurst that was not written to them.")
    page.locator("[name=reason]").fill("One person per organisation, and yours is here.")
    page.get_by_role("button", name="Decline").click()
    page.wait_for_load_state()
    expect(page.get_by_role("link", name=f"Read and answer {name}")).to_have_count(0)


def say_yes(director, name: str) -> None:
    """Her name is asked once: a yes that is refused has kept it."""
    page = director.page
    if page.locator("[name=name]").count():
        page.locator("[name=name]").fill(name)
    page.get_by_role("button", name="I agree, and join").click()
    page.wait_for_load_state()


def welcome(organiser, name: str) -> None:
    """Where nobody is a greeter, the organiser writes to whoever is new."""
    page = organiser.page
    organiser.goes_to(f"{FORUM}members/")
    page.locator("section[aria-labelledby=newcomers]").get_by_role("link", name=name).click()
    page.get_by_role("button", name="Send").click()
    page.wait_for_url(re.compile(f"{FORUM}$"))


def leave(director) -> None:
    """The forum is as it was, for the next journey that comes this way."""
    director.goes_to(f"{FORUM}leave/")
    director.page.locator("main form button").first.click()
    director.page.wait_for_load_state()
    finds_nothing(director)

"""Somebody changes employer and address, and keeps everything: circles, people, history, notes.

Somebody else from the circle looks at their page before and after, and whoever is given the old mailbox
comes in as somebody else. Two people do it: one belongs to two circles, one had another job before.
"""

import re
import unicodedata
import uuid
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.journeys.mails import comes_in_by_code
from tests.journeys.test_first_timer import code_mailed_to

pytestmark = pytest.mark.browser

NEW_EMPLOYER, NEW_TITLE = "Fyrvaktarna i Öregrund", "Fyrkontorschef"
NOTE = "Ville höra hur det gick med fyren. Ring till våren."


@pytest.mark.parametrize(
    ("scripts", "name", "employer", "circles"),
    [
        (True, "Vendela Silverhav", "Talviken Försäkring", ["pmo-mellan", "mellan-stockholm"]),
        (False, "Ivar Pilskog", "Pensionsprövningen", ["mellan-stockholm"]),
    ],
    ids=["with scripts", "without scripts"],
)
def test_whoever_changes_jobs_keeps_everything(somebody, scripts, name, employer, circles):
    mover = somebody("sv", width=390, height=844, scripts=scripts)
    page = mover.page
    old_address = f"{plain(name).replace(' ', '.')}@example.org"
    new_address = f"{plain(name).split()[0]}-{uuid.uuid4().hex[:6]}@example.net"
    mover.goes_to("/sign-in/")
    comes_in_by_code(somebody, mover, old_address)
    write_a_note(mover, keep_somebody(somebody, mover, name))
    before = what_is_theirs(mover, circles)
    assert all(before.values())
    earlier_jobs = ended_jobs(mover)
    colleague = somebody("sv")
    colleague.comes_in_as("Tova Månskär")
    card = card_seen_by(colleague, name)
    assert employer in card

    since = change_jobs(mover, employer)
    move_to(somebody, mover, old_address, new_address)
    mover.goes_to("/me/")
    page.locator("section[aria-labelledby=leaving] button").click()
    page.wait_for_load_state()
    mover.goes_to("/me/")
    assert "/sign-in/" in page.url

    comes_in_by_code(somebody, mover, new_address)
    page.wait_for_url(re.compile("/me/"))
    assert what_is_theirs(mover, circles) == before
    mover.goes_to("/me/")
    past = page.locator("#jobs li", has_text=employer)
    expect(past).to_contain_text(f"{since} – ")
    assert set(ended_jobs(mover)) == {*earlier_jobs, *past.all_inner_texts()}
    expect(page.locator("#jobs li", has_text=NEW_EMPLOYER)).to_contain_text(NEW_TITLE)
    card = card_seen_by(colleague, name)
    assert (NEW_EMPLOYER in card, employer in card) == (True, False)

    # Whoever has the old mailbox now is somebody else.
    successor = somebody("sv", scripts=scripts)
    successor.goes_to("/sign-in/")
    comes_in_by_code(somebody, successor, old_address)
    assert "/welcome/" in successor.page.url
    expect(successor.page.locator("[name=name]")).to_have_value("")


def plain(name: str) -> str:
    """As a name stands in an address."""
    letters = unicodedata.normalize("NFD", name.lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def what_is_theirs(mover, circles: list[str]) -> dict[str, list[str]]:
    """Their standing in each circle, their people with their notes, where they have been and where they go."""
    page = mover.page
    found = {}
    mover.goes_to("/circles/")
    found["circles"] = page.locator("section[aria-labelledby=mine] li").all_inner_texts()
    for slug in circles:
        mover.goes_to(f"/circles/{slug}/")
        found[slug] = page.locator("#belong .status").all_inner_texts()
    mover.goes_to("/connections/")
    found["people"] = page.locator("li.kept").all_inner_texts()
    assert any(NOTE in person for person in found["people"])
    seats = page.locator(".gathering-card", has=page.locator(".pill[data-tone=info]"))
    for when, path in {"past": "/gatherings/?past=1", "coming": "/gatherings/?"}.items():
        mover.goes_to(f"{path}&circle={circles[-1]}")
        found[when] = seats.all_inner_texts()
    mover.goes_to(f"/gatherings/?past=1&circle={circles[-1]}")
    seats.first.get_by_role("link").click()
    mover.sees("Du var där.")
    return found


def ended_jobs(mover) -> list[str]:
    """Those before the present one, each with its dates."""
    mover.goes_to("/me/")
    jobs = mover.page.locator("#jobs li")
    return jobs.filter(has_not=mover.page.locator("form[action$='/end/']")).all_inner_texts()


def keep_somebody(somebody, mover, name: str) -> str:
    """Both say that they met; the name of the other one."""
    mover.goes_to("/connections/")
    mover.page.locator("main a[href*='/connections/met/']").first.click()
    rows = mover.page.locator("main li.person", has=mover.page.locator("form:not([action$='/undo/'])"))
    kept = rows.first.locator("strong").inner_text()
    rows.first.get_by_role("button").click()
    row = mover.page.locator("main li.person", has_text=kept)
    expect(row.locator("form[action$='/undo/']")).to_be_visible()
    other = somebody("sv")
    other.goes_to("/sign-in/")
    comes_in_by_code(somebody, other, f"{plain(kept).replace(' ', '.')}@example.org")
    other.goes_to(mover.page.url.removeprefix(mover.url))
    said = other.page.locator("main li.person", has_text=name)
    # In the demo some have said so long ago.
    if said.locator("form:not([action$='/undo/'])").count():
        said.get_by_role("button").click()
    expect(said.get_by_role("link")).to_have_attribute("href", re.compile(r"/connections/\d+/"))
    return kept


def write_a_note(mover, about: str) -> None:
    """About one of their people, for themselves alone."""
    mover.goes_to("/connections/")
    mover.page.locator("li.kept h2 a", has_text=about).click()
    mover.page.locator("main [name=text]").fill(NOTE)
    mover.page.locator("main form.form button").first.click()
    mover.page.wait_for_url(re.compile("/connections/(#.*)?$"))


def card_seen_by(colleague, name: str) -> str:
    """What somebody from one of their circles reads on their page."""
    colleague.goes_to(f"/people/?q={name}")
    colleague.page.locator("#people li.person", has_text=name).get_by_role("link").click()
    expect(colleague.page.locator("h1")).to_have_text(name)
    return colleague.page.locator("main").inner_text()


def change_jobs(mover, employer: str) -> str:
    """The present job ended today, and another one begins; since when the first one was theirs."""
    page = mover.page
    mover.goes_to("/me/")
    present = page.locator("#jobs li", has_text=employer)
    since = re.search(r"Sedan (.+)", present.inner_text()).group(1).strip()
    mover.presses("/end/", within="#jobs li:has(form[action$='/end/'])")
    expect(present.locator("form[action$='/end/']")).to_have_count(0)
    page.locator("#jobs summary").click()
    page.locator("#jobs [name=employer_name]").fill(NEW_EMPLOYER)
    page.locator("#jobs [name=title]").fill(NEW_TITLE)
    page.locator("#jobs [name=started_on]").fill(f"{datetime.now(UTC):%Y-%m-%d}")
    mover.presses("/me/jobs/", within="#jobs")
    expect(page.locator("#jobs li", has_text=NEW_EMPLOYER)).to_have_count(1)
    return since


def move_to(somebody, mover, old_address: str, new_address: str) -> None:
    """A new address, proven by its code, becomes the main one; the old one goes with the job."""
    page = mover.page
    mover.goes_to("/me/addresses/")
    page.locator("#id_email").fill(new_address)
    page.locator("button[name=action_add]").click()
    page.wait_for_url(re.compile("/me/addresses/code/"))
    page.locator("[name=code]").fill(code_mailed_to(somebody, new_address))
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile("/me/addresses/$"))
    page.locator(".addresses li", has_text=new_address).locator("button[name=action_primary]").click()
    main = page.locator(".addresses li", has=page.locator(".pill"))
    expect(main).to_contain_text(new_address)
    page.locator(".addresses li", has_text=old_address).locator("button[name=action_remove]").click()
    expect(page.locator(".addresses li")).to_have_count(1)
    expect(page.locator(".addresses li")).to_contain_text(new_address)

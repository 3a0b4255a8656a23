"""A House of Genius evening: one challenge, thirty suggestions, and first names only until the reveal."""

import pytest
from playwright.sync_api import expect

from tests.journeys.rooms.conftest import PROJECTOR
from tests.journeys.rooms.faces import holds, reads

pytestmark = [pytest.mark.browser, pytest.mark.processes]
FORMAT = "house-of-genius-long"
HOST = "Ada Lindqvist"
GUESTS = [
    ["Ben Okonkwo", "Nordvik Rail", "room"],
    ["Chi Tanaka", "Harbour Insurance", "room"],
    ["Dot Ferreira", "Tallmo Energy", "room"],
    ["Eli Haddad", "Brightwater Council", "room"],
    ["Fay Sundin", "Ostra Logistics", "room"],
    ["Gus Keller", "Linden Labs", "room"],
]
SUGGESTIONS = 30


def test_thirty_suggestions_reach_the_big_screen_and_nobody_is_known_until_the_reveal(
    site, face, evening, desk_of, phones_of, look
):
    tonight = evening(
        circle=face.either("Makers", "Makare"),
        title=face.either("House of Genius night", "House of Genius-kväll"),
        host=HOST,
        guests=GUESTS,
        agenda=[
            ["format", face.either("A roadmap nobody reads", "En färdplan ingen läser"), "", FORMAT],
            ["closing", face.either("Last round", "Sista rundan"), "", ""],
        ],
    )
    desk, phones = desk_of(tonight), phones_of(tonight)
    code = desk.opens_the_room(tonight["gathering"])
    for phone in phones:
        phone.comes_in(code)
    site.stage("come in", tonight["gathering"], 2)
    screen = desk.opens_beside("Big screen")
    screen.set_viewport_size(PROJECTOR)
    everything = [desk.page, screen, *(phone.page for phone in phones)]
    mingle, challenge, questions, impressions, reaction, talk, last_word, reveal = face.titles(FORMAT)

    desk.presses("Start")
    for title in (mingle, challenge, questions, impressions):
        if title != mingle:
            desk.goes_on_to(title)
        for page in everything:
            reads(page, title)
        nobody_is_known(everything)
    look(*everything[:3], closely=True)
    asked = screen.locator("#ask").inner_text()

    suggestion = face.either(
        "Ask team {} to draw the map themselves, and compare it with yours",
        "Be lag {} rita kartan själva, och jämför den sedan med din egen",
    )
    written = [suggestion.format(number) for number in range(1, SUGGESTIONS + 1)]
    for number, text in enumerate(written):
        phone = phones[number % len(phones)]
        if number >= len(phones):
            phone.taps("Write another")
        phone.hands_in(text)
    assert screen.locator(".note-card").count() == 0
    assert not any(text in desk.page.content() for text in written)
    look(phones[1].page)
    desk.pours()
    for page in (screen, *(phone.page for phone in phones)):
        cards = page.locator(".note-card")
        expect(cards).to_have_count(SUGGESTIONS)
        assert sorted(cards.all_inner_texts()) == sorted(written)
        # The question that they answer is said once.
        expect(page.get_by_text(asked)).to_have_count(1)
    nobody_is_known(everything)
    look(*everything[:3], closely=True)

    for title in (reaction, talk, last_word):
        desk.goes_on_to(title)
        reads(phones[3].page, title)
        nobody_is_known(everything)
    desk.goes_on_to(reveal, "On to: %(title)s")
    for page in everything:
        reads(page, reveal)
    look(*everything[:3])

    # Now who everybody is may be read, where the circle always reads it.
    phones[0].page.goto(f"/gatherings/{tonight['gathering']}/")
    holds(phones[0].page.locator("main"), "Tanaka")
    desk.follows("Harvest")
    expect(desk.page.locator(".note-card")).to_have_count(SUGGESTIONS)
    look(desk.page)


def nobody_is_known(pages):
    """No page of the room has a surname or an employer of anybody in it."""
    told = {HOST.split()[-1], "PMO lead"}
    for name, employer, _part in GUESTS:
        told |= {name.split()[-1], employer}
    for page in pages:
        source = page.content()
        assert not {words for words in told if words in source}, page.url

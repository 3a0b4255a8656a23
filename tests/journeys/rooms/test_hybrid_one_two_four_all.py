"""1-2-4-All with some in the room and some online: everybody knows their group, and nobody meets the same person twice."""

from itertools import combinations

import pytest
from playwright.sync_api import expect

from tests.journeys.rooms.conftest import PROJECTOR
from tests.journeys.rooms.faces import reads

pytestmark = [pytest.mark.browser, pytest.mark.processes]
FORMAT = "1-2-4-all"
# First names that nobody shares: groups are read from the big screen.
NAMES = (
    *("Ben Okonkwo", "Chi Tanaka", "Dot Ferreira", "Eli Haddad", "Fay Sundin", "Gus Keller"),
    *("Hal Moreau", "Ida Falk", "Jon Petrov", "Kim Larsen", "Lea Rossi", "Max Adeyemi"),
    *("Nia Brooks", "Ola Strand", "Pia Novak", "Roy Nilsson"),
)
GUESTS = [[name, "Nordvik Rail", "room" if number % 2 else "online"] for number, name in enumerate(NAMES)]
PARTS = {name.split()[0]: part for name, _employer, part in GUESTS}


def test_in_the_room_and_online_all_find_their_groups_and_meet_somebody_new(
    site, evening, face, desk_of, phones_of, look
):
    questions = [
        face.either("What slows our decisions", "Vad bromsar våra beslut"),
        face.either("What we try next", "Vad vi prövar härnäst"),
    ]
    tonight = evening(
        mode="hybrid",
        circle=face.either("Makers", "Makare"),
        title=face.either("Here and there", "Här och där"),
        guests=GUESTS,
        agenda=[["format", question, "", FORMAT] for question in questions],
    )
    alone, pairs, fours, together = face.titles(FORMAT)
    desk, phones = desk_of(tonight), phones_of(tonight)
    code = desk.opens_the_room(tonight["gathering"])
    for phone in phones:
        phone.comes_in(code)
    site.stage("come in", tonight["gathering"], len(NAMES) - len(phones))
    screen = desk.opens_beside("Big screen")
    screen.set_viewport_size(PROJECTOR)
    everything = [desk.page, screen, *(phone.page for phone in phones)]
    look(*everything[:3], closely=True)

    met = set()
    desk.presses("Start")
    for question in questions:
        if question != questions[0]:
            desk.presses("Next: %(title)s", title=question)
        for page in everything:
            reads(page, alone)
        assert screen.locator(".table-card").count() == 0
        desk.goes_on_to(pairs)
        twos = groups_on(screen, pairs, 8)
        assert {len(group) for group in twos} == {2}
        assert all(are_in_one_part(group) for group in twos)
        assert not met & meetings(twos)
        everybody_finds(phones, twos, face)
        met |= meetings(twos)
        look(*everything[:3], closely=question == questions[0])

        desk.goes_on_to(fours)
        quartets = groups_on(screen, fours, 4)
        # Two pairs become four, and who was together stays so.
        assert all(any(two <= four for four in quartets) for two in twos)
        assert {len(group) for group in quartets} == {4}
        assert all(are_in_one_part(group) for group in quartets)
        everybody_finds(phones, quartets, face)
        met |= meetings(quartets)
        look(*everything[:4])

        desk.goes_on_to(together)
        written = [
            face.either(f"Fewer boards, says four {n}", f"Färre råd, säger fyran {n}") for n in range(4)
        ]
        for phone, text in zip(phones, written, strict=True):
            phone.reads(together)
            phone.hands_in(text)
        assert screen.locator(".note-card").count() == 0
        desk.pours()
        for page in (screen, *(phone.page for phone in phones)):
            expect(page.locator(".note-card")).to_have_count(len(written))
            assert sorted(page.locator(".note-card").all_inner_texts()) == sorted(written)
        look(desk.page, screen, phones[3].page, closely=question == questions[0])

    # Whoever meets in another program gets its list, of those who are online.
    desk.follows("Breakout rooms")
    expect(desk.page.get_by_text(face.says("Only those who take part online are on them."))).to_be_visible()
    look(desk.page, closely=True)


def groups_on(screen, title, count):
    """Who sits with whom, as the big screen says it."""
    reads(screen, title)
    expect(screen.locator(".table-card")).to_have_count(count)
    names = screen.locator(".table-card > p:first-of-type").all_inner_texts()
    groups = [frozenset(said.split(", ")) for said in names]
    assert sorted(name for group in groups for name in group) == sorted(name.split()[0] for name in NAMES)
    return groups


def are_in_one_part(group):
    return len({PARTS[first] for first in group}) == 1


def meetings(groups):
    return {frozenset(pair) for group in groups for pair in combinations(group, 2)}


def everybody_finds(phones, groups, face):
    """Each phone names its group and the others in it, and whoever is online has a call to go to."""
    for phone, name in zip(phones, NAMES, strict=False):
        first = name.split()[0]
        number, group = next((n, group) for n, group in enumerate(groups, start=1) if first in group)
        seat = phone.page.locator(".seat")
        expect(seat).to_contain_text(face.says("Group %d") % number)
        for other in group - {first}:
            expect(seat).to_contain_text(other)
        call = phone.page.get_by_role("link", name=face.says("Open your group’s call"))
        expect(call).to_have_count(1 if PARTS[first] == "online" else 0)

"""Lean Coffee: those who are there write the agenda, give their dots, and say when a topic is done."""

import pytest
from django.template.defaultfilters import truncatewords
from playwright.sync_api import expect

from tests.journeys.rooms.conftest import PROJECTOR
from tests.journeys.rooms.devices import PhoneAtTheDesk
from tests.journeys.rooms.faces import holds, reads

pytestmark = [pytest.mark.browser, pytest.mark.processes]
FORMAT = "lean-coffee"
GUESTS = [
    ["Ben Okonkwo", "Nordvik Rail", "room"],
    ["Chi Tanaka", "Harbour Insurance", "room"],
    ["Dot Ferreira", "Tallmo Energy", "room"],
    ["Eli Haddad", "Brightwater Council", "room"],
]


def test_five_people_write_choose_and_talk_through_their_topics(evening, face, desk_of, phones_of, look):
    morning = evening(
        circle=face.either("Makers", "Makare"),
        title=face.either("Coffee at eight", "Kaffe klockan åtta"),
        guests=GUESTS,
        agenda=[
            ["format", face.either("What is on our minds", "Vad vi går och tänker på"), "", FORMAT],
            ["closing", face.either("Last round", "Sista rundan"), "", ""],
        ],
    )
    topics = [
        face.either(
            "Who owns the risk register once the project is over", "Vem äger risklistan när projektet är slut"
        ),
        face.either("Reports that nobody opens", "Rapporter som ingen öppnar"),
        face.either("The first ninety days of a new office", "De första nittio dagarna på ett nytt kontor"),
        face.either("How to say no to a sponsor", "Att säga nej till en beställare"),
    ]
    write, pitch, dots, talk, takeaways = face.titles(FORMAT)
    desk, phones = desk_of(morning), phones_of(morning)
    code = desk.opens_the_room(morning["gathering"])
    for phone in phones:
        phone.comes_in(code)
    screen = desk.opens_beside("Big screen")
    screen.set_viewport_size(PROJECTOR)
    # Whoever leads is the fifth of them, at the same keyboard.
    own = PhoneAtTheDesk(desk.opens_beside("As a phone sees it"), face)
    everybody = [own, *phones]

    desk.presses("Start")
    for phone, topic in zip(phones, topics, strict=True):
        phone.reads(write)
        phone.hands_in(topic)
    own.reads(write)
    assert screen.locator(".note-card").count() == 0
    look(desk.page, screen, phones[0].page)
    desk.pours()
    for page in (screen, own.page, *(phone.page for phone in phones)):
        expect(page.locator(".note-card")).to_have_count(len(topics))
        assert sorted(page.locator(".note-card").all_inner_texts()) == sorted(topics)

    desk.goes_on_to(pitch)
    pitched = [topic_on(screen)]
    while len(pitched) < len(topics):
        desk.presses_it(desk.page.locator("#turn-on button"))
        expect(screen.locator("#topic .asked")).not_to_have_text(pitched[-1])
        pitched.append(topic_on(screen))
        # The desk hears of it on its own: a press before that would still be for the topic before.
        expect(desk.page.locator("#topic .asked")).to_have_text(pitched[-1])
    assert sorted(pitched) == sorted(topics)
    look(desk.page, screen, phones[2].page, closely=True)

    # Ten of the fifteen dots for the second topic, four for the third, one for the fourth.
    desk.goes_on_to(dots)
    for person in everybody:
        person.reads(dots)
        person.gives_dots(topics[1], 2)
    for person in everybody[:4]:
        person.gives_dots(topics[2], 1)
    everybody[4].gives_dots(topics[3], 1)
    for phone in phones:
        holds(phone.page.locator("output"), face.says("{n} of {max} used").format(n=3, max=3))
    full = phones[0].stepper(topics[0], "One more dot for")
    expect(full).to_have_attribute("aria-disabled", "true")
    # One taken back with the minus, and given again.
    phones[0].stepper(topics[1], "One dot less for").click()
    holds(phones[0].page.locator("output"), face.says("{n} of {max} used").format(n=2, max=3))
    phones[0].gives_dots(topics[1], 1)
    look(phones[0].page, own.page, screen, closely=True)
    vote(everybody)
    desk.counts()
    for page in (screen, phones[3].page):
        rows = page.locator(".dots-result tbody tr")
        expect(rows.first).to_contain_text(topics[1])
        assert rows.locator(".number").all_text_contents() == ["10", "4", "1", "0"]
    # Nobody is asked for dots any more.
    expect(screen.locator("#says")).to_have_count(0)
    look(screen, phones[3].page, desk.page)

    desk.goes_on_to(talk)
    for page in (screen, *(phone.page for phone in phones)):
        expect(page.locator("#topic .asked")).to_have_text(topics[1])
    look(screen)
    desk.presses("Ask for thumbs")
    for person in everybody[:4]:
        person.shows_thumb("Thumb up: go on")
    everybody[4].shows_thumb("Sideways: I can live with either")
    look(phones[0].page, screen)
    vote(everybody)
    desk.counts()
    for page in (screen, phones[1].page):
        expect(page.locator("#thumbs .number")).to_have_text([face.says("How many"), "4", "1", "0"])
    look(desk.page, screen, phones[1].page, closely=True)
    desk.presses("+ %(minutes)s min for this topic", minutes="2")
    # Given once, and what could be given now is the one minute that the format has left.
    expect(desk.button("+ %(minutes)s min for this topic", minutes="1")).to_be_visible()

    # The other two that somebody wants to talk about, and the one that nobody does is left alone.
    for topic in topics[2:]:
        desk.presses("Next topic: %(topic)s", topic=shortened(topic))
        for page in (screen, *(phone.page for phone in phones)):
            expect(page.locator("#topic .asked")).to_have_text(topic)
        assert screen.locator("#thumbs").count() == 0
    look(desk.page, screen)
    desk.goes_on_to(takeaways, "On to: %(title)s")

    for number, person in enumerate(everybody):
        person.reads(takeaways)
        person.hands_in(face.either(f"I try it in week {number}", f"Jag prövar i vecka {number}"))
    desk.pours()
    expect(screen.locator(".note-card")).to_have_count(len(everybody))
    look(screen, own.page)
    reads(screen, takeaways)


def topic_on(page):
    return page.locator("#topic .asked").inner_text()


def shortened(topic):
    """As a button says it, which has room for six words."""
    return truncatewords(topic, 6)


def vote(people):
    for person in people:
        person.taps("Hand in my vote")
    for person in people:
        person.sees("Your vote is in.")

"""A forum breakfast, agenda only: the reminder first, an objection that stops a topic, an end to the minute."""

import pytest
from playwright.sync_api import expect

from tests.journeys.rooms.conftest import PROJECTOR
from tests.journeys.rooms.faces import holds, reads

pytestmark = [pytest.mark.browser, pytest.mark.processes]
SPEAKERS = ["Sixten Hammar", "Lova Brandt", "Tage Winther"]
GUESTS = [
    ["Ben Okonkwo", "Nordvik Rail", "room"],
    ["Chi Tanaka", "Harbour Insurance", "room"],
    ["Dot Ferreira", "Tallmo Energy", "room"],
    ["Eli Haddad", "Brightwater Council", "room"],
]
# What is left when everybody is told, and when nothing is.
NOTICE, NEARLY_OVER = 115, 2


def test_a_breakfast_keeps_to_its_agenda_and_its_minutes_know_no_speaker(
    site, evening, face, desk_of, phones_of, look
):
    topics = [
        face.either("Portfolio boards that decide", "Portföljråd som beslutar"),
        face.either("Consultants and their rates", "Konsulter och deras arvoden"),
        face.either("Letting projects go", "Att släppa projekt"),
    ]
    last = face.either("Thanks and goodbye", "Tack och hej då")
    breakfast = evening(
        level="agenda-only",
        circle=face.either("The Forum", "Forumet"),
        title=face.either("Breakfast in March", "Frukost i mars"),
        guests=GUESTS,
        agenda=[
            *(["talk", topic, speaker, ""] for topic, speaker in zip(topics, SPEAKERS, strict=True)),
            ["closing", last, "", ""],
        ],
    )
    desk, phones = desk_of(breakfast), phones_of(breakfast)
    code = desk.opens_the_room(breakfast["gathering"])
    for phone in phones:
        phone.comes_in(code)
    screen = desk.opens_beside("Big screen")
    screen.set_viewport_size(PROJECTOR)
    everything = [desk.page, screen, *(phone.page for phone in phones)]

    desk.presses("Start")
    for phone in phones:
        phone.reads(face.says("Before we begin"))
    says_on(screen, face, "There is a reminder on every phone. We begin when everybody has read it.")
    look(*everything[:3], closely=True)
    for number, phone in enumerate(phones[:3], start=1):
        phone.taps("I have read this and keep to it")
        phone.reads(face.says("Thank you."))
        expect(desk.page.locator("#reminded strong")).to_have_text([str(number), str(4 - number)])
    # The clock waits with them.
    expect(screen.locator("#clock").get_by_role("timer")).to_have_attribute("paused", "")
    expect(phones[0].page.get_by_role("timer")).to_have_count(0)
    look(desk.page, phones[0].page)
    phones[3].taps("I have read this and keep to it")
    for page in everything:
        reads(page, topics[0])
        # The desk has this title and a clock that waits already: it has heard of the last one when the clock runs.
        expect(page.locator("#clock").get_by_role("timer")).to_be_visible()
        expect(page.locator("#clock").get_by_role("timer")).not_to_have_attribute("paused", "")
    # There is no other business: no minute more, and no way to anything but the next topic.
    assert desk.button("+ 1 minute").count() == 0
    look(*everything[:3])

    desk.goes_on_to(topics[1])
    phones[2].reads(topics[1])
    phones[2].page.get_by_text(face.says("I object to this topic")).click()
    look(phones[2].page, closely=True)
    phones[2].taps("Stop this topic")
    for page in everything:
        says_on(page, face, "An objection was made. We leave this topic.")
    look(*everything[:3], closely=True)

    # It is stopped, and the one way from here is on.
    desk.goes_on_to(topics[2])
    for page in everything:
        reads(page, topics[2])
        expect(page.get_by_text(face.says("Two minutes left. Then we stop."))).not_to_be_visible()
    site.stage("time passes", breakfast["gathering"], NOTICE)
    for page in everything:
        expect(page.locator("#ending .warning")).to_be_visible()
        holds(page.locator("#ending .warning"), face.says("Two minutes left. Then we stop."))
    look(*everything[:3])
    # Nobody presses anything: the worker stops it.
    site.stage("time passes", breakfast["gathering"], NEARLY_OVER)
    for page in everything:
        reads(page, last)

    # After the last item it stands open.
    desk.presses("Close the room")
    for phone in phones:
        phone.reads(face.says("Thank you for today."))
    desk.follows("The minutes")
    minutes = desk.page.locator("main")
    listed = minutes.locator("ol li > span:first-child")
    expect(listed).to_have_text([*topics, last])
    expect(minutes.locator("ul li")).to_have_text([topics[1]])
    given = ("It was given, and %(n)s acknowledged it.",) * 2
    holds(minutes, face.says_of(len(phones), *given))
    holds(minutes, face.says("Who spoke and who was there is not in the minutes."))
    told = minutes.inner_text()
    people = [*SPEAKERS, "Ada Lindqvist", *(name for name, _employer, _part in GUESTS)]
    assert not [part for name in people for part in name.split() if part in told]
    assert not [employer for _name, employer, _part in GUESTS if employer in told]
    look(desk.page, phones[1].page, closely=True)


def says_on(page, face, words):
    expect(page.get_by_text(face.says(words)).filter(visible=True).first).to_be_visible()

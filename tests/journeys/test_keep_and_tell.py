"""What remains after the evening: people one keeps, a recap that leads on, a guest who is heard, a year that counts.

The browsers run no scripts: every press is a form or a link.
"""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail as sent

from peerhood.connections.coffee import following_up
from peerhood.gatherings.models import AgendaItem, Gathering
from peerhood.mixing.models import Encounter
from peerhood.notices import delivery
from peerhood.notices.models import Mail
from peerhood.rooms.formats import adopting
from peerhood.rooms.models import Room

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STOCKHOLM = ZoneInfo("Europe/Stockholm")
# A Thursday evening in a pub.
EVENING = datetime(2026, 11, 19, 18, tzinfo=STOCKHOLM)
MORNING_AFTER = EVENING + timedelta(hours=14)


@pytest.fixture
def evening(makers, gathering, ada, ben, chi):
    """Over since last night: Ada ran it, Ben and Chi were there, and Ada sat with Ben."""
    found = gathering(
        makers, title="An evening on benefits", starts_at=EVENING, ends_at=EVENING + timedelta(hours=3)
    )
    found.hosts.add(ada)
    found.agenda.create(position=1, kind=AgendaItem.Kind.TALK, title="Benefits", length_minutes=60)
    for person in (ada, ben, chi):
        found.rsvps.create(person=person, status="going", checked_in_at=EVENING)
    one, other = sorted((ada, ben), key=lambda person: person.pk)
    Encounter.objects.create(circle=makers, gathering=found, round_number=1, one=one, other=other)
    return found


def mails_to(person, kind):
    return list(Mail.objects.filter(person=person, kind=kind).order_by("pk"))


def calendar_of(mail):
    """The calendar's part of a mail, as it leaves."""
    message = delivery._message(mail).message()
    (part,) = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    return part.get_payload(decode=True).decode()


def test_two_who_sat_at_a_table_keep_each_other_and_have_coffee(phone, evening, ada, ben, chi):
    with time_machine.travel(MORNING_AFTER) as clock:
        adas, bens = phone(ada), phone(ben)
        met = f"/connections/met/{evening.pk}/"
        bens.opens(evening.get_absolute_url())
        bens.presses(bens.link("Who did you meet?"))
        bens.does_not_see("Chi Chen")
        bens.presses(bens.page.locator(f"#say-{ada.pk}"))
        bens.sees("You said that you met. Nobody else knows.")
        bens.fills(bens.page.get_by_label("What we talked about"), "One page for the board")
        bens.presses(bens.button("Keep it"))

        adas.opens(met)
        adas.does_not_see("One page for the board")
        adas.presses(adas.page.locator(f"#say-{ben.pk}"))
        adas.sees("You both said so: you are connected")
        assert len(mails_to(ben, "connections/connected")) == 1

        bens.opens("/connections/")
        bens.sees("One page for the board")
        bens.sees(ada.email)
        bens.opens(f"/connections/{ada.pk}/")
        bens.opens(f"/connections/coffee/new/{ada.pk}/")
        first = MORNING_AFTER + timedelta(days=4)
        bens.fills(bens.page.locator("[name=first_at]"), first.strftime("%Y-%m-%dT%H:%M"))
        bens.fills(
            bens.page.locator("[name=second_at]"), (first + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
        )
        bens.fills(bens.page.locator("[name=place]"), "The station")
        bens.presses(bens.button("Ask"))

        (asked,) = mails_to(ada, "connections/coffee_asked")
        adas.opens(re.search(r"http\S+/connections/coffee/\d+/", asked.text)[0])
        adas.presses(adas.page.locator("button[name=time][value=second]"))
        for person in (ada, ben):
            (agreed,) = mails_to(person, "connections/coffee_agreed")
            assert "DTSTART;TZID=Europe/Stockholm:20261125T080000" in calendar_of(agreed)

        clock.move_to(first + timedelta(days=3))
        following_up.ask_all_due()
        (did_you,) = mails_to(ben, "connections/coffee_met")
        for host in (adas, bens):
            host.signs_in()
            host.opens(re.search(r"http\S+/connections/coffee/\d+/", did_you.text)[0])
            host.presses(host.button("Yes, we met"))
            host.sees("You said yes.")
        # Nobody else finds anything of it.
        chis = phone(chi)
        for path in ("/connections/", f"/people/{ben.pk}/", evening.get_absolute_url()):
            chis.opens(path)
            chis.does_not_see("The station")
            chis.does_not_see("One page for the board")


@pytest.fixture
def next_time(makers, gathering):
    return gathering(makers, title="An evening on risk", starts_at=EVENING + timedelta(days=28))


@pytest.fixture
def collected(evening, ada):
    """What the room poured out last night: six notes of a fishbowl."""
    item = evening.agenda.create(
        position=2, kind=AgendaItem.Kind.FORMAT, title="What survives", length_minutes=40
    )
    adopting.adopt(AgendaItem.objects.get(pk=item.pk), "fishbowl", by=ada)
    room = Room.objects.create(gathering=Gathering.objects.get(pk=evening.pk), code="KAFFE-42")
    pot = room.pots.create(
        item=item, ask="What will you do?", present_count=6, fewest_present=5, fewest_notes=3, state="poured"
    )
    for number in range(5):
        pot.notes.create(text=f"Takeaway {number}", nullifier=str(number))
    pot.notes.create(text="Do as Chi Chen does", nullifier="named")


def test_an_evening_becomes_a_recap_that_leads_to_the_next(
    phone, evening, next_time, collected, ada, chi, ben
):
    with time_machine.travel(MORNING_AFTER) as clock:
        host = phone(ada)
        host.opens(evening.get_absolute_url())
        host.presses(host.link("Write the recap"))
        host.presses(host.button("Begin a draft from the room"))
        host.sees("Takeaway 3")
        # Names of people who were there stand beside the text before anything is published.
        host.sees("Chi Chen")
        text = host.page.locator("textarea[name=text]")
        if not text.count():
            host.presses(host.link("Edit"))
        host.fills(text, text.input_value().replace("Do as Chi Chen does", "Ask before the first meeting"))
        host.presses(host.button("Save"))
        host.presses(host.button("Publish"))
        host.sees("This story is public")

        # Whoever was there adds a line, without a name.
        chis = phone(chi)
        chis.opens(host.page.url)
        chis.presses(chis.link("Add your line"))
        chis.fills(chis.page.locator("[name=line]"), "I will ask first")
        chis.presses(chis.button("Add it"))
        visitor = phone()
        clock.shift(timedelta(minutes=2))
        visitor.opens(host.page.url)
        visitor.sees("Ask before the first meeting")
        visitor.sees("I will ask first")
        visitor.does_not_see("Chi Chen")

        bens = phone(ben)
        bens.opens(host.page.url)
        bens.presses(bens.link("An evening on risk"))
        bens.presses(bens.page.locator("form[action$='/rsvp/'] button").first)
        assert next_time.rsvps.filter(person=ben, status="going").exists()


def test_a_guest_comments_and_is_let_through(phone, evening, ada):
    with time_machine.travel(MORNING_AFTER) as clock:
        author = phone(ada)
        author.opens("/stories/new/?circle=makers")
        author.fills(author.page.locator("[name=title]"), "The project we stopped")
        author.fills(author.page.locator("[name=text]"), "We stopped it, and nobody missed it.")
        author.presses(author.button("Keep as a draft"))
        author.presses(author.button("Publish"))
        story = author.page.url

        guest = phone()
        guest.opens(story)
        guest.fills(guest.page.locator("[name=text]"), "We stopped two, and had a party.")
        guest.fills(guest.page.locator("[name=name]"), "Pim de Wit")
        guest.fills(guest.page.locator("[name=email]"), "pim@example.net")
        guest.ticks(guest.page.locator("[name=is_told]"))
        guest.presses(guest.button("Send the comment"))
        guest.opens(story)
        guest.does_not_see("had a party")

        (waits,) = mails_to(ada, "stories/comment_waits")
        assert "pim@example.net" not in waits.text
        author.opens(story)
        author.presses(author.link("1 comment waits for you."))
        author.sees("had a party")
        author.does_not_see("pim@example.net")
        author.presses(author.button("Let it through"))

        clock.shift(timedelta(minutes=2))
        guest.opens(story)
        guest.sees("We stopped two, and had a party.")
        guest.sees("Pim de Wit")
        guest.does_not_see("pim@example.net")
        # The one mail of theirs has left, and nothing of the address is kept.
        assert [mail.to for mail in sent.outbox if "pim@example.net" in mail.to] == [["pim@example.net"]]
        assert not Mail.objects.filter(address="pim@example.net").exists()


def test_a_year_becomes_hours_to_claim_and_a_page_for_ones_manager(phone, evening, ben, tmp_path):
    with time_machine.travel(MORNING_AFTER):
        bens = phone(ben)
        bens.opens("/growth/")
        bens.presses(bens.link("Add a certification"))
        bens.fills(bens.page.locator("[name=starts_on]"), "2026-01-01")
        bens.presses(bens.page.locator("main form button").last)
        bens.opens("/growth/")
        bens.presses(bens.link("An evening on benefits"))
        hours = bens.page.locator("[name=hours]").input_value()
        assert float(hours) == 1.0
        bens.fills(bens.page.locator("[name^=side_]").first, "0.75")
        bens.fills(bens.page.locator("[name=learned]"), "Ask who will miss it.")
        bens.presses(bens.page.locator("main form button").last)
        bens.sees("An evening on benefits")
        pasted = bens.page.locator("textarea[readonly], [readonly]").first.input_value()
        assert ("An evening on benefits" in pasted, "Ask who will miss it." in pasted) == (True, True)
        bens.opens("/growth/")
        bens.sees("1 of 60 PDU")

        bens.presses(bens.link("A page for my manager"))
        bens.fills(
            bens.page.locator("textarea[name=words]"), "I ask who will miss it, as Ada Andersson does."
        )
        bens.presses(bens.button("Save"))
        # Somebody is named: that is said before there is a paper.
        bens.sees("Ada Andersson")
        bens.fills(bens.page.locator("textarea[name=words]"), "I ask who will miss it.")
        bens.presses(bens.button("Save"))
        bens.sees("An evening on benefits")
        address = bens.page.locator("a[href$='year.pdf']").get_attribute("href")
        answer = bens.context.request.get(f"{bens.url}{address}")
        assert (answer.status, answer.headers["content-type"], answer.body()[:5]) == (
            200,
            "application/pdf",
            b"%PDF-",
        )

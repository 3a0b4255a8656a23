"""One's own calendar: only one's own gatherings, nothing of a closed circle, and an address that can be closed."""

from datetime import timedelta

import pytest
from django.utils.timezone import now
from icalendar import Calendar

from peerhood.gatherings import planning, rsvp
from peerhood.gatherings.calendars import feeds
from peerhood.gatherings.models import AgendaItem, CalendarFeed

pytestmark = pytest.mark.django_db


def address(token: str) -> str:
    return f"/gatherings/mine/{token}.ics"


def titles(answer) -> list[str]:
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(answer.content).walk("VEVENT")]


@pytest.fixture
def token(ben):
    return feeds.make(ben)


def test_it_shows_where_i_have_a_seat_and_what_i_host(makers, ben, chi, token, gathering, client):
    seated, hosted, not_mine = (
        gathering(makers, title=title) for title in ("Seated", "Hosted", "Somebody else's")
    )
    rsvp.attend(seated, ben)
    rsvp.attend(not_mine, chi)
    hosted.hosts.add(ben)
    assert titles(client.get(address(token))) == ["Seated", "Hosted"]


def test_whoever_waits_gets_no_entry(supper, ben, chi, token, client):
    rsvp.attend(supper, chi)
    rsvp.attend(supper, ben)
    assert titles(client.get(address(token))) == []
    rsvp.withdraw(supper, chi)
    assert titles(client.get(address(token))) == ["Supper"]


def test_a_closed_circle_is_a_network_meeting_there(forum, ben, token, gathering, client):
    rsvp.attend(gathering(forum, title="Who buys whom", words="Secret"), ben)
    answer = client.get(address(token))
    assert titles(answer) == ["Network meeting"]
    assert not any(
        word in answer.text for word in ("Who buys whom", "Secret", "Gryningsforum", "Coffee on us")
    )


def test_a_confidential_room_is_a_network_meeting_there(makers, ben, token, gathering, client):
    meeting = gathering(makers, title="Layoffs")
    meeting.agenda.create(
        position=1,
        kind="talk",
        title="X",
        length_minutes=5,
        confidentiality=AgendaItem.Confidentiality.CONFIDENTIAL,
    )
    rsvp.attend(meeting, ben)
    assert titles(client.get(address(token))) == ["Network meeting"]


def test_what_is_cancelled_says_so(makers, ada, ben, token, gathering, client):
    meeting = gathering(makers, title="Off")
    rsvp.attend(meeting, ben)
    planning.cancel(meeting, by=ada)
    (event,) = Calendar.from_ical(client.get(address(token)).content).walk("VEVENT")
    assert (str(event["SUMMARY"]), event["STATUS"]) == ("Off", "CANCELLED")


def test_it_tells_no_other_page_where_it_came_from(token, client):
    answer = client.get(address(token))
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex"


def test_an_unknown_address_is_not_found(token, client):
    for wrong in ("x", token[:-1], token + "x", CalendarFeed.objects.get().token_hash):
        assert client.get(address(wrong)).status_code == 404


def test_only_a_hash_is_kept_of_128_bits(token):
    assert len(token) == 22  # 16 bytes, six bits a letter
    assert token not in str(CalendarFeed.objects.values().get())


def test_a_new_address_makes_the_old_one_dead(token, ben, client):
    newer = feeds.make(ben)
    assert (client.get(address(token)).status_code, client.get(address(newer)).status_code) == (404, 200)


def test_a_closed_address_is_not_found(token, ben, client):
    feeds.revoke(ben)
    assert client.get(address(token)).status_code == 404


def test_another_main_address_makes_it_dead(token, ben, client):
    ben.email = "ben@elsewhere.example"
    ben.save()
    assert client.get(address(token)).status_code == 404
    client.force_login(ben)
    assert "Make an address" in client.get("/me/data/").text


def test_an_erased_person_has_none(token, ben, client):
    from peerhood.people.own_data import erasing

    erasing.erase(ben)
    assert client.get(address(token)).status_code == 404


def test_the_address_is_shown_once(ben, client):
    client.force_login(ben)
    shown = client.post("/me/data/calendar/").text
    found = shown.split("/gatherings/mine/")[1].split(".ics")[0]
    assert client.get(address(found)).status_code == 200
    assert "/gatherings/mine/" not in client.get("/me/data/").text
    client.post("/me/data/calendar/close/")
    assert client.get(address(found)).status_code == 404


def test_what_is_long_past_is_left_out(makers, ben, token, gathering, client):
    old = gathering(makers, title="Old", starts_at=now() - timedelta(days=400))
    old.rsvps.create(person=ben, status="going")
    assert titles(client.get(address(token))) == []

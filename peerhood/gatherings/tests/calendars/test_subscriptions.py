"""Calendars to follow: which there are, what each holds, and that nothing of a closed circle is in any."""

import re

import icalendar
import pytest
import vobject
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peerhood.circles.models import Circle, Membership
from peerhood.gatherings import rsvp
from peerhood.gatherings.calendars import feeds
from peerhood.gatherings.models import CoHosting
from peerhood.platform import stamps

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000/gatherings/"


@pytest.fixture
def chapters(makers):
    """Makers is a network: a chapter in the north, and a closed one."""

    def chapter(name, **fields):
        fields = {"language": "en", "time_zone": "Europe/Stockholm", "parent": makers} | fields
        return Circle.objects.create(name=name, slug=name.lower(), **fields)

    return chapter("North"), chapter("Cellar", kind=Circle.Kind.INVITATION_ONLY)


def titles(answer):
    """By two readers, which must agree."""
    ours = [str(event["summary"]) for event in icalendar.Calendar.from_ical(answer.content).walk("VEVENT")]
    theirs = vobject.readOne(answer.content.decode()).contents.get("vevent", [])
    assert [event.summary.value for event in theirs] == ours
    return ours


def addresses_on(page):
    return re.findall(r'readonly value="([^"]+)"', page.text)


def test_a_networks_feed_holds_its_own_and_its_chapters_gatherings(client, supper, chapters, gathering, dot):
    north, cellar = chapters
    gathering(north, title="In the north")
    gathering(cellar, title="Canary in the cellar")
    gathering(Circle.objects.create(name="Other", slug="other", language="en", time_zone="Europe/Stockholm"))
    assert titles(client.get("/gatherings/feed/network/makers.ics")) == ["Supper", "In the north"]
    assert titles(client.get("/gatherings/feed/makers.ics")) == ["Supper"]
    assert titles(client.get("/gatherings/feed/north.ics")) == ["In the north"]


def test_a_closed_chapter_that_holds_one_with_another_circle_brings_nothing_in(
    client, makers, chapters, gathering, ada
):
    other = Circle.objects.create(name="Other", slug="other", language="en", time_zone="Europe/Stockholm")
    held = gathering(other, title="Held with the cellar")
    CoHosting.objects.create(gathering=held, circle=chapters[1], state="agreed", asked_by=ada)
    assert titles(client.get("/gatherings/feed/network/makers.ics")) == []
    CoHosting.objects.create(gathering=held, circle=chapters[0], state="agreed", asked_by=ada)
    stamps.bump("calendars")
    assert titles(client.get("/gatherings/feed/network/makers.ics")) == ["Held with the cellar"]


def test_a_closed_circle_has_neither_feed_nor_page_for_those_outside(client, forum, dot, ben):
    paths = [
        "/gatherings/feed/gryningsforum.ics",
        "/gatherings/feed/network/gryningsforum.ics",
        "/gatherings/calendars/?circle=gryningsforum",
    ]
    unknown = [path.replace("gryningsforum", "unknown") for path in paths]
    assert [client.get(path).status_code for path in (*paths, *unknown)] == [404] * 6
    client.force_login(dot)
    assert client.get(paths[2]).status_code == 404
    client.force_login(ben)
    page = client.get(paths[2])
    assert addresses_on(page) == [f"{SITE}feed.ics"]
    assert "A closed circle has no calendar of its own" in page.text


def test_a_feed_is_published_without_attendees_and_says_how_often_to_look(client, supper, ben):
    rsvp.attend(supper, ben)
    for path in ("feed.ics", "feed/makers.ics", "feed/network/makers.ics", f"mine/{feeds.make(ben)}.ics"):
        answer = client.get(f"/gatherings/{path}")
        calendar = icalendar.Calendar.from_ical(answer.content)
        assert titles(answer) == ["Supper"]
        assert str(calendar["method"]) == "PUBLISH"
        assert not any(word in answer.text for word in ("ATTENDEE", "ORGANIZER", "Ben", "ben@"))
        assert "\r\nREFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n" in answer.text
        assert "\r\nX-PUBLISHED-TTL:PT12H\r\n" in answer.text


def test_ones_own_feed_that_has_not_changed_is_not_sent_again(client, supper, ben):
    rsvp.attend(supper, ben)
    path = f"/gatherings/mine/{feeds.make(ben)}.ics"
    etag = client.get(path)["ETag"]
    again = client.get(path, headers={"If-None-Match": etag})
    assert (again.status_code, again.content, again["Cache-Control"]) == (304, b"", "private, no-store")
    rsvp.withdraw(supper, ben)
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 200


def test_a_networks_feed_that_has_not_changed_is_not_sent_again(client, supper, minute_stands):
    etag = client.get("/gatherings/feed/network/makers.ics")["ETag"]
    headers = {"If-None-Match": etag}
    assert client.get("/gatherings/feed/network/makers.ics", headers=headers).status_code == 304


def queries_of(client, path):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_a_feed_of_one_and_of_four_asks_equally_often(client, makers, chapters, gathering, ben):
    token = feeds.make(ben)
    paths = ["/gatherings/feed/network/makers.ics", f"/gatherings/mine/{token}.ics"]
    rsvp.attend(gathering(makers), ben)
    # A signed-in reader's is never a kept one.
    client.force_login(ben)
    before = [queries_of(client, path) for path in paths]
    for circle in (makers, chapters[0], makers):
        if circle != makers:
            circle.memberships.create(person=ben)
        rsvp.attend(gathering(circle), ben)
    assert [queries_of(client, path) for path in paths] == before


def test_a_kept_feed_asks_for_its_stamp_alone(client, supper):
    client.get("/gatherings/feed/network/makers.ics")
    assert queries_of(client, "/gatherings/feed/network/makers.ics") == 1


# Where they are to be had


def test_a_visitor_finds_the_public_one_and_the_one_they_came_for(client, makers):
    assert addresses_on(client.get("/gatherings/calendars/")) == [f"{SITE}feed.ics"]
    page = client.get("/gatherings/calendars/?circle=makers")
    assert addresses_on(page) == [f"{SITE}feed/makers.ics", f"{SITE}feed.ics"]
    assert 'href="webcal://127.0.0.1:8000/gatherings/feed/makers.ics"' in page.text


def test_a_member_finds_those_of_their_circles_and_networks_and_the_way_to_their_own(
    client, chapters, forum, ben
):
    for circle in chapters:
        circle.memberships.create(person=ben)
    client.force_login(ben)
    page = client.get("/gatherings/calendars/")
    assert addresses_on(page) == [
        f"{SITE}feed/makers.ics",
        f"{SITE}feed/north.ics",
        f"{SITE}feed/network/makers.ics",
        f"{SITE}feed.ics",
    ]
    assert 'href="/me/data/#calendar"' in page.text
    assert "cellar" not in page.text.lower()


def test_from_a_chapter_its_network_is_found(client, chapters):
    page = client.get("/gatherings/calendars/?circle=north")
    assert addresses_on(page) == [
        f"{SITE}feed/north.ics",
        f"{SITE}feed/network/makers.ics",
        f"{SITE}feed.ics",
    ]


def test_the_list_and_the_circles_page_lead_there(client, supper, forum, ben):
    assert 'href="/gatherings/calendars/"' in client.get("/gatherings/").text
    for path in ("/gatherings/?circle=makers", "/circles/makers/"):
        assert 'href="/gatherings/calendars/?circle=makers"' in client.get(path).text
    client.force_login(ben)
    assert "/gatherings/calendars/" not in client.get("/circles/gryningsforum/").text


def test_the_page_asks_equally_often_for_one_circle_and_for_three(client, makers, ben):
    client.force_login(ben)
    before = queries_of(client, "/gatherings/calendars/")
    for name in ("One", "Two"):
        circle = Circle.objects.create(
            name=name, slug=name.lower(), language="en", time_zone="Europe/Stockholm"
        )
        circle.memberships.create(person=ben, role=Membership.Role.MEMBER)
    assert queries_of(client, "/gatherings/calendars/") == before


def test_ones_own_address_can_be_opened_in_a_calendar(client, ben):
    client.force_login(ben)
    shown = client.post("/me/data/calendar/").text
    assert re.search(r'href="webcal://127\.0\.0\.1:8000/gatherings/mine/[\w-]{22}\.ics"', shown)

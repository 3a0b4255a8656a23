"""Being found: what a public gathering tells search engines and shared links, and what no other one does."""

import json
import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.utils.timezone import now
from PIL import Image, ImageDraw

from peerhood.circles.models import Circle
from peerhood.gatherings import planning
from peerhood.gatherings.being_found import card, picture
from peerhood.gatherings.models import AgendaItem, CoHosting, Gathering

pytestmark = pytest.mark.django_db
RULES = [level for level in AgendaItem.Confidentiality if level != AgendaItem.Confidentiality.OPEN]
# What is told outside, by the words that stand on the page.
TOLD = (
    "application/ld+json",
    "og:title",
    "og:image",
    'rel="canonical"',
    'name="description"',
    "linkedin.com",
    "mailto:",
)


@pytest.fixture
def talk(makers, gathering):
    return gathering(
        makers,
        title="Benefits",
        purpose="You leave with one page.",
        online_url="https://call.example.org/canary",
    )


def page_of(client, gathering, person=None):
    if person:
        client.force_login(person)
    return client.get(gathering.get_absolute_url()).text


def event_on(page):
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(found[1]) if found else None


def told(page):
    return [words for words in TOLD if words in page]


def item(gathering, confidentiality):
    gathering.agenda.create(
        position=1, kind="talk", title="Talk", length_minutes=30, confidentiality=confidentiality
    )


# The event


def test_a_public_gathering_is_told_as_an_event(client, talk, makers):
    Gathering.objects.filter(pk=talk.pk).update(address="Kungsgatan 1", room_taken=3)
    event = event_on(page_of(client, talk))
    address = f"http://127.0.0.1:8000/gatherings/{talk.pk}/"
    starts_at = talk.starts_at.astimezone(talk.zone)
    assert event == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "Benefits",
        "description": "You leave with one page.",
        "startDate": starts_at.isoformat(),
        "endDate": (starts_at + timedelta(hours=4)).isoformat(),
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {"@type": "Place", "name": "Coffee on us, third floor", "address": "Kungsgatan 1"},
        "organizer": [
            {"@type": "Organization", "name": "Makers", "url": "http://127.0.0.1:8000/circles/makers/"}
        ],
        "maximumAttendeeCapacity": 20,
        "remainingAttendeeCapacity": 17,
        "isAccessibleForFree": True,
        "inLanguage": "en",
        "url": address,
        "image": f"{address}card.png?v=0",
    }
    assert re.search(r"[+-]\d\d:\d\d$", event["startDate"])


@pytest.mark.parametrize(
    ("mode", "attendance", "places"),
    [
        ("in-person", "OfflineEventAttendanceMode", ["Place"]),
        ("online", "OnlineEventAttendanceMode", ["VirtualLocation"]),
        ("hybrid", "MixedEventAttendanceMode", ["Place", "VirtualLocation"]),
    ],
)
def test_where_it_is_is_told_and_never_the_link_to_join(client, talk, ada, mode, attendance, places):
    Gathering.objects.filter(pk=talk.pk).update(mode=mode)
    page = page_of(client, talk)
    event = event_on(page)
    location = event["location"] if isinstance(event["location"], list) else [event["location"]]
    assert event["eventAttendanceMode"] == f"https://schema.org/{attendance}"
    assert [place["@type"] for place in location] == places
    assert "canary" not in page
    # Whoever runs it reads the link on the page; the event does not say it, even then.
    page = page_of(client, talk, ada)
    assert ("canary" in page, "canary" in json.dumps(event_on(page))) == (mode != "in-person", False)


def test_what_became_of_it_is_told(client, talk, ada):
    status = lambda: event_on(page_of(client, talk))["eventStatus"].rpartition("/")[2]  # noqa: E731
    planning.edit(talk, by=ada, version=0, starts_at=talk.starts_at + timedelta(days=1))
    Gathering.objects.filter(pk=talk.pk).update(sequence=1)
    assert status() == "EventRescheduled"
    client.cookies["language"] = "sv"
    Gathering.objects.filter(pk=talk.pk).update(state="moved-online")
    client.force_login(ada)
    assert status() == "EventMovedOnline"
    planning.cancel(talk, by=ada)
    assert status() == "EventCancelled"
    assert "linkedin" not in page_of(client, talk)


def test_a_title_cannot_end_the_script_it_stands_in(client, talk):
    Gathering.objects.filter(pk=talk.pk).update(title="</script><script>alert(1)</script><!-- & “fika”")
    page = page_of(client, talk)
    assert event_on(page)["name"] == "</script><script>alert(1)</script><!-- & “fika”"
    assert "<script>alert" not in page
    assert page.count("</script>") == page.count("<script")


def test_nothing_that_runs_stands_in_the_page(client, talk):
    page = page_of(client, talk)
    assert re.findall(r"<script(?! type=\"application/ld\+json\">)", page) == []
    response = client.get(talk.get_absolute_url())
    assert "script-src 'self'" in response["Content-Security-Policy"]


def test_links_pass_it_on_without_a_script(client, talk):
    page = page_of(client, talk)
    address = f"http://127.0.0.1:8000/gatherings/{talk.pk}/"
    assert (
        f'href="https://www.linkedin.com/sharing/share-offsite/?url=http%3A%2F%2F127.0.0.1%3A8000%2Fgatherings%2F{talk.pk}%2F"'
        in page
    )
    assert f'readonly value="{address}"' in page
    assert 'href="mailto:?subject=Benefits&amp;body=Benefits%0A' in page
    Gathering.objects.filter(pk=talk.pk).update(
        starts_at=now() - timedelta(days=2), ends_at=now() - timedelta(days=1)
    )
    assert "linkedin" not in client.get(f"{talk.get_absolute_url()}?again").text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "You leave with one page."),
        (
            {"purpose": "", "words": "**Bring** [a page](https://example.org), & a pen"},
            "Bring a page, & a pen",
        ),
        ({"purpose": "", "words": ""}, "People who run a project office alone."),
    ],
)
def test_it_is_described_by_why_they_gather_else_by_the_hosts_words_else_by_the_circle(
    client, talk, fields, said
):
    Gathering.objects.filter(pk=talk.pk).update(**fields)
    assert event_on(page_of(client, talk))["description"] == said


# Nothing of any other


def test_control_a_public_gathering_is_told_in_every_way(client, talk):
    page = page_of(client, talk)
    assert told(page) == list(TOLD)
    assert "noindex" not in page
    assert client.get(f"/gatherings/{talk.pk}/card.png").status_code == 200


@pytest.mark.parametrize("level", RULES)
def test_nothing_is_told_of_one_with_something_under_a_rule(client, talk, ada, level):
    item(talk, level)
    for person in (None, ada):
        page = page_of(client, talk, person)
        assert told(page) == []
        assert '<meta name="robots" content="noindex">' in page
        assert client.get(f"/gatherings/{talk.pk}/card.png").status_code == 404


@pytest.mark.parametrize("kind", [Circle.Kind.INVITATION_ONLY, Circle.Kind.IN_HOUSE])
def test_nothing_is_told_of_a_closed_circles_even_to_its_members(client, talk, makers, ada, kind):
    Circle.objects.filter(pk=makers.pk).update(kind=kind)
    page = page_of(client, talk, ada)
    assert "Benefits" in page
    assert told(page) == []
    assert '<meta name="robots" content="noindex">' in page
    assert client.get(f"/gatherings/{talk.pk}/card.png").status_code == 404


@pytest.mark.parametrize("fields", [{"state": "draft"}, {"state": "cancelled", "published_at": None}])
def test_nothing_is_told_of_a_draft(client, talk, ada, fields):
    Gathering.objects.filter(pk=talk.pk).update(**fields)
    page = page_of(client, talk, ada)
    assert "Benefits" in page
    assert told(page) == []
    assert client.get(f"/gatherings/{talk.pk}/card.png").status_code == 404


def test_a_closed_circle_that_holds_it_too_is_no_organiser_of_the_event(client, talk, forum, ada):
    CoHosting.objects.create(gathering=talk, circle=forum, state=CoHosting.State.AGREED, asked_by=ada)
    # Ada belongs to both, and reads both names on the page.
    page = page_of(client, talk, ada)
    assert "Gryningsforum" in page
    assert [circle["name"] for circle in event_on(page)["organizer"]] == ["Makers"]
    assert "Gryningsforum" not in page.split("</head>")[0]


# The card


def test_the_card_is_a_picture_as_shared_links_want_it(client, talk):
    response = client.get(f"/gatherings/{talk.pk}/card.png")
    picture = Image.open(BytesIO(response.content))
    assert (response["Content-Type"], picture.format, picture.size) == ("image/png", "PNG", (1200, 630))
    assert len(response.content) < 60_000


def test_the_card_is_made_once_and_again_when_something_changes(client, talk, ada, minute_stands):
    address = f"/gatherings/{talk.pk}/card.png"
    first = client.get(address)
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    planning.edit(talk, by=ada, version=0, title="Another title")
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (changed.status_code, changed["ETag"] != first["ETag"]) == (200, True)


@pytest.mark.parametrize(
    "title", ["Fika", "Benefits that survive go-live " * 4, "Ö" * 120, "李 in Norrköping"]
)
def test_a_long_title_is_wrapped_and_shrinks_until_all_of_it_is_on_the_card(talk, title):
    pen = ImageDraw.Draw(Image.new("RGB", (10, 10)))
    lines, size = picture.fitted(pen, title[:120], width=card.TEXT_WIDTH)
    assert [
        line for line in lines if pen.textlength(line, picture.font("fraunces", size)) > card.TEXT_WIDTH
    ] == []
    assert len(lines) * size * picture.LEADING <= picture.TITLE_HEIGHT
    assert "".join("".join(lines).split()) == "".join(title[:120].split()).replace("李", "?")

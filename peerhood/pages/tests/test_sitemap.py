"""The sitemap: every page that may be told outside, and no other."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from peerhood.circles.models import Circle
from peerhood.gatherings.models import AgendaItem, Gathering
from peerhood.pages import sitemap
from peerhood.stories.models import Story

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
RULES = [level for level in AgendaItem.Confidentiality if level != AgendaItem.Confidentiality.OPEN]


@pytest.fixture
def story(makers, supper, ada):
    return Story.objects.create(
        circle=makers,
        gathering=supper,
        author=ada,
        title="What we learned",
        slug="what-we-learned",
        text="Much.",
        language="en",
        published_at=now(),
    )


def found(client, query=""):
    # A query string of its own each time: a visitor's page is kept.
    text = client.get(f"/sitemap.xml?again={now().timestamp()}{query}").text
    return [address.removeprefix(SITE) for address in re.findall("<loc>(.*?)</loc>", text)]


def test_it_lists_public_circles_gatherings_and_stories(client, story, supper):
    response = client.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    assert response.text.startswith('<?xml version="1.0"')
    assert found(client) == ["/circles/makers/", f"/gatherings/{supper.pk}/", "/stories/what-we-learned/"]


def test_robots_are_told_where_it_is_and_where_nothing_is_for_them(client):
    text = client.get("/robots.txt").text
    assert f"Sitemap: {SITE}/sitemap.xml\n" in text
    assert "Disallow: /people/\n" in text


def test_nothing_of_a_closed_circle_is_in_it(client, story, supper, makers):
    Circle.objects.filter(pk=makers.pk).update(kind=Circle.Kind.INVITATION_ONLY)
    assert found(client) == []


@pytest.mark.parametrize("level", RULES)
def test_neither_a_gathering_with_something_under_a_rule_nor_its_story_is_in_it(client, story, supper, level):
    supper.agenda.create(position=1, kind="talk", title="Talk", length_minutes=30, confidentiality=level)
    assert found(client) == ["/circles/makers/"]


@pytest.mark.parametrize(
    "fields", [{"state": "draft"}, {"state": "cancelled"}, {"state": "cancelled", "published_at": None}]
)
def test_neither_a_draft_nor_what_was_called_off_is_in_it(client, supper, fields):
    Gathering.objects.update(**fields)
    assert found(client) == ["/circles/makers/"]


def test_a_story_that_is_not_published_is_not_in_it(client, story):
    for published_at in (None, now() + timedelta(days=1)):
        Story.objects.update(published_at=published_at)
        assert "/stories/what-we-learned/" not in found(client)


def test_beyond_so_many_there_is_an_index_of_pages(client, story, makers, gathering, monkeypatch):
    for number in range(4):
        gathering(makers, title=f"Gathering {number}")
    whole = found(client)
    monkeypatch.setattr(sitemap, "PER_PAGE", 3)
    assert found(client) == [f"/sitemap.xml?page={number}" for number in (1, 2, 3)]
    assert [address for number in (1, 2, 3) for address in found(client, f"&page={number}")] == whole
    assert len(whole) == 7


@pytest.mark.parametrize("page", ["0", "2", "-1", "x", "9" * 20])
def test_a_page_there_is_not_is_not_found(client, supper, page):
    assert client.get(f"/sitemap.xml?page={page}").status_code == 404


def test_three_and_three_hundred_cost_the_same_queries(client, makers, gathering):
    counts = []
    for number in range(300):
        if number in (3, 299):
            with CaptureQueriesContext(connection) as captured:
                client.get(f"/sitemap.xml?of={number}")
            counts.append(len(captured))
        gathering(makers, title=f"Gathering {number}")
    # Three to count, two to read (there are no stories), one for the stamp.
    assert counts[0] == counts[1] <= 7

"""Feeds tell what everybody may read, with names and days, and nothing that is told without them."""

from xml.etree import ElementTree

import pytest

from peerhood.stories import publishing

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def titles(client, asked=""):
    feed = ElementTree.fromstring(client.get(f"/stories/feed/{asked}").content)
    return [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]


@pytest.fixture
def bread(makers, ben):
    story = publishing.write_in(makers, by=ben, title="Bread & <b>", text="x", topics=["Soup"])
    return publishing.publish(story, by=ben)


def test_there_is_one_of_all_of_a_circle_a_topic_and_an_author(client, told, bread, ada, ben):
    assert titles(client) == ["Bread & <b>", "What we ate"]
    assert titles(client, "?circle=makers") == ["Bread & <b>", "What we ate"]
    assert titles(client, "?topic=soup") == ["Bread & <b>"]
    assert titles(client, f"?author={ada.pk}") == ["What we ate"]
    for asked in ("?circle=none", "?topic=none", "?author=x", f"?author={10**30}"):
        assert client.get(f"/stories/feed/{asked}").status_code == 404


def test_what_is_told_without_names_or_for_members_is_in_none(client, as_, told, bread, ada, ben):
    told.gathering.agenda.create(
        position=9, kind="talk", title="Talk", length_minutes=5, confidentiality="chatham"
    )
    publishing.edit(bread, by=ben, version=0, is_members_only=True)
    assert titles(as_(ben)) == []
    assert client.get(f"/stories/feed/?author={ada.pk}").status_code == 404
    assert client.get("/stories/feed/?topic=soup").status_code == 404


def test_a_closed_circle_has_none(as_, ada, forum):
    assert as_(ada).get(f"/stories/feed/?circle={forum.slug}").status_code == 404


def test_pages_say_where_their_feed_is(client, bread, ben):
    for path, asked in (
        ("/stories/?circle=makers", "?circle=makers"),
        ("/stories/topics/soup/", "?topic=soup"),
        (f"/stories/by/{ben.pk}/", f"?author={ben.pk}"),
    ):
        assert f'type="application/atom+xml" href="/stories/feed/{asked}"' in client.get(path).text

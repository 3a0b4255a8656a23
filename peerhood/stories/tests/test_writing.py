"""A member writes a story about no gathering: for whom, with which settings, and who reads it before it is out."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localtime, now

from peerhood.journal.models import Entry
from peerhood.people import affiliations
from peerhood.platform import stamps
from peerhood.platform.refusals import Refusal
from peerhood.search import indexing
from peerhood.search.finding import find
from peerhood.stories import publishing, reviewing, searching
from peerhood.stories.models import Story

pytestmark = pytest.mark.django_db
FORM = {"title": "How we count", "teaser": "Slowly.", "text": "By hand."}


@pytest.fixture
def counted(makers, ben):
    return publishing.write_in(makers, by=ben, title="How we count", text="By hand.", teaser="Slowly.")


@pytest.fixture
def read_first(makers, ada):
    return reviewing.arrange(makers, by=ada, reviews_first=True)


def happened(name):
    return Entry.objects.filter(name=name).count()


def test_a_member_writes_for_their_circle_and_publishes(as_, ben, makers):
    browser = as_(ben)
    assert browser.get("/stories/new/").url == "/stories/new/?circle=makers"
    written = browser.post("/stories/new/?circle=makers", FORM)
    story = Story.objects.get()
    assert (written.url, story.author, story.gathering, story.is_published()) == (
        "/stories/how-we-count/",
        ben,
        None,
        False,
    )
    browser.post("/stories/how-we-count/publication/")
    assert Story.objects.get().is_published()


def test_outsiders_do_not_write_for_it(as_, dot, makers):
    assert as_(dot).get("/stories/new/?circle=makers").status_code == 403
    with pytest.raises(PermissionDenied):
        publishing.write_in(makers, by=dot, title="x", text="x")
    assert "you belong to none yet" in as_(dot).get("/stories/new/").text


def test_who_is_in_two_circles_is_asked_for_which(as_, ada, makers, forum):
    page = as_(ada).get("/stories/new/").text
    assert ("?circle=makers" in page, f"?circle={forum.slug}" in page) == (True, True)


def test_another_employer_changes_nothing_in_the_byline(as_, client, ben, makers):
    job = affiliations.add(ben, "Havsrud AB", title="Head of PMO")
    desk = as_(ben).get("/stories/new/?circle=makers").text
    assert "Head of PMO, Havsrud AB</textarea>" in desk
    as_(ben).post(
        "/stories/new/?circle=makers", FORM | {"affiliations": "Head of PMO, Havsrud AB\nBoard, Sol"}
    )
    publishing.publish(Story.objects.get(), by=ben)
    affiliations.remove(job, by=ben)
    affiliations.add(ben, "Norrkraft")
    client.logout()
    page = client.get("/stories/how-we-count/").text
    assert [
        said for said in ("Head of PMO, Havsrud AB", "Board, Sol", "About the author") if said not in page
    ] == []
    assert "Norrkraft" not in page


def test_a_story_that_stands_elsewhere_says_where_it_was_first(client, as_, ben, counted):
    publishing.edit(counted, by=ben, version=0, canonical_url="https://example.org/first")
    publishing.publish(counted, by=ben)
    page = client.get("/stories/how-we-count/").text
    assert '<link rel="canonical" href="https://example.org/first">' in page
    assert "Published first at" in page


# For members only


@pytest.fixture
def inside(counted, ben):
    publishing.edit(counted, by=ben, version=0, is_members_only=True, topics=["Counting"])
    return publishing.publish(counted, by=ben)


def places_of_it(browser):
    paths = ("/stories/", "/", f"/stories/by/{Story.objects.get().author_id}/")
    paths += ("/stories/topics/", "/stories/topics/counting/", "/search/?q=count", "/stories/how-we-count/")
    pages = {path: browser.get(path).text for path in paths}
    return [path for path, page in pages.items() if ">How we count" in page or ">Counting" in page]


def test_what_is_for_members_is_nowhere_for_anybody_else(client, as_, ben, chi, dot, inside):
    indexing.write(searching.KIND, [inside.pk])
    everywhere = places_of_it(as_(chi))
    client.logout()
    outside = places_of_it(as_(dot))
    client.logout()
    outside += [*places_of_it(client), client.get("/stories/how-we-count/").status_code]
    assert ("/stories/how-we-count/" in everywhere, "/stories/topics/counting/" in everywhere) == (True, True)
    assert (outside, "how-we-count" in client.get("/sitemap.xml").text) == ([404], False)
    assert find("count", ["public"], kind=searching.KIND).count == 0


def test_control_the_same_story_for_all_is_found(client, ben, inside):
    publishing.edit(inside, by=ben, version=1, is_members_only=False)
    indexing.write(searching.KIND, [inside.pk])
    assert len(places_of_it(client)) >= 6
    assert find("count", ["public"], kind=searching.KIND).count == 1
    assert "how-we-count" in client.get("/sitemap.xml").text


def test_a_story_for_members_is_not_passed_on_and_not_described(as_, chi, inside):
    page = as_(chi).get("/stories/how-we-count/").text
    assert ("For members" in page, "noindex" in page) == (True, True)
    assert [said for said in ("linkedin", 'name="description"') if said in page] == []


# At a time to come


def test_a_story_with_a_time_is_published_once_when_it_has_come(client, ben, counted):
    at = now() + timedelta(hours=2)
    story = publishing.publish(counted, by=ben, at=at)
    publishing.announce_all_due()
    assert (happened("story.published"), stamps.current("stories")) == (0, 0)
    assert (client.get("/stories/how-we-count/").status_code, story.is_published()) == (404, False)
    assert find("count", ["public"], kind=searching.KIND).count == 0
    Story.objects.update(published_at=now() - timedelta(seconds=1))
    for _twice in range(2):
        publishing.announce_all_due()
    assert (happened("story.published"), stamps.current("stories")) == (1, 1)
    assert client.get("/stories/how-we-count/").status_code == 200


def test_a_time_can_be_taken_back(ben, counted):
    publishing.publish(counted, by=ben, at=now() + timedelta(hours=2))
    publishing.unpublish(counted, by=ben)
    Story.objects.filter(is_scheduled=True).update(published_at=now())
    publishing.announce_all_due()
    assert (Story.objects.get().published_at, happened("story.published")) == (None, 0)


def test_the_page_takes_a_time_and_says_it(as_, ben, counted):
    at = localtime(now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    as_(ben).post("/stories/how-we-count/publication/", {"at": at})
    assert "It will be published on" in as_(ben).get("/stories/how-we-count/").text
    assert "how-we-count" in as_(ben).get("/stories/").text


def test_a_time_that_is_none_publishes_nothing(as_, ben, counted):
    as_(ben).post("/stories/how-we-count/publication/", {"at": "soon"})
    assert Story.objects.get().published_at is None


# Editors


def test_where_an_editor_reads_first_writers_hand_in_and_editors_publish(
    as_, read_first, counted, ada, ben, mailoutbox
):
    with pytest.raises(PermissionDenied):
        publishing.publish(counted, by=ben)
    assert "Hand it in" in as_(ben).get("/stories/how-we-count/").text
    as_(ben).post("/stories/how-we-count/review/")
    reviewing.submit(counted, by=ben)
    assert list(ada.mails.values_list("kind", flat=True)) == ["stories/submitted"]
    assert "Waiting for an editor" in as_(ada).get("/stories/").text
    as_(ada).post("/stories/how-we-count/publication/", {"version": "0"})
    assert Story.objects.get().is_published()


def test_control_without_a_newsroom_the_writer_publishes(counted, ben):
    assert publishing.publish(counted, by=ben).is_published()


def test_an_editor_sends_it_back_with_a_word(as_, read_first, counted, ada, ben):
    reviewing.submit(counted, by=ben)
    as_(ada).post("/stories/how-we-count/review/send-back/", {"sent_back_with": "Which hand?"})
    assert list(ben.mails.values_list("kind", flat=True)) == ["stories/sent_back"]
    assert "Which hand?" in as_(ben).get("/stories/how-we-count/").text
    with pytest.raises(Refusal):
        reviewing.send_back(counted, by=ada, word="Again")
    reviewing.submit(counted, by=ben)
    assert "Which hand?" not in as_(ben).get("/stories/how-we-count/").text


def test_a_word_is_needed_to_send_it_back(as_, read_first, counted, ada, ben):
    reviewing.submit(counted, by=ben)
    as_(ada).post("/stories/how-we-count/review/send-back/", {"sent_back_with": ""})
    assert Story.objects.get().is_submitted()


def test_a_member_named_editor_reads_what_was_handed_in_and_no_other_draft(
    as_, makers, ada, ben, chi, counted
):
    reviewing.arrange(makers, by=ada, reviews_first=True, editors=[chi])
    assert as_(chi).get("/stories/how-we-count/").status_code == 404
    reviewing.submit(counted, by=ben)
    assert "Send it back" in as_(chi).get("/stories/how-we-count/").text
    assert publishing.publish(counted, by=chi).is_published()


def test_an_editor_who_left_the_circle_edits_no_more(makers, ada, ben, chi, counted):
    reviewing.arrange(makers, by=ada, reviews_first=True, editors=[chi])
    makers.memberships.filter(person=chi).update(state="left")
    reviewing.submit(counted, by=ben)
    with pytest.raises(PermissionDenied):
        publishing.publish(counted, by=chi)
    assert not chi.mails.exists()


def test_what_changed_since_it_was_read_is_not_published(read_first, counted, ada, ben):
    reviewing.submit(counted, by=ben)
    publishing.edit(counted, by=ben, version=0, text="Otherwise.")
    with pytest.raises(Refusal, match="Read it again"):
        publishing.publish(counted, by=ada, version=0)


def test_what_an_editor_published_its_writer_takes_back_to_change(read_first, counted, ada, ben):
    reviewing.submit(counted, by=ben)
    publishing.publish(counted, by=ada)
    with pytest.raises(Refusal, match="Take it back to change it"):
        publishing.edit(counted, by=ben, version=0, text="Not read.")
    publishing.unpublish(counted, by=ben)
    assert publishing.edit(counted, by=ben, version=0, text="Not read.").text == "Not read."
    with pytest.raises(PermissionDenied):
        publishing.publish(counted, by=ben)


def test_organisers_arrange_the_newsroom_on_its_page(as_, makers, ada, ben, chi):
    assert as_(ben).post("/stories/newsroom/makers/", {}).status_code == 403
    as_(ada).post("/stories/newsroom/makers/", {"reviews_first": "on", "editors": [chi.pk]})
    assert (makers.newsroom.reviews_first, list(makers.newsroom.editors.all())) == (True, [chi])
    huge = as_(ada).post("/stories/newsroom/makers/", {"editors": ["9" * 40]})
    assert huge.status_code == 422

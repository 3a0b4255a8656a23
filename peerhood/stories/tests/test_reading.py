"""What stands beside a story: topics, authors, neighbours, what is related; and nothing of it where it is told without names."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from peerhood.gatherings.models import AgendaItem
from peerhood.people import searching as people
from peerhood.people import silence
from peerhood.search import indexing
from peerhood.stories import co_writing, publishing
from peerhood.stories.models import Story
from peerhood.themes import proposing
from peerhood.themes.models import Adoption

pytestmark = pytest.mark.django_db
RECAP = "/stories/what-we-ate/"


@pytest.fixture
def tell(makers, ben):
    """Ben tells a story, so many days ago: ``tell("Bread", 3, topics=["Soup"])``."""

    def publish(title, days_ago, by=ben, **fields):
        story = publishing.publish(
            publishing.write_in(makers, by=by, title=title, text="x " * 450, **fields), by=by
        )
        Story.objects.filter(pk=story.pk).update(published_at=now() - timedelta(days=days_ago))
        return Story.objects.get(pk=story.pk)

    return publish


@pytest.fixture
def ruled(told):
    told.gathering.agenda.create(
        position=9, kind="talk", title="Talk", length_minutes=5, confidentiality="chatham"
    )
    return told


def main(page):
    return page.text.split("<main")[1].split("</main>")[0]


def test_a_card_says_how_long_it_takes_to_read(client, tell):
    tell("Bread", 1)
    assert "2 minutes to read" in client.get("/stories/").text


def test_previous_and_next_are_the_neighbours_in_time(client, tell):
    for title, days_ago in (("First", 3), ("Second", 2), ("Third", 1)):
        tell(title, days_ago)
    page = main(client.get("/stories/second/"))
    assert ('href="/stories/first/" rel="prev"' in page, 'href="/stories/third/" rel="next"' in page) == (
        True,
        True,
    )
    assert 'rel="prev"' not in client.get("/stories/first/").text


def test_a_story_without_names_has_no_neighbours_and_is_none(client, tell, ruled):
    tell("Earlier", 1)
    tell("Earlier still", 2)
    assert [mark for mark in ('rel="prev"', 'rel="next"') if mark in client.get(RECAP).text] == []
    assert 'rel="next"' not in client.get("/stories/earlier/").text


def test_control_with_names_it_has(client, tell, told):
    tell("Earlier", 1)
    assert 'rel="prev"' in client.get(RECAP).text
    assert 'rel="next"' in client.get("/stories/earlier/").text


def test_an_author_has_a_page_of_what_the_reader_can_read(client, as_, ben, chi, tell):
    tell("For all", 1)
    tell("For us", 2, is_members_only=True)
    path = f"/stories/by/{ben.pk}/"
    page = client.get(path).text
    assert ("For all" in page, "For us" in page) == (True, False)
    assert "For us" in as_(chi).get(path).text


def test_who_signed_nothing_the_reader_can_read_has_no_page(client, ada, ben, tell):
    tell("For us", 2, is_members_only=True)
    assert {client.get(f"/stories/by/{pk}/").status_code for pk in (ben.pk, ada.pk, 10**20)} == {404}


def test_a_story_without_names_is_on_no_authors_page(client, ada, chi, ruled):
    assert client.get(f"/stories/by/{ada.pk}/").status_code == 404
    ruled.co_authors.create(person=chi, agreed_at=now(), affiliations="Sol AB")
    assert client.get(f"/stories/by/{chi.pk}/").status_code == 404
    page = main(client.get(RECAP))
    assert [
        said
        for said in ("Andersson", "Chi Chen", "Sol AB", "About the author", "linkedin", "mailto")
        if said in page
    ] == []


def test_control_with_names_it_is(client, ada, chi, told):
    told.co_authors.create(person=chi, agreed_at=now(), affiliations="Sol AB")
    assert client.get(f"/stories/by/{ada.pk}/").status_code == 200
    assert client.get(f"/stories/by/{chi.pk}/").status_code == 200
    page = main(client.get(RECAP))
    assert [
        said
        for said in ("Andersson", "Chi Chen", "Sol AB", "About the author", "linkedin")
        if said not in page
    ] == []


def test_whom_one_blocked_has_no_page_for_one(as_, ben, chi, tell):
    tell("For all", 1)
    silence.block(ben, chi)
    assert as_(chi).get(f"/stories/by/{ben.pk}/").status_code == 404


def test_a_story_is_passed_on_by_links_that_tell_nobody(client, tell):
    tell("Bread", 1)
    page = main(client.get("/stories/bread/"))
    assert ("linkedin.com" in page, "mailto:?subject=Bread" in page, "<script" in page) == (True, True, False)


# Topics


def test_a_topic_gathers_stories_gatherings_and_people(as_, client, told, tell, ada, ben, chi, makers):
    publishing.edit(told, by=ada, version=0, topics=["Soup"])
    tell("Bread", 1, topics=["soup", "Bread"])
    theme = proposing.propose(makers, ben, "Cold soup", "How?")
    other = type(told.gathering).objects.get(pk=told.gathering.pk)
    other.pk, other.uid, other.title = None, type(other)._meta.get_field("uid").get_default(), "Picnic"
    other.save()
    Adoption.objects.create(theme=theme, gathering=other)
    chi.ask_me_about = "Soup and stock"
    chi.would_learn = "Bread"
    chi.save()
    indexing.write(people.KIND, [chi.pk])
    page = main(as_(ada).get("/stories/topics/soup/"))
    for said in ("What we ate", "Bread", ">Supper<", ">Picnic<", "Chi Chen"):
        assert said in page
    assert "Chi Chen" not in main(as_(ada).get("/stories/topics/bread/"))
    client.logout()
    page = main(client.get("/stories/topics/soup/"))
    assert ("What we ate" in page, "Picnic" in page, "Chi Chen" in page) == (True, False, False)


def test_a_topic_does_not_say_at_which_gathering_a_story_without_names_was(client, ruled, ada):
    publishing.edit(ruled, by=ada, version=0, topics=["Soup"])
    page = main(client.get("/stories/topics/soup/"))
    assert ("What we ate" in page, ">Supper<" in page) == (True, False)


def test_control_a_story_with_names_says_it(client, told, ada):
    publishing.edit(told, by=ada, version=0, topics=["Soup"])
    assert ">Supper<" in main(client.get("/stories/topics/soup/"))


def test_a_topic_that_only_drafts_have_is_not_there(client, draft, ada):
    publishing.edit(draft, by=ada, version=0, topics=["Soup"])
    assert client.get("/stories/topics/soup/").status_code == 404
    assert "Soup" not in main(client.get("/stories/topics/"))


def test_five_topics_at_most_and_one_word_one_topic(as_, ben, makers):
    form = {"title": "T", "text": "x", "topics": "Soup, soup, Bread"}
    as_(ben).post("/stories/new/?circle=makers", form)
    assert [topic.name for topic in Story.objects.get().topics.all()] == ["Bread", "soup"]
    many = as_(ben).post("/stories/new/?circle=makers", form | {"topics": "a1,b2,c3,d4,e5,f6"})
    assert many.status_code == 422


def test_related_are_stories_with_the_topic_or_the_theme(client, told, tell, ada, makers, ben):
    publishing.edit(told, by=ada, version=0, topics=["Soup"])
    tell("Bread", 1, topics=["Soup"])
    tell("Cars", 1, topics=["Cars"])
    page = main(client.get(RECAP)).split("On the same theme")[1].split("</section>")[0]
    assert ("/stories/bread/" in page, "/stories/cars/" in page) == (True, False)


def related_by_theme(client, told, ada, ben, makers, level):
    theme = proposing.propose(makers, ben, "Cold soup", "How?")
    Gathering = type(told.gathering)
    again = Gathering.objects.get(pk=told.gathering.pk)
    again.pk, again.uid = None, Gathering._meta.get_field("uid").get_default()
    again.save()
    AgendaItem.objects.create(
        gathering=again, position=0, kind="talk", title="Talk", length_minutes=5, confidentiality=level
    )
    for gathering in (told.gathering, again):
        Adoption.objects.create(theme=theme, gathering=gathering)
    publishing.publish(publishing.write(again, by=ada, title="Soup again", text="x"), by=ada)
    return "/stories/soup-again/" in main(client.get(RECAP))


def test_one_that_is_told_without_names_is_not_related_by_its_gathering(client, told, ada, ben, makers):
    assert not related_by_theme(client, told, ada, ben, makers, "chatham")


def test_control_one_that_is_told_with_names_is(client, told, ada, ben, makers):
    assert related_by_theme(client, told, ada, ben, makers, "open")


@pytest.mark.parametrize("rows", [2, 12])
def test_a_topic_and_an_author_ask_the_database_as_often_for_few_as_for_many(
    as_, ada, ben, chi, tell, rows, django_assert_max_num_queries
):
    for number in range(rows):
        story = tell(f"Story {number}", number + 1, topics=["Soup"])
        co_writing.ask(story, chi, by=ben)
        co_writing.agree(story, by=chi)
    browser = as_(ada)
    for path, most in (("/stories/topics/soup/", 16), (f"/stories/by/{ben.pk}/", 14), ("/stories/", 10)):
        with django_assert_max_num_queries(most):
            assert browser.get(path).status_code == 200

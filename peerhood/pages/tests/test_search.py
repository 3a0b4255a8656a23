import pytest

from peerhood.circles import editing
from peerhood.circles.entering import applying, joining
from peerhood.circles.models import Circle
from peerhood.gatherings import planning
from peerhood.gatherings.models import Gathering
from peerhood.people import profiles
from peerhood.search import indexing
from peerhood.stories import publishing
from peerhood.stories.models import Story
from peerhood.themes import proposing

pytestmark = pytest.mark.django_db
CANARY = "Gryningsforum"


@pytest.fixture
def heard(django_capture_on_commit_callbacks):
    """Do what an act does, and let its listeners hear of it."""

    def do(act, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return act(*args, **kwargs)

    return do


@pytest.fixture
def everything(makers, forum, ada, ben, chi, dot, gathering):
    """One of each kind, with the same word, in Makers and in the Forum."""
    for circle in (makers, forum):
        evening = gathering(circle, title=f"Zeppelin evening of {circle.name}")
        proposing.propose(circle, ben, f"Zeppelin theme of {circle.name}")
        Story.objects.create(
            circle=circle, gathering=evening, author=ada, title=f"Zeppelin story of {circle.name}",
            slug=f"zeppelin-{circle.slug}", text="Much.", language="en", published_at=evening.published_at,
        )  # fmt: skip
        Circle.objects.filter(pk=circle.pk).update(purpose=f"Zeppelins {circle.name}")
    for person in (ada, ben, chi, dot):
        profiles.change(person, work="Zeppelin pilot")
    indexing.write_everything()


def search(client, viewer=None, query="q=zeppelin"):
    client.logout()
    if viewer:
        client.force_login(viewer)
    return client.get(f"/search/?{query}")


def counts(page):
    return {s.kind: s.found.count for s in page.context["search"].sections if s.found.count}


def test_each_kind_is_found_by_whoever_may_see_it(client, everything, ben, chi, dot):
    assert counts(search(client)) == {"circle": 1, "gathering": 1, "story": 1}
    assert counts(search(client, dot)) == {"person": 1, "circle": 1, "gathering": 1, "story": 1}
    assert counts(search(client, chi)) == {"person": 3, "circle": 1, "gathering": 1, "theme": 1, "story": 1}
    assert counts(search(client, ben)) == {"person": 3, "circle": 2, "gathering": 2, "theme": 2, "story": 2}


@pytest.mark.parametrize("typed", [CANARY, "gryn", "zeppelin gryn", "directors", "dawn", "z", "g"])
@pytest.mark.parametrize("kind", ["", "person", "circle", "gathering", "theme", "story"])
def test_the_forum_is_not_found_from_outside_in_no_row_and_no_count(
    client, everything, chi, dot, typed, kind
):
    for viewer in (None, dot, chi):
        page = search(client, viewer, f"q={typed}&kind={kind}")
        assert (
            CANARY.lower() not in page.text.replace(f'value="{typed}"', "").replace(f"q={typed}", "").lower()
        )
        if "z" not in typed or " " in typed:
            assert not page.context["search"].finds


def test_control_the_forum_is_found_from_inside(client, everything, ben):
    assert counts(search(client, ben, f"q={CANARY}")) == {"circle": 1, "gathering": 1, "theme": 1, "story": 1}
    assert CANARY in search(client, ben, "q=gryn").text


def test_leaving_a_circle_ends_being_found_and_finding(client, everything, makers, ada, ben, chi, heard):
    heard(joining.leave, makers, chi)
    assert counts(search(client, chi)) == {"person": 1, "circle": 1, "gathering": 1, "story": 1}
    assert "Chi Chen" not in search(client, ada, "q=zeppelin&kind=person").text
    heard(applying.apply, makers, chi)
    heard(applying.accept, makers.memberships.get(person=chi), by=ada, reason="Welcome back.")
    assert "Chi Chen" in search(client, ada, "q=zeppelin&kind=person").text


def test_a_circle_that_closes_takes_all_that_is_its_own_with_it(client, everything, makers, ada, dot, heard):
    heard(editing.edit, makers, by=ada, kind=Circle.Kind.INVITATION_ONLY)
    assert counts(search(client, dot)) == {"person": 1}
    heard(editing.edit, makers, by=ada, kind=Circle.Kind.OPEN)
    assert counts(search(client, dot)) == {"person": 1, "circle": 1, "gathering": 1, "story": 1}


def test_a_gathering_is_found_from_its_announcement_on(client, supper, ada, dot, heard):
    Gathering.objects.update(state=Gathering.State.DRAFT, published_at=None)
    supper.refresh_from_db()
    edited = heard(planning.edit, supper, by=ada, version=supper.version, title="Hidden zeppelin")
    assert counts(search(client, ada)) == counts(search(client, dot)) == {}
    heard(planning.publish, edited, by=ada, anyway=True)
    assert counts(search(client, dot)) == {"gathering": 1}


def test_a_theme_is_found_until_it_is_withdrawn(client, makers, ben, chi, heard):
    theme = heard(proposing.propose, makers, ben, "Zeppelins")
    assert counts(search(client, chi)) == {"theme": 1}
    heard(proposing.withdraw, theme, ben)
    assert counts(search(client, chi)) == {}


def test_a_story_is_found_while_it_is_published(client, supper, ada, dot, heard):
    story = publishing.write(supper, by=ada, title="Zeppelins", text="Much.")
    assert counts(search(client, ada)) == {}
    heard(publishing.publish, story, by=ada)
    assert counts(search(client, dot)) == counts(search(client)) == {"story": 1}
    heard(publishing.unpublish, story, by=ada)
    assert counts(search(client, dot)) == {}


def test_whom_a_list_put_there_is_not_found_until_their_own_yes(client, makers, ada, ben, dot, heard):
    profiles.change(dot, work="Zeppelin pilot")
    membership = makers.memberships.create(person=dot)
    membership.invitations.create(by=ada, name="Listed")
    indexing.write_everything()
    assert counts(search(client, ben)) == {}
    heard(joining.join, makers, dot)
    assert counts(search(client, ben)) == {"person": 1}


def test_kinds_stand_together_five_of_each_and_one_kind_alone_has_pages(client, makers, ben, heard):
    for n in range(30):
        heard(proposing.propose, makers, ben, f"Zeppelin {n:02}")
    page = search(client, ben)
    (section,) = page.context["search"].shown
    assert (len(section.rows), section.found.count) == (5, 30)
    assert 'href="?q=zeppelin&amp;kind=theme"' in page.text
    alone = search(client, ben, "q=zeppelin&kind=theme&page=2")
    assert [theme.title for theme in alone.context["search"].shown[0].rows] == [
        f"Zeppelin {n}" for n in range(25, 30)
    ]


def test_it_says_what_to_try_when_nothing_is_found_and_what_to_type_at_first(client, makers, ben):
    assert "Nothing you may see goes by these words." in search(client, ben, "q=xyzzy").text
    for nothing in ("", "q=", "q=***", "q=%00", "kind=person", "kind=nonsense&page=x"):
        assert "Type the beginning of a name" in search(client, ben, nothing).text


@pytest.mark.parametrize(
    "typed", ['"', "a*", "a OR b", "NEAR(a, b)", "title:a", "'a':* | b", "a\0b", "%", "😀", "a" * 5000]
)
@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 30])
def test_nothing_typed_breaks_it(client, everything, ben, typed, page):
    client.force_login(ben)
    assert client.get("/search/", {"q": typed, "kind": "person", "page": page}).status_code == 200


def test_htmx_gets_what_was_found_and_the_count_and_nothing_else(client, everything, ben):
    client.force_login(ben)
    part = client.get("/search/?q=zeppelin", headers={"HX-Request": "true"}).text
    assert 'id="count" hx-swap-oob="innerHTML"' in part
    assert "Zeppelin evening of Makers" in part
    assert "<h1>" not in part
    whole = client.get(
        "/search/?q=z", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}
    ).text
    assert "<h1>" in whole


def test_words_are_found_in_either_alphabet(client, makers, ben, heard):
    heard(proposing.propose, makers, ben, "Nyttorealisering i Östergötland")
    for typed in ("ostergot", "Östergötland", "NYTTO"):
        assert counts(search(client, ben, f"q={typed}")) == {"theme": 1}


def test_it_is_not_for_other_search_engines(client, db):
    assert '<meta name="robots" content="noindex">' in search(client).text


def test_any_number_of_things_takes_the_same_questions(client, makers, forum, ada, ben, person, gathering):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked(viewer, query):
        client.force_login(viewer)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(f"/search/?{query}").status_code == 200
        return len(queries)

    def add(numbers):
        for n in numbers:
            newcomer = person(f"Zeppelin{n} Zorn")
            makers.memberships.create(person=newcomer)
            evening = gathering(makers, title=f"Zeppelin {n}")
            makers.themes.create(title=f"Zeppelin {n}", proposed_by=newcomer)
            Story.objects.create(
                circle=makers, gathering=evening, author=newcomer, title=f"Zeppelin {n}", slug=f"z-{n}",
                text="Much.", language="en", published_at=evening.published_at,
            )  # fmt: skip
        indexing.write_everything()

    queries = ["q=zeppelin", "q=zeppelin&kind=person", "q=zeppelin&kind=theme"]
    add(range(2))
    few = [asked(ben, query) for query in queries]
    add(range(2, 20))
    assert [asked(ben, query) for query in queries] == few
    assert max(few) <= 20

import pytest

from peerhood.people import profiles
from peerhood.people.models import Person
from peerhood.search import indexing

pytestmark = pytest.mark.django_db
OPEN = {"name": "members", "work": "members", "town": "members", "profile.team_size": "members"}


@pytest.fixture
def crowd(person):
    """Make so many people who opened their profile to all members."""

    def make(count):
        people = [person(f"Peer{n:03} Persson") for n in range(count)]
        for peer in people:
            profiles.change(
                peer, work="alone", town="Norrköping", profile={"team_size": "one"}, visibility=OPEN
            )
        return people

    return make


def names(client, query=""):
    return [row.card.name for row in client.get(f"/people/{query}").context["rows"]]


def test_everybody_one_may_know_of_stands_here_by_name(client, makers, forum, ada, ben, chi, dot, crowd):
    indexing.write_everything()
    crowd(1)
    client.force_login(ben)
    assert names(client) == ["Ada Andersson", "Ben Berg", "Chi Chen", "Peer000 Persson"]
    client.force_login(dot)
    assert names(client) == ["Dot Dahl", "Peer000 Persson"]


def test_a_row_says_what_its_reader_may_see_and_which_circles_are_shared(
    client, makers, forum, ada, ben, chi
):
    profiles.change(ada, work="Office of one", town="Norrköping", visibility={"town": "me"})
    client.force_login(ben)
    row = client.get("/people/?q=ada").context["rows"][0]
    assert (row.card.work, row.card.town, row.circles) == ("Office of one", "", ["Gryningsforum", "Makers"])
    client.force_login(chi)
    assert client.get("/people/?q=ada").context["rows"][0].circles == ["Makers"]
    assert "Gryningsforum" not in client.get("/people/").text


def test_it_is_narrowed_by_town_by_the_packs_questions_and_by_topic(client, ben, crowd):
    one, other = crowd(2)
    profiles.change(
        other,
        town="Malmö",
        profile={"team_size": "two"},
        ask_me_about="Benefits",
        visibility=OPEN | {"ask_me_about": "members"},
    )
    client.force_login(ben)
    for query, found in (
        ("?town=malmo", [other.name]),
        ("?town=norrk", [one.name]),
        ("?profile_team_size=one", [one.name]),
        ("?profile_team_size=two&town=Malm%C3%B6&topic=bene", [other.name]),
        ("?topic=benefits+zzz", []),
        ("?q=persson&profile_team_size=few", []),
    ):
        assert names(client, query) == found, query


@pytest.mark.parametrize("pack", ["pmo", "nurse_educators"])
def test_the_choices_are_the_packs_own(client, settings, ben, pack):
    from peerhood import packs

    settings.PACK = pack
    client.force_login(ben)
    form = client.get("/people/").context["form"]
    assert {name for name in form.fields if name.startswith("profile_")} == {
        f"profile_{key}" for key in packs.current().fields
    }


@pytest.mark.parametrize(
    "query",
    [
        "?page=0",
        "?page=-1",
        "?page=x",
        "?page=99999999999",
        "?profile_team_size=never",
        "?q=%00*",
        "?town=%22*",
        f"?q={'a' * 500}",
    ],
)
def test_what_it_does_not_understand_it_leaves_out(client, ben, crowd, query):
    crowd(1)
    client.force_login(ben)
    assert client.get(f"/people/{query}").status_code == 200


def test_many_are_on_several_pages_in_one_order(client, ben, crowd):
    crowd(30)
    profiles.change(ben)
    client.force_login(ben)
    first, second = names(client), names(client, "?page=2")
    assert (len(first), len(second)) == (25, 6)
    assert first + second == sorted(first + second)
    assert "31 people" in client.get("/people/").text


def test_htmx_gets_the_list_and_the_count_and_nothing_else(client, ben, crowd):
    crowd(1)
    client.force_login(ben)
    part = client.get("/people/?q=peer", headers={"HX-Request": "true"}).text
    assert "Peer000 Persson" in part
    assert 'id="count" hx-swap-oob="innerHTML">1 person' in part
    assert "<h1>" not in part


def test_nobody_is_found_with_words_of_what_is_hidden(client, makers, ada, ben):
    profiles.change(ada, work="Zeppelins", visibility={"work": "me"})
    client.force_login(ben)
    page = client.get("/people/?q=zeppelins")
    assert (page.context["found"].count, page.context["rows"]) == (0, [])
    assert "Nobody you may see answers to this." in page.text
    client.force_login(ada)
    assert names(client, "?q=zeppelins") == ["Ada Andersson"]


def test_a_row_of_the_index_that_is_old_shows_nothing(client, ben, crowd):
    crowd(1)
    Person.objects.filter(name="Peer000 Persson").update(visibility={})
    client.force_login(ben)
    assert names(client, "?q=peer") == []


def test_the_door_to_others_like_me_says_how_many(client, ben, crowd):
    crowd(5)
    profiles.change(ben, profile={"team_size": "one"})
    client.force_login(ben)
    assert "You and 5 others run a PMO of one." in client.get("/people/").text
    assert "others" not in client.get("/people/", headers={"HX-Request": "true"}).text


def test_any_number_of_people_takes_the_same_questions(client, ben, crowd, django_assert_max_num_queries):
    client.force_login(ben)
    for count in (2, 25):
        Person.objects.filter(name__startswith="Peer").delete()
        crowd(count)
        client.get("/people/")
        with django_assert_max_num_queries(14):
            client.get("/people/")

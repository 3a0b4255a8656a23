import pytest
from django.contrib.auth.models import AnonymousUser

from peerhood import packs
from peerhood.people import affiliations
from peerhood.people.models import Person
from peerhood.people.seeing import cards
from peerhood.people.seeing.visibility import FIELDS, Level

SAID = {
    "work": "office of one",
    "town": "Norrköping",
    "ask_me_about": "benefits",
    "would_learn": "portfolio dashboards",
    "could_talk": "my first year",
    "languages": ["sv"],
    "links": ["https://example.org/ada"],
    "profile": {"sector": "public"},
}
# How each field looks on a card.
SHOWN = {
    "work": "office of one",
    "town": "Norrköping",
    "ask_me_about": "benefits",
    "would_learn": "portfolio dashboards",
    "could_talk": "my first year",
    "languages": "Swedish",
    "links": "https://example.org/ada",
    "job": "Lindvik",
    "profile.sector": "Public sector",
    "photo": "/photo/0123456789abcdef/",
}


@pytest.fixture
def open_ada(makers, ada):
    """Ada has said everything, and nobody but her circles may see it."""
    for name, value in SAID.items():
        setattr(ada, name, value)
    ada.photo_digest = "0123456789abcdef"
    ada.save()
    affiliations.add(ada, "Lindvik")
    return ada


def show(person, visibility):
    person.visibility = visibility
    person.save()


def seen_by(client, viewer, person):
    """What of everything is on the person's page, as the viewer gets it."""
    client.logout()
    if viewer:
        client.force_login(viewer)
    answer = client.get(f"/people/{person.pk}/")
    return {field for field, words in SHOWN.items() if answer.status_code == 200 and words in answer.text}


def test_every_field_has_a_way_to_look_here():
    assert set(SHOWN) == {*FIELDS, "profile.sector"} - {"name"}


def test_unless_said_otherwise_people_of_ones_circles_see_all_and_others_nothing(client, open_ada, ben, dot):
    assert seen_by(client, ben, open_ada) == set(SHOWN)
    assert seen_by(client, dot, open_ada) == seen_by(client, None, open_ada) == set()


@pytest.mark.parametrize("field", SHOWN)
@pytest.mark.parametrize(
    ("level", "ben_sees", "dot_sees", "visitor_sees"),
    [
        ("me", False, False, False),
        ("circles", True, False, False),
        ("members", True, True, False),
        ("public", True, True, True),
    ],
)
def test_each_field_is_seen_by_whom_it_says(
    client, open_ada, ben, dot, field, level, ben_sees, dot_sees, visitor_sees
):
    show(open_ada, {"name": "public", field: level})
    assert (field in seen_by(client, ben, open_ada)) is ben_sees
    assert (field in seen_by(client, dot, open_ada)) is dot_sees
    assert (field in seen_by(client, None, open_ada)) is visitor_sees
    assert seen_by(client, open_ada, open_ada) == set(SHOWN)


def test_without_a_name_nothing_else_is_seen(client, open_ada, dot):
    show(open_ada, dict.fromkeys(SHOWN, "public"))
    assert seen_by(client, dot, open_ada) == set()


def test_a_name_is_seen_in_ones_circles_whatever_is_chosen(open_ada, ben):
    show(open_ada, {"name": "me"})
    assert open_ada in Person.objects.visible_to(ben)


def test_who_opened_a_name_is_found_by_those_it_was_opened_to(open_ada, dot):
    for level, by_dot, by_a_visitor in (("circles", 0, 0), ("members", 1, 0), ("public", 1, 1)):
        show(open_ada, {"name": level})
        found = Person.objects.filter(pk=open_ada.pk)
        assert found.filter(pk__in=Person.objects.visible_to(dot)).count() == by_dot
        assert found.filter(pk__in=Person.objects.visible_to(AnonymousUser())).count() == by_a_visitor


@pytest.mark.parametrize("level", ["circles", "members", "public"])
def test_the_preview_is_what_they_see(client, open_ada, ben, dot, level):
    """Control of the preview itself: the card of the page and of the preview are one."""
    show(open_ada, {"name": "public", "town": "me", "work": "members", "job": "public"})
    client.force_login(open_ada)
    preview = client.get(f"/me/as-others-see-me/{level}/").context["card"]
    client.logout()
    viewer = {"circles": ben, "members": dot, "public": None}[level]
    if viewer:
        client.force_login(viewer)
    assert client.get(f"/people/{open_ada.pk}/").context["card"] == preview


def test_the_preview_says_when_even_the_name_is_not_seen(client, ada):
    client.force_login(ada)
    assert "They do not find you here" in client.get("/me/as-others-see-me/public/").text


@pytest.mark.parametrize("level", ["me", "nobody"])
def test_there_is_no_preview_for_other_words(client, ada, level):
    client.force_login(ada)
    assert client.get(f"/me/as-others-see-me/{level}/").status_code == 404


def test_who_sees_what_is_chosen_on_the_form(client, ada):
    client.force_login(ada)
    said = {
        "name": "Ada",
        "language": "en",
        "time_zone": "Europe/Stockholm",
        "see_town": "members",
        "see_profile_sector": "me",
    }
    assert client.post("/me/", said).status_code == 302
    ada.refresh_from_db()
    assert (ada.visibility["town"], ada.visibility["profile.sector"]) == ("members", "me")
    # A form without the choices leaves them.
    client.post("/me/", {"name": "Ada", "language": "en", "time_zone": "Europe/Stockholm"})
    ada.refresh_from_db()
    assert ada.visibility["town"] == "members"
    assert client.post("/me/", said | {"see_town": "world"}).status_code == 422


def test_lists_of_a_circle_say_what_its_people_may_see(client, open_ada, ben):
    client.force_login(ben)
    assert "office of one" in client.get("/circles/makers/members/").text
    show(open_ada, {"work": "me"})
    page = client.get("/circles/makers/members/").text
    assert ("office of one" in page, "Lindvik" in page) == (False, True)
    show(open_ada, {"work": "me", "job": "me", "photo": "me", "town": "me"})
    assert "Lindvik" not in client.get("/circles/makers/members/").text


def test_the_organisers_list_as_a_file_shows_no_more(client, makers, ada, ben):
    ben.town = "Örebro"
    ben.save()
    affiliations.add(ben, "Lindvik", title="Head")
    client.force_login(ada)
    assert '"Lindvik","Head","Örebro"' in client.get("/circles/makers/members.csv").text
    show(ben, {"town": "me", "job": "me"})
    listed = client.get("/circles/makers/members.csv").text
    assert ("Lindvik" in listed, "Örebro" in listed, "Ben Berg" in listed) == (False, False, True)


def test_nearness_is_that_of_the_nearest_tie(makers, ada, ben, dot):
    near = [cards.nearness_of(viewer, ada) for viewer in (ada, ben, dot, AnonymousUser())]
    assert near == [Level.ME, Level.CIRCLES, Level.MEMBERS, Level.PUBLIC]


def test_links_are_addresses_on_the_web_and_nothing_else(client, ada):
    client.force_login(ada)
    said = {"name": "Ada", "language": "en", "time_zone": "Europe/Stockholm"}
    for wrong in (
        "javascript:alert(1)",
        "data:text/html,x",
        "not a link",
        "\n".join(["https://a.example"] * 6),
    ):
        assert client.post("/me/", said | {"links": wrong}).status_code == 422, wrong
    client.post("/me/", said | {"links": "example.org/ada\n\n https://b.example "})
    ada.refresh_from_db()
    assert ada.links == ["https://example.org/ada", "https://b.example"]


def test_an_answer_of_a_pack_no_longer_spoken_is_not_shown(ada):
    ada.profile = {"ward": "night", "sector": "gone"}
    card = cards.card_of(ada, Level.ME, pack=packs.current(), language="en")
    assert card.answers == []

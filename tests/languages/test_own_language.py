"""What a circle wrote keeps the circle's language on a page in another one (WCAG 3.1.2).

Makers write in English; Ben and Ada read Swedish.
"""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from peerhood.circles.models import Membership
from peerhood.connections import connecting
from peerhood.gatherings.models import Gathering
from peerhood.mixing.models import Encounter
from peerhood.rooms import running
from peerhood.stories.models import Story
from peerhood.themes.models import Theme
from tests.languages.spoken import spoken

pytestmark = pytest.mark.django_db

PLACE = "Coffee on us, third floor"


@pytest.fixture
def read(client):
    """Read a page in Swedish: a set of (language, text) for the texts asked for."""

    def reading(person, path, *texts):
        client.cookies["language"] = "sv"
        if person:
            client.force_login(person)
        response = client.get(path)
        assert response.status_code == 200
        heard = spoken(response.text)
        assert heard[0][0] == "sv"
        return {(language, text) for language, said in heard for text in texts if text in said}

    return reading


def in_english(*texts):
    return {("en", text) for text in texts}


@pytest.fixture
def last_week(supper, ada, ben):
    """Supper is over; Ada and Ben shared a table there."""
    one, other = sorted((ada, ben), key=lambda person: person.pk)
    Encounter.objects.create(circle=supper.circle, gathering=supper, round_number=1, one=one, other=other)
    Gathering.objects.update(starts_at=now() - timedelta(days=7), ends_at=now() - timedelta(days=6))
    return supper


def test_the_run_of_the_day_is_in_both_languages(read, supper, ben):
    for position, (kind, title, level) in enumerate(
        [("talk", "Welcome", "open"), ("fika", "Tea", "open"), ("story", "My year", "chatham")]
    ):
        supper.agenda.create(
            position=position,
            kind=kind,
            title=title,
            confidentiality=level,
            length_minutes=30,
            speaker="Two of us",
        )
    path = supper.get_absolute_url()
    english = ("Welcome", "Tea", "My year", "Two of us", PLACE)
    assert read(ben, path, *english) == in_english(*english)
    assert read(ben, path, "minuter i lugn och ro", "Chatham House-regeln", "fika ingår") == {
        ("sv", "minuter i lugn och ro"),
        ("sv", "Chatham House-regeln"),
        ("sv", "fika ingår"),
    }


def test_where_there_is_no_place_the_way_to_meet_is_in_the_readers_language(read, supper, ben):
    Gathering.objects.update(place_name="", mode="online")
    assert read(ben, supper.get_absolute_url(), "På nätet") == {("sv", "På nätet")}


@pytest.fixture
def asked(supper, makers, ada, ben, chi, dot):
    """Arrange that Ben is asked one thing on Today; what the card says of the circle's comes back."""

    def arrange(kind):
        organiser = makers.memberships.filter(person=ben)
        if kind in ("room", "soon", "next"):
            supper.rsvps.create(person=ben, status="going")
        if kind == "room":
            running.open_room(supper, by=ada)
        if kind == "soon":
            Gathering.objects.update(starts_at=now() + timedelta(hours=2), ends_at=now() + timedelta(hours=5))
        if kind == "draft":
            organiser.update(role=Membership.Role.ORGANISER)
            Gathering.objects.update(state="draft")
        if kind == "applied":
            organiser.update(role=Membership.Role.ORGANISER)
            makers.memberships.create(person=dot, state=Membership.State.APPLIED)
            return ["Makers"]
        return ["Supper"] if kind in ("room", "soon", "next") else ["Supper", "Makers"]

    return arrange


@pytest.mark.parametrize(
    ("kind", "swedish"),
    [
        ("room", "Rummet är öppet:"),
        ("soon", "Snart:"),
        ("draft", "Klar att publicera:"),
        ("applied", "vill gärna vara med i"),
        ("answer", "Kommer du?"),
        ("next", "Nästa:"),
    ],
)
def test_what_is_asked_on_today_names_things_in_their_own_language(read, asked, ben, kind, swedish):
    english = asked(kind)
    assert read(ben, "/", *english, swedish) == {*in_english(*english), ("sv", swedish)}


def test_today_asks_whom_one_met_in_both_languages(read, last_week, ben):
    assert read(ben, "/", "Supper", "Vilka träffade du på") == {
        ("en", "Supper"),
        ("sv", "Vilka träffade du på"),
    }


def test_the_lists_on_today_name_circles_and_places_in_their_own_language(read, supper, makers, ada, ben):
    supper.rsvps.create(person=ben, status="going")
    Theme.objects.create(circle=makers, title="One page for the board", proposed_by=ada)
    Story.objects.create(
        circle=makers, author=ada, title="Minnen", slug="minnen", text="x", language="sv", published_at=now()
    )
    english = ("Supper", "Makers", PLACE, "One page for the board")
    assert read(ben, "/", *english) == in_english(*english)
    assert read(ben, "/", "Minnen") == {("sv", "Minnen")}


def test_a_gathering_is_named_in_its_own_language_where_people_met(read, last_week, ada, ben):
    lists = ["/connections/", f"/connections/met/{last_week.pk}/"]
    assert [read(ben, path, "Supper") for path in lists] == [in_english("Supper")] * 2
    connecting.say_met(ada, ben, last_week)
    connecting.say_met(ben, ada, last_week)
    for path in ("/connections/", f"/connections/{ada.pk}/"):
        assert read(ben, path, "Supper", "Ni träffades på") == {("en", "Supper"), ("sv", "Ni träffades på")}

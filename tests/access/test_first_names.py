"""Before the reveal no surname, employer or job of anybody comes over the wire to whoever is in the room."""

from html import unescape

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from peerhood.people.models import Person
from peerhood.people.models.affiliation import Employer
from peerhood.rooms import running
from peerhood.rooms.formats import adopting, first_names
from peerhood.search import indexing
from tests.access import world
from tests.access.test_access import ROUTES, client_of, path_of
from tests.reading import said_in

pytestmark = pytest.mark.django_db
SURNAME, EMPLOYER, JOB = "Kanariesson", "Kanarieverket", "Kanarieskötare"
WHO = ("member", "host", "organiser", "guest")


@pytest.fixture
def built(makers, ada, ben, chi, person):
    """An evening whose room stands in the first step of House of Genius; everybody has a surname, an employer and a job."""
    built = world.build(makers, organiser=ada, host=chi, member=ben, newcomer=person("New Nilsson"))
    employer = Employer.objects.create(name=EMPLOYER)
    for each in Person.objects.all():
        each.name = f"{each.first_name} {SURNAME}"
        each.work = JOB
        each.save()
        each.affiliations.create(employer=employer, title=JOB)
    indexing.write_everything()
    item = built.gathering.agenda.create(
        position=0, kind="format", title="House of Genius", length_minutes=60
    )
    adopting.adopt(item, "house-of-genius-long", by=ada)
    room = running.go_to(built.gathering.room, item, by=chi)
    assert first_names.hold_in(room)
    return built


def client_in(built, who, people) -> Client:
    """The browser of somebody who is in the room."""
    client = client_of(people.get(who))
    assert client.get(reverse("rooms:phone", args=[built.gathering.room.code])).status_code == 200
    return client


@pytest.fixture
def people(ada, ben, chi):
    return {"member": ben, "host": chi, "organiser": ada}


def told(client: Client, built) -> dict[str, set[str]]:
    """What each route says too early, by its name."""
    found = {}
    for route, parameters in ROUTES.items():
        # Streams have no words in them; a demo's own pages are about people who are invented; and whoever has
        # signed out would ask for the rest as a visitor.
        if route in {"rooms:stream", "account_logout"} or route.startswith("demo:"):
            continue
        path = path_of(route, parameters, built)
        for ask in (client.get, client.post):
            with transaction.atomic():
                text = unescape(said_in(ask(path, follow=False)))
                transaction.set_rollback(True)
            if words := {word for word in (SURNAME, EMPLOYER, JOB) if word in text}:
                found.setdefault(route, set()).update(words)
    return found


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("who", WHO)
def test_nothing_but_first_names_is_served_before_the_reveal(built, people, who):
    client = client_in(built, who, people)
    assert told(client, built) == {}
    assert is_signed_in(client) == (who in people)


@pytest.mark.parametrize("who", WHO)
def test_control_without_the_closed_pages_all_of_it_is_served(built, people, who, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "FirstNames" not in name]
    found = told(client_in(built, who, people), built)
    assert found
    if who != "guest":
        assert set().union(*found.values()) == {SURNAME, EMPLOYER, JOB}

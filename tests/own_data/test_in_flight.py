"""Every form there is, on its way at the moment its owner is erased: nothing of them comes back.

The request has found out who asks; then they are erased, from another device; then the view runs.
"""

from unittest.mock import patch

import pytest
from django.db import transaction
from django.test import Client

from peerhood.people.devices import DevicesMiddleware
from peerhood.people.models import Person
from peerhood.people.own_data import erasing
from peerhood.platform import presence
from tests.access import world
from tests.access.test_access import ROUTES, path_of, rows
from tests.access.test_bad_input import fields
from tests.own_data.test_canary import in_either_place, left_of_ben, rows_left

pytestmark = pytest.mark.django_db
# Answered by nobody, or before it is asked who comes.
NOT_OF_A_PERSON = {"design:stylesheet"}
POSTED = sorted(
    {
        route
        for route, method in rows()
        if method == "POST" and not route.startswith("demo:") and route not in NOT_OF_A_PERSON
    }
)


@pytest.fixture
def ben_everywhere(makers, ada, ben, chi, person):
    """Ben organises, beside Ada, so that every door is open to him; his name and his words are canaries."""
    built = world.build(makers, organiser=ada, host=chi, member=ben, newcomer=person("New Nilsson"))
    ben.refresh_from_db()
    ben.name, ben.work = "Benquist Canaryson", "canary work"
    ben.save()
    makers.memberships.filter(person=ben).update(role="organiser")
    return built


def post_while_erased(monkeypatch, ben, path, values) -> int:
    """Post as Ben, who is erased between the question who asks and the view."""

    def erased_just_now(self, request):
        if request.user.is_authenticated and request.user.erased_at is None:
            erasing.erase(Person.objects.get(pk=ben.pk))
            assert request.user.email == "ben@example.org"
        return self.get_response(request)

    client = Client()
    client.force_login(ben)
    monkeypatch.setattr(DevicesMiddleware, "__call__", erased_just_now)
    try:
        return client.post(path, values).status_code
    finally:
        monkeypatch.undo()


def left(monkeypatch, ben, built, route, values) -> tuple:
    """What still names Ben after this one form."""
    with transaction.atomic():
        path = path_of(route, ROUTES[route], built)
        # A visitor's code, asked for an address that happens to be his, is a new beginning.
        status = post_while_erased(monkeypatch, ben, path, values)
        found = (
            in_either_place(rows_left(ben)),
            {place for place in left_of_ben() if "notices_mail" not in place},
        )
        transaction.set_rollback(True)
    assert status < 500, route
    return found


def written(ben, built) -> dict[str, str]:
    browser = Client()
    browser.force_login(ben)
    with transaction.atomic():
        names = fields(browser, built)
        transaction.set_rollback(True)
    values = dict.fromkeys([*names, "name", "title", "text", "question", "employer_name"], "canary")
    return values | {
        "email": "canary@example.org",
        "language": "en",
        "time_zone": "Europe/Stockholm",
        "role": "member",
        "follow_up_on": "2030-01-01",
        "wanted": "applications",
    }


def brought_back(monkeypatch, ben, built) -> dict[str, tuple]:
    """The routes whose forms leave something of Ben's, and what."""
    values = written(ben, built)
    nothing = left(monkeypatch, ben, built, "pages:close_feed", {})
    found = {route: left(monkeypatch, ben, built, route, values) for route in POSTED}
    return {
        route: what
        for route, what in found.items()
        # What a form says of the shared thing it is about may hold any word.
        if what[0] != nothing[0] or not only_shared(what[1] - nothing[1])
    }


def only_shared(places: set[str]) -> bool:
    """Texts of what is everybody's: a circle's words, a programme."""
    return all(place.split(".")[0] in {"circles_circle", "gatherings_gathering"} for place in places)


def test_no_form_on_its_way_brings_anything_back(ben_everywhere, ben, monkeypatch):
    assert len(POSTED) > 80
    assert brought_back(monkeypatch, ben, ben_everywhere) == {}


def test_control_without_looking_whether_they_are_here_much_comes_back(ben_everywhere, ben, monkeypatch):
    with patch.object(presence, "is_here", lambda person: True):
        found = brought_back(monkeypatch, ben, ben_everywhere)

    assert {"account_email", "circles:seed_yes", "pages:export", "pages:make_feed"} <= set(found)

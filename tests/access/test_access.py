"""Every URL × every kind of visitor, as the table beside this file says it.

``in``: let in (the act may still refuse, or the form complain); ``sign-in``: asked to sign
in first; ``403``, ``404``; ``-``: this method is not answered here. A URL without a row
fails. For the Forum, which outsiders may not know of, the table needs no second column:
every door answers 404 to them, or nothing that names it.
"""

from collections.abc import Iterable

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.access import world
from tests.access.routes import named_routes
from tests.access.table import ROLES, rows
from tests.access.world.connections import OF_A_CARD

LET_IN = {200, 201, 204, 302, 304, 400, 409, 422}
ROUTES = dict(named_routes())


def by_step(routes: Iterable[str]) -> dict[str, list[str]]:
    """The routes of each step of the loop: one world is built for all of a step's."""
    steps = {}
    for route in routes:
        steps.setdefault(route.rpartition(":")[0].partition(":")[0] or "site", []).append(route)
    return steps


@pytest.fixture
def people(ada, ben, chi, dot):
    return {"visitor": None, "outsider": dot, "member": ben, "host": chi, "organiser": ada}


@pytest.fixture
def makers_world(makers, ada, ben, chi, person):
    return world.build(makers, organiser=ada, host=chi, member=ben, newcomer=person("New Nilsson"))


@pytest.fixture
def forum_world(forum, ada, ben, chi, person):
    return world.build(forum, organiser=ada, host=chi, member=ben, newcomer=person("Nyla Nord"))


def answer(client: Client, path: str, method: str) -> tuple[str, object]:
    """One request in a transaction of its own that leaves nothing behind."""
    cache.clear()
    with transaction.atomic():
        response = client.get(path) if method == "GET" else client.post(path, {})
        transaction.set_rollback(True)
    if response.status_code == 405:
        return "-", response
    if response.status_code == 302 and response["Location"].startswith("/sign-in/?"):
        return "sign-in", response
    if response.status_code in LET_IN:
        return "in", response
    return str(response.status_code), response


def client_of(person) -> Client:
    client = Client()
    if person:
        client.force_login(person)
    return client


def path_of(route: str, parameters: list[str], built: world.World) -> str:
    kwargs = built.kwargs.get(route) or built.kwargs.get(route.split(":")[0], {})
    fixed = {"digest": "0", "uidb64": "0", "key": "0"}
    return reverse(route, kwargs={name: kwargs.get(name, fixed.get(name)) for name in parameters})


def test_every_url_has_a_row():
    assert sorted({route for route, _method in rows()}) == sorted(ROUTES)


@pytest.mark.parametrize("routes", by_step(ROUTES).values(), ids=by_step(ROUTES))
def test_each_role_is_answered_as_the_table_says(routes, makers_world, people):
    expected = {key: answers for key, answers in rows().items() if key[0] in routes}
    seen = {}
    for route in routes:
        path = path_of(route, ROUTES[route], makers_world)
        for method in ("GET", "POST"):
            seen[route, method] = {role: answer(client_of(people[role]), path, method)[0] for role in ROLES}
    assert seen == expected


# Letters of invented people, and the stylesheet: nothing in them is a circle's.
OF_NO_CIRCLE = {"demo", "design"}
# The room is opened by its code, which only people in the room are shown.
OPEN_BY_CODE = {"rooms:phone", "rooms:screen", "rooms:vote", "rooms:draw", "rooms:stream"}
OPEN_BY_CODE |= {"rooms:pass", "rooms:listen", "rooms:take_part", "rooms:acknowledge", "rooms:object"}
# One's own pages.
OF_ONESELF = {
    "people:as_others_see_me",
    "pages:sign_out_device",
    "pages:leave_mails",
    "stories:comments_off",
    "gatherings:own_feed",
    "connections:ladder_tick",
    *(f"connections:my_card{part}" for part in ("", "_held_out", "_on_paper", "_renew", "_put_away")),
    "growth:year",
    "growth:year_paper",
}
# An invitation is opened by its link, and so is a seed, which is no circle yet: whoever has it may know what it is.
OPEN_BY_LINK = {"circles:follow", "circles:seed_link", "circles:seed_yes", "circles:seed_no"}
# A person's contact card, which names no circle.
OPEN_BY_LINK |= {*OF_A_CARD}
# A certificate is shown by its holder; that it names no closed circle is its own tests' to say.
OPEN_BY_LINK |= {"growth:certificate"}
INTO_A_CIRCLE = [
    route
    for route, parameters in ROUTES.items()
    if parameters
    and ":" in route
    and route.split(":")[0] not in OF_NO_CIRCLE
    and route not in OPEN_BY_CODE | OF_ONESELF | OPEN_BY_LINK
]


@pytest.mark.parametrize("routes", by_step(INTO_A_CIRCLE).values(), ids=by_step(INTO_A_CIRCLE))
def test_the_forum_does_not_exist_for_outsiders(routes, forum_world, people):
    allowed = {"visitor": {"404", "-", "sign-in"}, "outsider": {"404", "-"}}
    found = {}
    for route in routes:
        path = path_of(route, ROUTES[route], forum_world)
        for method in ("GET", "POST"):
            for role, words in allowed.items():
                word, response = answer(client_of(people[role]), path, method)
                if word not in words or world.CANARY in response.text:
                    found[route, method, role] = word, world.CANARY in response.text
    assert found == {}


def test_control_a_member_of_the_forum_sees_its_name(forum_world, ben):
    assert world.CANARY in client_of(ben).get(forum_world.gathering.get_absolute_url()).text

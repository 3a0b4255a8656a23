"""Things of another circle, put into the paths and forms of one's own: not found, and nothing written.

Every id in this world says which table it is from, so whatever a page of the one circle offers
can be swapped for its like in the other. Ada organises the one, so she may do all there is to do
in it; of the other she knows nothing, or she organises it, too, and still no act reaches across.
"""

import json
from collections.abc import Iterator
from itertools import product
from urllib.parse import urlsplit

import pytest
from django.db import models
from django.urls import Resolver404, resolve, reverse

from peerhood.circles.models import Circle, Membership
from peerhood.gatherings.coming import greeting
from peerhood.mixing.models import Seat
from peerhood.people.models import Person
from peerhood.rooms import presence
from peerhood.themes.models import Choice
from tests.access import world
from tests.access.forms import Form, forms_of
from tests.access.routes import named_routes
from tests.access.two_circles import AN_ID, APART, SECOND_HALF, TABLES, Two

pytestmark = pytest.mark.django_db
ROUTES = dict(named_routes())


# Paths


def kwargs_of(route: str, built: world.World) -> dict[str, object]:
    known = built.kwargs.get(route) or built.kwargs.get(route.split(":")[0], {})
    return {name: known.get(name, "0") for name in ROUTES[route]}


WITH_TWO_NAMES = [route for route, names in ROUTES.items() if len(names) > 1 and route != "people:photo"]
# The second name is no row of one circle: a template of the product's, a round's number.
OF_NO_CIRCLE = {"template", "number"}


def mixed_paths(two: Two) -> Iterator[str]:
    """Every path that names something of both circles."""
    left_out = NAMES_OF_NO_CIRCLE if two.organises_both else set()
    for route in (each for each in WITH_TWO_NAMES if each not in left_out):
        own, other = kwargs_of(route, two.own), kwargs_of(route, two.other)
        swappable = [name for name in own if name not in OF_NO_CIRCLE and own[name] != other[name]]
        for choice in product([False, True], repeat=len(swappable)):
            if 0 < sum(choice) < len(swappable):
                names = zip(swappable, choice, strict=True)
                yield reverse(route, kwargs=own | {name: other[name] for name, is_other in names if is_other})


def test_half_a_path_of_another_circle_leads_nowhere(two):
    paths = list(mixed_paths(two))
    assert len(paths) > 50
    wrong = []
    for path, data in product(paths, (None, {})):
        status, text, changed = two.try_out(path, data)
        leaks = "Other circle" in text and not two.organises_both
        if status not in {404, 405} or changed or leaks:
            wrong.append((path, data, status, changed, leaks))
    assert wrong == []


@pytest.mark.parametrize("two", ["unknown"], indirect=True)
def test_control_the_same_paths_lead_somewhere_when_nothing_is_swapped(two):
    lead_nowhere = set()
    for route in WITH_TWO_NAMES:
        path = reverse(route, kwargs=kwargs_of(route, two.own))
        if not {two.try_out(path)[0], two.try_out(path, {})[0]} - {404, 405}:
            lead_nowhere.add(route)
    # These look for what is named in the form, which is empty here; the link in a mail is over, and no words are
    # written that could be looked at.
    by_form = {"circles:greet_instead", "gatherings:choose_greeter", "gatherings:put_story_on", "mixing:swap"}
    # Ada organises, and it is Ben who asked the circle, and who had coffee.
    bens_own = {"stories:another_day", "connections:coffee_round_met"}
    assert lead_nowhere == {*by_form, *bens_own, "gatherings:answer_by_mail", "gatherings:words_preview"}


# Forms


def swaps_of(form: Form, two: Two) -> list[list[tuple[str, str]]]:
    """The form as it is sent, with one id in it, as a value or in a name, from the other circle."""
    swaps, seen = [], set()
    for name, value in dict.fromkeys(form.offered):
        for found in AN_ID.findall(name) + AN_ID.findall(value if AN_ID.fullmatch(value) else ""):
            # One of each table for each field is enough; a name with an id in it is a field of its own.
            if (name, int(found) // APART) in seen:
                continue
            seen.add((name, int(found) // APART))
            others = [pair for pair in form.sent if pair[0] != name]
            for pk in two.foreign(int(found)):
                swaps.append([*others, (name.replace(found, str(pk)), value.replace(found, str(pk)))])
    return swaps


def pages_of(two: Two) -> dict[str, str]:
    """Every page that Ada can open in her own circle."""
    pages = {}
    for route in ROUTES:
        if route.startswith(("demo:", "design:")):
            continue
        path = reverse(route, kwargs=kwargs_of(route, two.own))
        response = two.client.get(path)
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            pages[path] = response.text
    return pages


def data_of(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    data: dict[str, list[str]] = {}
    for name, value in pairs:
        data.setdefault(name, []).append(value)
    return data


def route_of(path: str) -> str:
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return path


# A preview shows whom it is about: nobody. What answers no date of the poll is no answer, and a line
# that is none of this programme is a new one.
LEAVES_OUT = {"circles:together", "gatherings:answer_poll", "gatherings:edit"}
# Its purpose is to ask another circle.
NAMES_OTHERS = {"gatherings:together"}
# Where Ada organises both circles she keeps somebody of each, and whom one keeps belongs to no circle; nor does her pitch.
NAMES_OF_NO_CIRCLE = {
    "connections:introduction_wish",
    "connections:introduction_ask",
    "growth:ask_about_pitch",
}
# Fields that name something by its id, on pages that Ada's evening does not show at this moment.
# Each with what else the form asks for.
NOT_SHOWN: dict[str, tuple[str, type[models.Model], dict[str, str]]] = {
    "circles:hand_over": ("to", Membership, {"afterwards": "stay"}),
    "circles:report": ("circle", Circle, {"text": "They did not let anybody speak."}),
    "gatherings:place": ("companion", Person, {}),
    "mixing:swap": ("with", Seat, {}),
    "rooms:vote": ("choices", Choice, {}),
}


def swapped(two: Two) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """Every post of Ada's that names something of the other circle."""
    seen = set()
    for page, text in pages_of(two).items():
        for form in forms_of(text):
            path = form.path or page
            left_out = NAMES_OTHERS | (NAMES_OF_NO_CIRCLE if two.organises_both else set())
            if (path, form.offered) not in seen and route_of(path) not in left_out:
                seen.add((path, form.offered))
                yield from ((path, data_of(swap)) for swap in swaps_of(form, two))
    for route, (name, model, beside) in NOT_SHOWN.items():
        path = reverse(route, kwargs=kwargs_of(route, two.own))
        for pk in two.foreign((TABLES.index(model) + 1) * APART):
            yield path, {name: [str(pk)], **{key: [value] for key, value in beside.items()}}


def taken(two: Two) -> tuple[list, set[str]]:
    """The posts that took something of the other circle, and the routes that were tried."""
    two.client.cookies[presence.COOKIE] = presence.enter(two.own.gathering.room, two.ada)
    wrong, tried = [], set()
    # Looking at every page first: some of them write down that somebody looked.
    for path, data in list(swapped(two)):
        status, text, changed = two.try_out(path, data)
        tried.add(route_of(path))
        # What a form does not know is left out; then at least nothing is written that names it.
        named = two.newly_named(changed)
        leaks = "Othermember" in text and not two.organises_both
        if named or leaks or (status < 400 and route_of(path) not in LEAVES_OUT):
            wrong.append((path, data, status, named, leaks))
    return wrong, tried


def test_no_form_takes_a_thing_of_another_circle(two):
    wrong, tried = taken(two)
    assert wrong == []
    assert tried > {
        *NOT_SHOWN,
        "circles:together",
        "circles:greet_instead",
        "gatherings:edit",
        "gatherings:new",
    }


@pytest.mark.parametrize("two", ["unknown"], indirect=True)
def test_control_the_forms_that_are_not_shown_take_a_thing_of_ones_own(two):
    two.client.cookies[presence.COOKIE] = presence.enter(two.own.gathering.room, two.ada)
    for route, (name, model, beside) in NOT_SHOWN.items():
        path, first = reverse(route, kwargs=kwargs_of(route, two.own)), (TABLES.index(model) + 1) * APART
        mine = model._default_manager.filter(pk__lt=first + SECOND_HALF).values_list("pk", flat=True)
        # 409: the form took it, and the act had its reasons: one handover is under way already.
        statuses = {two.try_out(path, beside | {name: str(pk)})[0] for pk in mine}
        assert statuses & {302, 409}, (route, statuses)


@pytest.mark.parametrize("two", ["unknown"], indirect=True)
def test_control_a_form_that_asks_for_anybody_is_noticed(two, monkeypatch):
    monkeypatch.setattr(greeting, "may_meet", lambda _gathering: Person.objects.all())
    assert "gatherings:choose_greeter" in {route_of(path) for path, *_said in taken(two)[0]}


# JSON


def test_nothing_that_is_said_as_json_is_heard(two):
    """No page reads JSON; the same words in it are as good as none."""
    for path, data in {route_of(path): (path, data) for path, data in list(swapped(two))}.values():
        _status, _text, changed = two.try_out(path, json.dumps(data), content_type="application/json")
        assert two.newly_named(changed) == set(), path

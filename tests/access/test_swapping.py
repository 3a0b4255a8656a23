"""Things of another circle, put into the paths and forms of one's own: not found, and nothing written.

Every id in this world says which table it is from, so whatever a page of the one circle offers
can be swapped for its like in the other. Ada organises the one, so she may do all there is to do
in it; of the other she knows nothing, or she organises it, too, and still no act reaches across.
"""

import re
from dataclasses import dataclass, field
from itertools import product
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.test import Client
from django.test.html import Element, parse_html
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve, reverse
from django.utils.timezone import now

from peerhood.circles.models import Circle, Membership
from peerhood.people.models import Person
from tests.access import world

pytestmark = pytest.mark.django_db

ROUTES = dict(world.routes())
# Ids of one table lie in one million, those of the other circle in its second half.
APART, SECOND_HALF = 1_000_000, 500_000
AN_ID = re.compile(r"(?<!\d)\d{7,9}(?!\d)")
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b", re.I)
TABLES = [
    model
    for model in sorted(apps.get_models(), key=lambda model: model._meta.label)
    if isinstance(model._meta.pk, models.AutoField)
]


def count_from(offset: int) -> None:
    """Let every table's next id begin at its own million, and ``offset``."""
    with connection.cursor() as cursor:
        for number, model in enumerate(TABLES, 1):
            table, start = model._meta.db_table, number * APART + offset
            if connection.vendor == "postgresql":
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, start])
            else:
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, start])


@pytest.fixture
def ids_that_tell():
    count_from(0)
    yield
    # A sequence of PostgreSQL is not rolled back.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in TABLES:
                table = model._meta.db_table
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence(%s, 'id'), COALESCE((SELECT max(id) FROM \"{table}\"), 0) + 1)",  # noqa: S608
                    [table],
                )


def make_person(name: str) -> Person:
    return Person.objects.create_user(f"{name.lower()}@swap.example.org", name=name, welcomed_at=now())


def make_world(name: str, organiser: Person | None = None) -> world.World:
    organiser = organiser or make_person(f"{name}organiser")
    circle = Circle.objects.create(
        name=f"{name} circle",
        slug=f"{name.lower()}-circle",
        kind=Circle.Kind.INVITATION_ONLY,
        purpose="Peers.",
        language="en",
        time_zone="Europe/Stockholm",
    )
    circle.memberships.create(person=organiser, role=Membership.Role.ORGANISER, is_contact=True)
    host, member, newcomer = (make_person(f"{name}{role}") for role in ("host", "member", "newcomer"))
    circle.memberships.create(person=member)
    return world.build(circle, organiser=organiser, host=host, member=member, newcomer=newcomer)


@dataclass
class Two:
    """Ada's circle, and another one."""

    ada: Person
    own: world.World
    other: world.World
    client: Client = field(default_factory=Client)

    def foreign(self, number: int) -> list[int]:
        """The other circle's rows of the table that this id is from."""
        model = TABLES[number // APART - 1]
        first = number // APART * APART + SECOND_HALF
        pks = model._default_manager.filter(pk__gt=first).order_by("pk").values_list("pk", flat=True)
        return list(pks[:3])

    def try_out(self, path: str, data: dict | None = None) -> tuple[int, str, bool]:
        """Post it, or get it, leaving nothing behind: the status, the text, and whether anything was written."""
        with transaction.atomic():
            before = contents()
            with CaptureQueriesContext(connection) as said:
                response = self.client.get(path) if data is None else self.client.post(path, data)
            touched = any(WRITES.match(query["sql"]) for query in said)
            changed = touched and contents() != before
            text = "" if getattr(response, "streaming", False) else response.text
            transaction.set_rollback(True)
        return response.status_code, text, changed


def contents() -> dict[str, list]:
    """Every row there is, but sessions: looking is no act."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values_list())
        for model in apps.get_models()
        if model._meta.label != "sessions.Session" and model._meta.app_label != "usersessions"
    }


@pytest.fixture(params=["unknown", "organised"])
def two(request, ids_that_tell):
    """Of the other circle Ada knows nothing; or she organises it, too."""
    ada = make_person("Ada")
    own = make_world("Own", ada)
    count_from(SECOND_HALF)
    other = make_world("Other", None if request.param == "unknown" else ada)
    two = Two(ada, own, other)
    two.client.force_login(ada)
    return two


# Paths


def kwargs_of(route: str, built: world.World) -> dict[str, object]:
    known = built.kwargs.get(route) or built.kwargs.get(route.split(":")[0], {})
    return {name: known.get(name, "0") for name in ROUTES[route]}


WITH_TWO_NAMES = [
    route for route, names in ROUTES.items() if len(names) > 1 and route not in {"people:photo"}
]
# The second name is no row of one circle: a template of the product's, a round's number, a person of the site's.
OF_NO_CIRCLE = {"template", "number"}


@pytest.mark.parametrize("route", WITH_TWO_NAMES)
def test_half_a_path_of_another_circle_leads_nowhere(two, route):
    own, other = kwargs_of(route, two.own), kwargs_of(route, two.other)
    swappable = [name for name in own if name not in OF_NO_CIRCLE]
    mixed = [
        own | {name: other[name] for name, is_other in zip(swappable, choice, strict=True) if is_other}
        for choice in product([False, True], repeat=len(swappable))
        if 0 < sum(choice) < len(swappable)
    ]
    for kwargs in mixed:
        path = reverse(route, kwargs=kwargs)
        for data in (None, {}):
            status, text, changed = two.try_out(path, data)
            assert status in {404, 405}, (path, data, status)
            assert not changed
            assert "Other circle" not in text or two.other.circle.memberships.filter(person=two.ada).exists()


# Forms


@dataclass(frozen=True)
class Form:
    path: str
    # What is sent when nothing is changed, and every field with the values it offers.
    sent: tuple[tuple[str, str], ...]
    offered: tuple[tuple[str, str], ...]


def forms_of(text: str) -> list[Form]:
    """The forms of a page, filled in as far as they have to be."""
    forms = []

    def walk(element, within=None):
        if not isinstance(element, Element):
            return
        attributes = {name: value or "" for name, value in element.attributes}
        if element.name == "form":
            within = (attributes, [], [])
        elif within and attributes.get("name"):
            _read_field(element, attributes, *within[1:])
        for child in element.children:
            walk(child, within)
        if element.name == "form" and within[0].get("method", "").lower() == "post":
            forms.append(Form(within[0].get("action", ""), tuple(within[1]), tuple(within[2])))

    walk(parse_html(text))
    return forms


FILLED_IN = {
    "email": "somebody@swap.example.org",
    "number": "7",
    "text": "Words",
    "url": "https://example.org/",
}


def _read_field(element, attributes, sent, offered) -> None:
    name, value = attributes["name"], attributes.get("value", "")
    kind = attributes.get("type", "text" if element.name == "input" else element.name)
    if element.name == "select":
        options = [dict(child.attributes) for child in element.children if isinstance(child, Element)]
        values = [option.get("value", "") for option in options]
        chosen = [option.get("value", "") for option in options if "selected" in option]
        if "multiple" not in attributes:
            chosen = chosen or [each for each in values if each][:1]
        sent += [(name, each) for each in chosen]
        offered += [(name, each) for each in values]
    elif kind in {"radio", "checkbox"}:
        offered.append((name, value))
        if "checked" in attributes or (kind == "radio" and name not in dict(sent)):
            sent.append((name, value))
    elif element.name == "textarea":
        sent.append((name, "".join(map(str, element.children)).strip() or "Words"))
    elif kind == "submit" or element.name == "button":
        offered.append((name, value))
    elif name != "csrfmiddlewaretoken" and kind != "file":
        sent.append((name, value or FILLED_IN.get(kind, "")))
        offered.append((name, value))


def swaps_of(form: Form, two: Two) -> list[list[tuple[str, str]]]:
    """The form as it is sent, with one id in it, as a value or in a name, from the other circle."""
    swaps = []
    for name, value in dict.fromkeys(form.offered):
        for found in AN_ID.finditer(f"{name}={value}"):
            if int(found[0]) % APART > SECOND_HALF:
                continue
            for pk in two.foreign(int(found[0])):
                its_name, _equals, its_value = (
                    f"{name}={value}"[: found.start()] + str(pk) + f"{name}={value}"[found.end() :]
                ).partition("=")
                others = [pair for pair in form.sent if pair[0] != name]
                swaps.append([*others, (its_name, its_value)])
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


def test_no_form_takes_a_thing_of_another_circle(two):
    seen, tried = set(), {}
    for page, text in pages_of(two).items():
        for form in forms_of(text):
            path = form.path or page
            if (path, form.offered) in seen:
                continue
            seen.add((path, form.offered))
            for swap in swaps_of(form, two):
                status, _text, changed = two.try_out(path, data_of(swap))
                tried.setdefault(route_of(path), []).append((status, changed, swap))
    for route, results in tried.items():
        print(route, [(status, changed, swap[-1]) for status, changed, swap in results][:4])
    raise AssertionError

"""Whatever is typed or sent, nobody is answered with a 500, and nothing half done is left.

Every form's own fields are filled with what no form expects, at every URL there is.
"""

import re
from collections import Counter
from uuid import UUID

import pytest
from django.db import transaction
from django.urls import reverse

from tests.access import world
from tests.access.test_access import ROUTES, client_of, path_of

pytestmark = pytest.mark.django_db
NAME = re.compile(r'\bname="([\w-]+)"')
# Where the server goes on talking there is no answer to wait for.
STREAMS = {"rooms:stream"}
PAGES = {route: parameters for route, parameters in ROUTES.items() if route not in STREAMS}
NONSENSE = {
    "nothing": "",
    "a NUL": "a\x00b",
    "a novel": "å" * 3_000,
    "a negative number": "-1",
    "a number beyond any": "9" * 40,
    "more digits than are read": "9" * 5_000,
    "a digit that is no number": "²",
    "no date": "2026-13-45T99:99",
    "a picture": "\U0001f600\u202e\u200f",
    "markup": "<script>'\"&%{{ 7 }}",
    "a line of lines": "\r\n" * 300,
}


@pytest.fixture
def built(makers, ada, ben, chi, person):
    return world.build(makers, organiser=ada, host=chi, member=ben, newcomer=person("New Nilsson"))


def paths(built: world.World) -> list[str]:
    return [path_of(route, parameters, built) for route, parameters in PAGES.items()]


def asked(client, method: str, path: str, values: dict) -> int:
    """The status of one request that leaves nothing behind."""
    with transaction.atomic():
        status = getattr(client, method)(path, values).status_code
        transaction.set_rollback(True)
    return status


def fields(client, built: world.World) -> list[str]:
    """Every name that a field on any page has."""
    found = set()
    for path in paths(built):
        response = client.get(path)
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            found |= set(NAME.findall(response.text))
    return sorted(found - {"csrfmiddlewaretoken", "viewport"})


@pytest.fixture(scope="module")
def looked_for() -> list[str]:
    """The names of fields, as far as they have been looked for."""
    return []


@pytest.fixture
def names(looked_for, built, ada) -> list[str]:
    """Looked for once: the pages of every world that is built have the same fields."""
    if not looked_for:
        looked_for.extend(fields(client_of(ada), built))
    return looked_for


@pytest.mark.parametrize("nonsense", NONSENSE.values(), ids=NONSENSE)
def test_no_form_and_no_address_breaks(built, ada, nonsense, names):
    assert {"title", "capacity", "starts_at", "line-0-length_minutes", "rounds_count", "code"} <= set(names)
    values = dict.fromkeys([*names, "page", "q", "version"], nonsense)
    # No server lets an address of megabytes through, and each would be kept in the test's log.
    in_address = {name: value[:100] for name, value in values.items()}
    answers = Counter()
    broken = []
    for person in (ada, None):
        for path in paths(built):
            for method, said in (("post", values), ("get", in_address)):
                # Anew for each: one of the pages signs out whoever posts to it.
                client = client_of(person)
                client.raise_request_exception = False
                status = asked(client, method, path, said)
                answers[person, status] += 1
                if status >= 500:
                    broken.append((method, path, status, person))
    assert broken == []
    # The forms themselves have read it.
    assert answers[ada, 422] > 10


@pytest.mark.parametrize("pk", [0, 2**31, 2**63, 10**40])
def test_a_number_nobody_has_is_not_found(built, ada, pk):
    client = client_of(ada)
    client.raise_request_exception = False
    kwargs = built.kwargs
    broken = []
    for route, parameters in PAGES.items():
        numbers = {
            name for name in parameters if name == "pk" or name.endswith("_pk") or name in {"number", "seat"}
        }
        if numbers:
            own = kwargs.get(route) or kwargs.get(route.split(":")[0], {})
            # A key that is drawn at random is no number.
            numbers = {name for name in numbers if not isinstance(own[name], UUID)}
            # One alone as well: what is asked first must not hide what is asked next.
            for wrong in (numbers, *({name} for name in numbers if len(numbers) > 1)):
                path = reverse(
                    route, kwargs={name: pk if name in wrong else own[name] for name in parameters}
                )
                broken += [
                    (method, path) for method in ("get", "post") if asked(client, method, path, {}) >= 500
                ]
    assert broken == []

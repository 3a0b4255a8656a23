"""Two circles side by side whose ids say which table they are from, and which circle."""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from peerhood.circles.models import Circle, Membership
from peerhood.people.models import Person
from peerhood.search import indexing
from tests.access import world
from tests.reading import said_in

# Ids of one table lie in one million, those of the other circle in its second half.
APART, SECOND_HALF = 1_000_000, 500_000
# Not digits in the middle of a key drawn at random, nor its first eight.
AN_ID = re.compile(r"(?<![\da-f])\d{7,9}(?![\da-f]|-[\da-f]{4}-)")
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
    # Somebody beside her who reads what is reported.
    circle.memberships.create(person=make_person(f"{name}second"), role=Membership.Role.ORGANISER)
    return world.build(circle, organiser=organiser, host=host, member=member, newcomer=newcomer)


@dataclass
class Two:
    """Ada's circle, and another one."""

    ada: Person
    own: world.World
    other: world.World
    organises_both: bool
    client: Client = field(default_factory=Client)

    def foreign(self, number: int) -> list[int]:
        """The other circle's rows of the table that this id is from."""
        model = TABLES[number // APART - 1]
        first = number // APART * APART + SECOND_HALF
        pks = model._default_manager.filter(pk__gt=first).order_by("pk").values_list("pk", flat=True)
        return list(pks[:3])

    @cached_property
    def foreign_ids(self) -> set[int]:
        """Of every row of the other circle, and of whoever belongs to it."""
        first = {model: (number + 1) * APART + SECOND_HALF for number, model in enumerate(TABLES)}
        pks = [
            model._default_manager.filter(pk__gt=first[model]).values_list("pk", flat=True)
            for model in TABLES
        ]
        return {pk for each in pks for pk in each}

    @cached_property
    def before(self) -> dict[str, list]:
        return contents()

    def try_out(self, path: str, data: dict | str | None = None, **how: str) -> tuple[int, str, list]:
        """Post it, or get it, leaving nothing behind: the status, the text, and the rows that were written."""
        before = self.before
        with transaction.atomic():
            with CaptureQueriesContext(connection) as said:
                response = self.client.get(path) if data is None else self.client.post(path, data, **how)
            touched = any(WRITES.match(query["sql"]) for query in said)
            after = contents() if touched else before
            text = said_in(response)
            transaction.set_rollback(True)
        changed = []
        for label, rows in after.items():
            if rows != before[label]:
                now_there, there_before = {*map(repr, rows)}, {*map(repr, before[label])}
                changed += [(label, row, 1) for row in now_there - there_before]
                changed += [(label, row, -1) for row in there_before - now_there]
        return response.status_code, text, changed

    def newly_named(self, changed: list[tuple[str, str, int]]) -> set[tuple[str, int]]:
        """What of the other circle is named more often in the rows of a table than before, or less often."""
        mentions: Counter[tuple[str, int]] = Counter()
        for label, row, sign in changed:
            for found in AN_ID.findall(row):
                mentions[label, int(found)] += sign
        return {(label, pk) for (label, pk), number in mentions.items() if number and pk in self.foreign_ids}


# To look is no act: a session, and when a device was last here.
OF_LOOKING = {"sessions.Session", "people.Device"}


def contents() -> dict[str, list]:
    """Every row there is."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values_list())
        for model in apps.get_models()
        if model._meta.label not in OF_LOOKING
    }


@pytest.fixture(params=["unknown", "organised"])
def two(request, ids_that_tell):
    """Of the other circle Ada knows nothing; or she organises it, too."""
    ada = make_person("Ada")
    own = make_world("Own", ada)
    count_from(SECOND_HALF)
    other = make_world("Other", None if request.param == "unknown" else ada)
    indexing.write_everything()
    two = Two(ada, own, other, organises_both=request.param == "organised")
    two.client.force_login(ada)
    return two

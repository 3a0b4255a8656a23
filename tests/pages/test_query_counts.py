"""Every page asks the database as often at 3 rows of everything as at 300."""

from collections import Counter

import pytest
from django.db import connection, transaction

from tests.access import world
from tests.access.test_access import ROUTES, client_of, path_of, rows
from tests.pages import crowd

pytestmark = pytest.mark.django_db
PAGES = sorted({route for route, method in rows() if method == "GET"})


def questions(built: world.World, people: dict) -> dict[tuple[str, str], list[str]]:
    """What each page asks of the database for each visitor who is shown it."""
    found = {}
    for role, person in people.items():
        for route in PAGES:
            client, asked = client_of(person), []
            with transaction.atomic(), connection.execute_wrapper(noting(asked)):
                response = client.get(path_of(route, ROUTES[route], built))
                transaction.set_rollback(True)
            if response.status_code == 200 and not response.streaming:
                found[route, role] = asked
    return found


def noting(asked: list[str]):
    def execute(run, sql, params, many, context):
        if "SAVEPOINT" not in sql:
            asked.append(sql)
        return run(sql, params, many, context)

    return execute


def more(few: list[str], many: list[str]) -> tuple[int, int, list[str]]:
    """The two counts, and what was asked the more often, for whoever has to mend it."""
    asked = Counter(sql[:300] for sql in many)
    asked.subtract(sql[:300] for sql in few)
    return len(few), len(many), [f"{n} × {sql}" for sql, n in asked.most_common(3) if n]


def test_no_page_asks_more_when_there_is_more(makers, ada, ben, chi, dot, person):
    built = world.build(makers, organiser=ada, host=chi, member=ben, newcomer=person("New Nilsson"))
    people = {"visitor": None, "outsider": dot, "member": ben, "organiser": ada}
    crowd.add(built, 3, knows=ada)
    few = questions(built, people)
    crowd.add(built, 297, knows=ada)
    many = questions(built, people)
    assert len(few) > 80
    assert {page: more(few[page], many[page]) for page in few if len(few[page]) != len(many[page])} == {}


def test_control_a_question_a_row_is_seen(makers):
    asked = []
    with connection.execute_wrapper(noting(asked)):
        assert len([membership.person.name for membership in makers.memberships.all()]) == 3
    assert len(asked) == 1 + 3

"""What circles said before agreements had versions is their first one, and comes back on the way back."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE, AFTER = ("circles", "0002_initial"), ("circles", "0003_joining_and_handing_over")

pytestmark = pytest.mark.django_db(transaction=True)


def migrate(*targets):
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets))
    return MigrationExecutor(connection).loader.project_state(list(targets)).apps


@pytest.fixture
def afterwards():
    """Whatever happens, the tables are today's again."""
    yield
    latest = MigrationExecutor(connection)
    latest.migrate(latest.loader.graph.leaf_nodes())


def test_the_words_a_circle_has_become_its_first_version_and_nobody_is_said_to_have_agreed(afterwards):
    old = migrate(BEFORE, ("people", "0001_initial"))
    make = old.get_model("circles", "Circle").objects.create
    said = {"purpose": "x", "language": "en", "time_zone": "UTC"}
    make(name="Makers", slug="makers", agreement="We share.", **said)
    make(name="Quiet", slug="quiet", agreement="", **said)
    make(name="Blank", slug="blank", agreement=" ", **said)
    ada = old.get_model("people", "Person").objects.create(name="Ada", email="ada@example.org")
    old.get_model("circles", "Circle").objects.get(slug="quiet").memberships.create(
        person=ada, state="applied"
    )

    new = migrate(AFTER)
    agreements = new.get_model("circles", "Agreement").objects
    assert list(agreements.values_list("circle__slug", "version", "text")) == [("makers", 1, "We share.")]
    assert not new.get_model("circles", "Acceptance").objects.exists()
    applications = new.get_model("circles", "Application").objects
    assert list(applications.values_list("membership__person__name", "outcome")) == [("Ada", "waiting")]
    circle = new.get_model("circles", "Circle").objects.get(slug="makers")
    agreements.create(circle=circle, version=2, text="We share, and listen.")

    back = migrate(BEFORE)
    texts = back.get_model("circles", "Circle").objects.values_list("slug", "agreement")
    assert dict(texts) == {"makers": "We share, and listen.", "quiet": "", "blank": ""}

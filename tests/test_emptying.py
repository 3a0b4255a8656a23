"""After a test that commits nothing is left of it for the next."""

import pytest
from django.apps import apps

from tests import emptying
from tests.access import world

pytestmark = pytest.mark.django_db(transaction=True)


def counts() -> dict[str, int]:
    """How many rows there are of what has any, but for what the models themselves say."""
    found = {
        model._meta.label: model._base_manager.count() for model in apps.get_models(include_auto_created=True)
    }
    return {
        label: count
        for label, count in found.items()
        if count and label not in {"contenttypes.ContentType", "auth.Permission"}
    }


def test_no_row_is_left_in_any_table(makers, ada, ben, chi, person):
    world.build(makers, organiser=ada, host=chi, member=ben, newcomer=person("New Nilsson"))
    assert len(counts()) > 40
    emptying.empty("default")
    assert counts() == {}


def test_control_what_the_models_say_is_still_there():
    permissions = apps.get_model("auth", "Permission").objects
    assert permissions.filter(content_type__app_label="gatherings", codename="add_rsvp").exists()

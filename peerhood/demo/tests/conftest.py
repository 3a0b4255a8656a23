import pytest
from django.db import transaction


@pytest.fixture(scope="module")
def network(django_db_setup, django_db_blocker):
    """The demo network, planted once for the tests of a module; they only read."""
    from peerhood.demo.network.load import load

    with django_db_blocker.unblock(), transaction.atomic():
        yield load(lambda line: None)
        transaction.set_rollback(True)

"""Coming in through the browser door: ``sign_in_as("ada@example.org")``."""

import pytest
from django.core.cache import cache

from peerhood.notices.models import Mail


@pytest.fixture(autouse=True)
def no_tries_remembered():
    """Limits count over minutes; each test begins with none."""
    cache.clear()


@pytest.fixture
def latest_code():
    """The code in the latest mail to an address."""

    def read(address):
        return Mail.objects.filter(address=address).latest("pk").subject.rsplit(": ", 1)[1]

    return read


@pytest.fixture
def come_in(client, latest_code):
    """Ask for a code and type it in; the response to the code."""

    def sign_in(address, **query):
        client.post("/sign-in/", {"address": address, **query})
        return client.post("/sign-in/code/", {"code": latest_code(address), **query})

    return sign_in

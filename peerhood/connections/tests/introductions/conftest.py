"""Ada keeps Ben, and Ben keeps Chi; the three belong to the Makers. Ada and Chi do not keep each other."""

import pytest
from django.utils.timezone import now

from peerhood.connections.introductions import asking
from peerhood.connections.models import Connection

REASON = "We both begin with benefits this spring."


@pytest.fixture
def keep():
    """``keep(ada, ben)``: both have said so."""

    def make(one, other):
        one, other = sorted((one, other), key=lambda person: person.pk)
        return Connection.objects.create(one=one, other=other, one_said_at=now(), other_said_at=now())

    return make


@pytest.fixture
def circle(makers, ada, ben, chi, keep):
    keep(ada, ben)
    keep(ben, chi)
    return makers


@pytest.fixture
def wish(circle, ada, ben, chi):
    """Ada asks Ben to introduce her to Chi."""
    return asking.ask(ada, ben, wanted=chi, reason=REASON)


@pytest.fixture
def free_wish(circle, ada, ben):
    """Ada asks Ben to introduce her to somebody."""
    return asking.ask(ada, ben, wish="has moved to the cloud", reason=REASON)

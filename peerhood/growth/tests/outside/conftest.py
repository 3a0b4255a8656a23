"""A conference that Ben lists for the Makers."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from peerhood.growth.outside import listing


@pytest.fixture
def said():
    """What is said of a conference a month from now: ``said(title="Another")``."""

    def make(**other):
        first = localdate() + timedelta(days=30)
        return {
            "title": "Days of Bricks",
            "starts_on": first,
            "ends_on": first + timedelta(days=1),
            "place": "Malmö",
            "is_online": False,
            "link": "https://bricks.example/",
            "why": "For the corridor.",
        } | other

    return make


@pytest.fixture
def event(makers, ben, said):
    return listing.list_event(makers, by=ben, **said())

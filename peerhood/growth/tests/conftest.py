"""An afternoon that took place, to which Ben was checked in and Chi was not."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from peerhood.growth.certificates import issuing, offering


@pytest.fixture
def afternoon(gathering, makers, ben, chi):
    ends_at = now() - timedelta(days=2)
    held = gathering(makers, starts_at=ends_at - timedelta(hours=4), ends_at=ends_at)
    held.rsvps.create(person=ben, status="going", checked_in_at=held.starts_at)
    held.rsvps.create(person=chi, status="going")
    return held


@pytest.fixture
def agenda(afternoon):
    for position, (kind, minutes) in enumerate([("arrival", 30), ("talk", 50), ("fika", 30), ("format", 54)]):
        afternoon.agenda.create(position=position, kind=kind, title=kind, length_minutes=minutes)
    return afternoon


@pytest.fixture
def given(afternoon, ada):
    """Ada, who organises the circle, gives certificates of the afternoon."""
    offering.offer(
        afternoon,
        by=ada,
        title="Nyttorealisering på riktigt",
        outcomes="Mäter nyttan efter två år\nFrågar ägaren först",
        quarters=14,
    )
    return afternoon


@pytest.fixture
def certificate(given, ben):
    return issuing.issue(given, by=ben)

"""An afternoon online: everybody has a place in the call, and it begins in half an hour."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from peerhood.gatherings.models import Gathering, Part, Rsvp

CALL = "https://call.example.org/afternoon"


@pytest.fixture
def online(afternoon, ada, ben, chi):
    """Ada, Ben and Chi have places online, and there is a link."""
    Gathering.objects.filter(pk=afternoon.pk).update(
        mode=Gathering.Mode.ONLINE,
        online_url=CALL,
        starts_at=now() + timedelta(minutes=30),
        ends_at=now() + timedelta(hours=3),
    )
    for person in (ada, ben, chi):
        afternoon.rsvps.create(person=person, status=Rsvp.Status.GOING, part=Part.ONLINE)
    afternoon.refresh_from_db()
    return afternoon

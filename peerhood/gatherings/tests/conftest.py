"""An agenda to put on a gathering."""

from datetime import UTC, datetime, timedelta

import pytest

from peerhood.gatherings.agenda import Line
from peerhood.gatherings.coming import seats
from peerhood.gatherings.models import AgendaItem, Rsvp


@pytest.fixture
def breakfast(forum, ada, gathering):
    """The Forum's next gathering, which nobody outside may know of."""
    breakfast = gathering(forum, title="Canary at dawn", place_name="Canary Quay 7")
    breakfast.hosts.add(ada)
    return breakfast


@pytest.fixture
def lines():
    """An afternoon with nothing to warn about: 200 minutes."""
    return [
        Line("arrival", "Arrival and coffee", 20),
        Line("exercise", "Five tables, one problem each", 90),
        Line("fika", "Fika", 40),
        Line("story", "What we measured", 35, "Ben Berg", AgendaItem.Confidentiality.CHATHAM_HOUSE),
        Line("ballot", "Choose the next theme together", 15),
    ]


@pytest.fixture
def seated(person):
    """Give seats to so many new people, without the acts: ``seated(supper, 3)``."""

    def seat(gathering, count, *, status=Rsvp.Status.GOING, **fields):
        start = datetime(2026, 1, 1, tzinfo=UTC)
        rsvps = [
            Rsvp(
                gathering=gathering,
                person=person(f"{status}{gathering.pk}x{number} Guest"),
                status=status,
                answered_at=start + timedelta(minutes=number),
                **fields,
            )
            for number in range(count)
        ]
        Rsvp.objects.bulk_create(rsvps)
        seats.recount(gathering)
        gathering.save()
        return [rsvp.person for rsvp in rsvps]

    return seat

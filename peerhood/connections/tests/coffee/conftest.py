"""Coffee next week; a circle with a cadence, and the worker that comes by."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.timezone import now

from peerhood.connections.coffee import answering, asking, following_up, pairing, rounds

MONDAY = date(2027, 1, 11)
# Before members are asked about the round of that Monday.
BEFORE = datetime(2027, 1, 4, 12, tzinfo=UTC)


@pytest.fixture
def invite():
    """``invite(ada, ben)``: to the mill, in three days or in five."""

    def ask(asker, asked, **fields):
        said = {"first_at": now() + timedelta(days=3), "second_at": now() + timedelta(days=5)}
        return asking.ask(asker, asked, **{**said, "place": "The mill", "words": "About pots.", **fields})

    return ask


def worker():
    """Everything that the worker does for coffee, as often as it comes by."""
    rounds.open_all_due()
    pairing.pair_all_due()
    answering.expire_all_due()
    following_up.ask_all_due()

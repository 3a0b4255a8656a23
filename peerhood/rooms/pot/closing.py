"""The end of a pot: a quarter of a minute for whoever is in the middle of a sentence, then it is poured out."""

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils.timezone import now

from peerhood.people.models import Person
from peerhood.rooms import turns
from peerhood.rooms.models import Pot
from peerhood.rooms.pot import pouring
from peerhood.rooms.tasks import pour_pots

GRACE = timedelta(seconds=15)


@transaction.atomic
def begin(pot: Pot, *, by: Person, version: int | None = None) -> Pot:
    """Say on every screen that the pot is about to close, and let the worker pour it out in time."""
    room = turns.take(pot.room, by=by, version=version)
    pot = room.pots.get(pk=pot.pk)
    if pot.state != Pot.State.OPEN or pot.closes_at is not None:
        raise turns.Stale
    pot.closes_at = now() + GRACE
    pot.save(update_fields=["closes_at"])
    turns.announce(room)
    # A second more, so that it is certainly due when the worker looks.
    transaction.on_commit(partial(pour_pots.schedule, delay=GRACE.seconds + 1))
    return pot


def pour_now(pot: Pot, *, by: Person, version: int | None = None) -> Pot:
    """Pour it out without waiting: everybody has put the pen down."""
    with transaction.atomic():
        turns.take(pot.room, by=by, version=version)
    return pouring.pour(pot)

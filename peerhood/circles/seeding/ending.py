"""Ending: a seed that does not sprout by its day ends kindly.

A week ahead its planter is reminded and may give it more time. When it ends, the planter
and whoever said yes get a mail, and everything the seed knew about people is deleted.
"""

from datetime import date, timedelta

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles.models import Seed
from peerhood.circles.seeding.planting import lock, locked_for
from peerhood.circles.seeding.sprouting import let_go, said_yes
from peerhood.notices import sending
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal

REMINDED_AHEAD = timedelta(days=7)


@transaction.atomic
def extend(seed: Seed, sprouts_by: date, *, by: Person) -> Seed:
    """Give it more time."""
    seed = locked_for(by, seed)
    if not seed.is_growing():
        raise Refusal(_("This seed does not grow any more."))
    # A reminder goes out again when the new day comes near.
    seed.sprouts_by, seed.reminded_at = sprouts_by, None
    seed.save(update_fields=["sprouts_by", "reminded_at"])
    journal.record("seed.extended", seed, by=by)
    return seed


@transaction.atomic
def end(seed: Seed, *, by: Person) -> None:
    """Let it go before its day."""
    seed = locked_for(by, seed)
    if seed.is_growing():
        _end(seed)


def remind_planters() -> int:
    """Write to whoever has a seed that ends within a week; return how many were reminded."""
    near = Seed.objects.growing().filter(
        reminded_at=None, sprouts_by__gt=localdate(), sprouts_by__lte=localdate() + REMINDED_AHEAD
    )
    return sum(_remind(seed) for seed in near)


@transaction.atomic
def _remind(seed: Seed) -> bool:
    seed = lock(seed)
    if not seed.is_growing() or seed.reminded_at:
        return False
    seed.reminded_at = now()
    seed.save(update_fields=["reminded_at"])
    sending.send(seed.planter, "circles/seed_reminder", seed=seed, yes_count=seed.yes_count())
    return True


def end_what_is_due() -> int:
    """End every seed whose day has come; return how many."""
    return sum(_end_if_due(seed) for seed in Seed.objects.growing().filter(sprouts_by__lte=localdate()))


@transaction.atomic
def _end_if_due(seed: Seed) -> bool:
    seed = lock(seed)
    if not seed.is_growing() or seed.sprouts_by > localdate():
        return False
    _end(seed)
    return True


def _end(seed: Seed) -> None:
    people = said_yes(seed)
    let_go(seed, Seed.State.ENDED)
    journal.record("seed.ended", seed)
    sending.send(seed.planter, "circles/seed_ended", seed=seed)
    for person in people:
        # Fleeting: who had wanted a circle that did not come about is nobody's to look up.
        sending.send(person, "circles/seed_ended_for_all", is_fleeting=True, seed=seed)

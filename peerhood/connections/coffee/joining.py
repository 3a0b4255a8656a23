"""Joining: in this round, in every round, or in none until a day. What one says about it is one's own."""

from datetime import date
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from peerhood.circles.models import Circle
from peerhood.connections.models import CoffeeHabit, CoffeeRound, CoffeeSeat
from peerhood.people.models import Person
from peerhood.platform import presence
from peerhood.platform.refusals import Refusal


@transaction.atomic
def join(round: CoffeeRound, person: Person) -> None:
    """Take part in this round. Saying it twice says it once."""
    presence.hold(person)
    round = _open(round)
    if not round.people().filter(pk=person.pk).exists():
        raise PermissionDenied
    CoffeeSeat.objects.get_or_create(round=round, person=person)


@transaction.atomic
def skip(round: CoffeeRound, person: Person) -> None:
    """Not this round; the next one asks again."""
    CoffeeSeat.objects.filter(round=_open(round), person=person).delete()


@transaction.atomic
def make_a_habit(circle: Circle, person: Person, *, every_round: bool, paused_until: date | None) -> None:
    """Say it once and for all. It holds for the round that is open, too."""
    presence.hold(person)
    fields = {"every_round": every_round, "paused_until": paused_until}
    habit, _is_new = CoffeeHabit.objects.update_or_create(circle=circle, person=person, defaults=fields)
    zone = ZoneInfo(circle.time_zone)
    for round in CoffeeRound.objects.open().filter(circle=circle).order_by("pk"):
        day = round.pairs_at.astimezone(zone).date()
        if habit.is_paused_on(day):
            CoffeeSeat.objects.filter(round=_open(round), person=person).delete()
        elif every_round and round.people().filter(pk=person.pk).exists():
            CoffeeSeat.objects.get_or_create(round=_open(round), person=person)


def _open(round: CoffeeRound) -> CoffeeRound:
    """The round, held so that nobody joins while its pairs are made."""
    found = CoffeeRound.objects.select_for_update(no_key=True, of=("self",)).filter(pk=round.pk).first()
    if found is None or not found.is_open():
        raise Refusal(_("This round is closed. The next one comes."))
    return found

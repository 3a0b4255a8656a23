"""Rounds: an organiser says how often a circle has coffee; the worker asks its members before each round.

Asked by mail and on the page, four days before the pairs are made. Whoever takes part in every round
has a seat at once. A member who takes a pause, from the circle or from its coffee, is not asked.
"""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles.models import Circle
from peerhood.circles.permissions import can_organise
from peerhood.connections.models import CoffeeCadence, CoffeeHabit, CoffeeRound, CoffeeSeat
from peerhood.notices import sending
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal

ASK = "connections/coffee_round_asks"


@transaction.atomic
def set_cadence(
    circle: Circle, *, by: Person, every_days: int, first_on: date, across_chapters: bool = False
) -> CoffeeCadence:
    """Begin, or go on in another rhythm. A round that members are asked about already stays as it is."""
    if not can_organise(by, circle):
        raise PermissionDenied
    if first_on <= now().astimezone(ZoneInfo(circle.time_zone)).date():
        raise Refusal(_("Choose a day to come: members need time to answer."))
    if across_chapters and not may_cross_chapters(circle):
        raise Refusal(_("This circle has no open chapters to have coffee with."))
    fields = {"every_days": every_days, "next_on": first_on, "across_chapters": across_chapters}
    cadence, _is_new = CoffeeCadence.objects.update_or_create(circle=circle, defaults=fields)
    journal.record("coffee_cadence.set", circle, by=by)
    return cadence


@transaction.atomic
def stop(circle: Circle, *, by: Person) -> None:
    """No more rounds. One that is open is dropped; pairs that are made have their coffee."""
    if not can_organise(by, circle):
        raise PermissionDenied
    if CoffeeCadence.objects.filter(circle=circle).delete()[0]:
        for one in CoffeeRound.objects.select_for_update(no_key=True).filter(circle=circle, paired_at=None):
            sending.take_back(keys_of(one))
            one.delete()
        journal.record("coffee_cadence.stopped", circle, by=by)


def may_cross_chapters(circle: Circle) -> bool:
    """A closed circle's coffee is its own: nobody outside may learn that it exists."""
    return not circle.is_closed() and circle.family().exclude(pk=circle.pk).exists()


def open_all_due() -> None:
    due = CoffeeCadence.objects.select_related("circle")
    for cadence in due.filter(next_on__lte=(now() + CoffeeCadence.ASKED_BEFORE + timedelta(days=1)).date()):
        if cadence.asks_at() <= now():
            open_round(cadence)


@transaction.atomic
def open_round(cadence: CoffeeCadence) -> CoffeeRound | None:
    """Ask the members about the next round; None when another worker has done it, or it is too soon."""
    held = CoffeeCadence.objects.select_for_update(no_key=True, of=("self",)).select_related("circle")
    found = held.filter(pk=cadence.pk).first()
    if found is None or found.asks_at() > now():
        return None
    # After a long stand of the worker the days that are over are passed by.
    while found.at(found.next_on) <= now():
        found.next_on += timedelta(days=found.every_days)
    day, length = found.next_on, timedelta(days=found.every_days)
    if found.asks_at() > now():
        found.save(update_fields=["next_on"])
        return None
    round, is_new = CoffeeRound.objects.get_or_create(
        circle=found.circle,
        pairs_at=found.at(day),
        defaults={
            "across_chapters": found.across_chapters,
            "ends_at": found.at(day + length) - timedelta(days=1),
        },
    )
    found.next_on = day + length
    found.save(update_fields=["next_on"])
    if is_new:
        _ask(round, day)
    return round if is_new else None


def _ask(round: CoffeeRound, day: date) -> None:
    habits = {habit.person_id: habit for habit in CoffeeHabit.objects.filter(circle=round.circle)}
    seats = []
    for person in round.people().order_by("pk"):
        habit = habits.get(person.pk)
        if habit and habit.is_paused_on(day):
            continue
        if habit and habit.every_round:
            seats.append(CoffeeSeat(round=round, person=person))
            continue
        key = f"{keys_of(round)}asks/{person.pk}"
        sending.send(person, ASK, key=key, circle=round.circle, round=round)
    CoffeeSeat.objects.bulk_create(seats)


def keys_of(round: CoffeeRound) -> str:
    """How the keys of all its mails begin."""
    return f"connections/coffee-round/{round.pk}/"

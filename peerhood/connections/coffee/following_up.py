"""Did you meet? Each is asked once, by mail and on the page. "No" is a fine answer: then it does not count."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood.connections.coffee.asking import key_of
from peerhood.connections.models import Coffee, CoffeeRound, CoffeeSeat
from peerhood.notices import sending
from peerhood.people.models import Person
from peerhood.platform import presence
from peerhood.platform.refusals import Refusal

ASKED_AFTER = timedelta(hours=3)
# Later than that nobody is asked any more.
ASKED_AT_LATEST = timedelta(days=7)


@transaction.atomic
def say(coffee: Coffee, person: Person, *, met: bool) -> None:
    """Say whether the two met; it can be said again, the last word holds."""
    if person.pk not in (coffee.asker_id, coffee.asked_id):
        raise PermissionDenied
    presence.hold(person)
    if not coffee.is_over():
        raise Refusal(_("You will be asked when the hour has passed."))
    field = "asker_met" if person.pk == coffee.asker_id else "asked_met"
    Coffee.objects.filter(pk=coffee.pk, state=Coffee.State.AGREED).update(**{field: met})


@transaction.atomic
def say_of_round(seat: CoffeeSeat, person: Person, *, met: bool) -> None:
    """The same of a round's coffee."""
    if person.pk != seat.person_id:
        raise PermissionDenied
    presence.hold(person)
    if seat.pair is None:
        raise Refusal(_("The pairs of this round are not made yet."))
    CoffeeSeat.objects.filter(pk=seat.pk).update(met=met)


def ask_all_due() -> None:
    """The worker comes by every ten minutes, or twice at once: each is asked once."""
    latest, soonest = now() - ASKED_AFTER, now() - ASKED_AT_LATEST
    had = Coffee.objects.filter(state=Coffee.State.AGREED, chosen_at__lt=latest, chosen_at__gt=soonest)
    for coffee in had.select_related("asker", "asked"):
        for person in (coffee.asker, coffee.asked):
            if coffee.met(person) is None:
                sending.send(
                    person,
                    "connections/coffee_met",
                    key=f"{key_of(coffee)}met/{person.pk}",
                    coffee=coffee,
                    other=coffee.the_other(person),
                )
    over = CoffeeRound.objects.paired().filter(ends_at__lt=now(), ends_at__gt=soonest)
    seats = CoffeeSeat.objects.filter(round__in=over, met=None).exclude(pair=None)
    for seat in seats.select_related("person", "round__circle"):
        sending.send(
            seat.person,
            "connections/coffee_round_met",
            key=f"connections/coffee-round/{seat.round_id}/met/{seat.person_id}",
            circle=seat.round.circle,
        )

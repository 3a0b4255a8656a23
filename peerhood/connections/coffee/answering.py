"""Answering: yes to one of the two times, or not this time; and calling off what was agreed.

A yes puts the coffee into both calendars, and calling it off takes it out again. Who says no gives
no reason, and nobody else hears of it.
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood.connections.coffee import calendars
from peerhood.connections.coffee.asking import hold, key_of
from peerhood.connections.models import Coffee
from peerhood.notices import sending
from peerhood.people.models import Person, Silence
from peerhood.platform import presence
from peerhood.platform.refusals import Refusal, still_there


@transaction.atomic
def accept(coffee: Coffee, person: Person, at: datetime) -> Coffee:
    """Say yes to one of its times; both get it in their calendars."""
    coffee = _held(coffee)
    if person.pk != coffee.asked_id:
        raise PermissionDenied
    presence.hold(person)
    if coffee.state == Coffee.State.AGREED and coffee.chosen_at == at:
        return coffee
    if not coffee.is_open():
        raise Refusal(_("This invitation is not open any more."))
    if at not in coffee.times_left():
        raise Refusal(_("This time is over, or was not one of the two. Take the other one."))
    coffee.chosen_at = at
    _settle(coffee, Coffee.State.AGREED)
    for one in (coffee.asker, coffee.asked):
        sending.send(
            one,
            "connections/coffee_agreed",
            key=f"{key_of(coffee)}agreed/{one.pk}",
            calendar=calendars.request_for(coffee, one),
            coffee=coffee,
            other=coffee.the_other(one),
        )
    return coffee


@transaction.atomic
def decline(coffee: Coffee, person: Person) -> Coffee:
    """Not this time. Who asked is told so kindly, and no reason is asked for."""
    coffee = _held(coffee)
    if person.pk != coffee.asked_id:
        raise PermissionDenied
    presence.hold(person)
    if coffee.state == Coffee.State.DECLINED:
        return coffee
    if not coffee.is_open():
        raise Refusal(_("This invitation is not open any more."))
    _settle(coffee, Coffee.State.DECLINED)
    sending.take_back(f"{key_of(coffee)}asked")
    sending.send(
        coffee.asker,
        "connections/coffee_declined",
        key=f"{key_of(coffee)}declined",
        coffee=coffee,
        other=coffee.asked,
    )
    return coffee


@transaction.atomic
def call_off(coffee: Coffee, person: Person) -> Coffee:
    """Take back what one asked; or either of the two, what was agreed."""
    coffee = _held(coffee)
    if person.pk not in (coffee.asker_id, coffee.asked_id):
        raise PermissionDenied
    presence.hold(person)
    if coffee.state in (Coffee.State.WITHDRAWN, Coffee.State.CANCELLED):
        return coffee
    if coffee.state == Coffee.State.OPEN and person.pk == coffee.asker_id:
        _take_back(coffee)
    elif coffee.is_to_come():
        _cancel(coffee)
    else:
        raise Refusal(_("There is nothing left to call off."))
    return coffee


@transaction.atomic
def end_between(one: Person, other: Person) -> None:
    """One of the two would rather not: what waits is taken back, what was agreed is called off, without a reason."""
    hold(one, other)
    for coffee in Coffee.objects.between(one, other).select_related("asker", "asked"):
        end(coffee)


def end(coffee: Coffee) -> None:
    """Whatever it is, it does not take place. What is over stays as it was."""
    if coffee.state == Coffee.State.OPEN:
        _take_back(coffee)
    elif coffee.is_to_come():
        _cancel(coffee)


def end_with_the_silenced(owner: Person) -> None:
    for silence in Silence.objects.filter(owner=owner).select_related("about").order_by("about"):
        end_between(owner, silence.about)


def expire_all_due() -> None:
    """Nobody answered while there was time. No mail tells of it."""
    Coffee.objects.overdue().update(state=Coffee.State.EXPIRED)


def _take_back(coffee: Coffee) -> None:
    _settle(coffee, Coffee.State.WITHDRAWN)
    sending.take_back(f"{key_of(coffee)}asked")


def _cancel(coffee: Coffee) -> None:
    _settle(coffee, Coffee.State.CANCELLED)
    for one in (coffee.asker, coffee.asked):
        sending.send(
            one,
            "connections/coffee_cancelled",
            key=f"{key_of(coffee)}cancelled/{one.pk}",
            calendar=calendars.cancel_for(coffee, one),
            coffee=coffee,
            other=coffee.the_other(one),
        )


def _settle(coffee: Coffee, state: str) -> None:
    coffee.state, coffee.answered_at = state, now()
    coffee.save(update_fields=["state", "answered_at", "chosen_at"])


def _held(coffee: Coffee) -> Coffee:
    hold(coffee.asker, coffee.asked)
    return still_there(Coffee.objects.select_related("asker", "asked").filter(pk=coffee.pk))

"""Say that one is going, and, as a second choice, that the members of the circle may read it.

Others read the names of those who agreed, and nothing of anybody else: no count, no gap. Two who are
apart are in neither's list. Nothing of it is written in the journal. A month after the event it is forgotten.
"""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from peerhood.circles.permissions import is_inside
from peerhood.growth import consent
from peerhood.growth.models import OutsideEvent, OutsideGoing
from peerhood.people import silence
from peerhood.people.models import Person
from peerhood.people.models.person import PersonQuerySet
from peerhood.platform import presence
from peerhood.platform.refusals import Refusal, still_there

REMEMBERED_FOR = timedelta(days=30)


@transaction.atomic
def go(event: OutsideEvent, person: Person) -> None:
    """Note it for oneself. Nobody is told."""
    event = _held(event, person)
    OutsideGoing.objects.get_or_create(event=event, person=person)


@transaction.atomic
def go_no_more(event: OutsideEvent, person: Person) -> None:
    OutsideGoing.objects.filter(event=event, person=person).delete()


@transaction.atomic
def show(event: OutsideEvent, person: Person) -> None:
    """Let the members of this circle read that one is going."""
    event = _held(event, person)
    if not OutsideGoing.objects.filter(event=event, person=person).update(is_shown=True, since=now()):
        raise Refusal(_("Say first that you are going."))


@transaction.atomic
def hide(event: OutsideEvent, person: Person) -> None:
    OutsideGoing.objects.filter(event=event, person=person).update(is_shown=False)


def said_by(person: Person, event: OutsideEvent) -> OutsideGoing | None:
    """What this person said of it; shown is who agreed to it since they came to the circle."""
    said = OutsideGoing.objects.filter(event=event, person=person)
    mine = said.first()
    if mine:
        mine.is_shown = mine.is_shown and consent.standing(said, "event__circle").exists()
    return mine


def shown_to(person: Person, event: OutsideEvent) -> PersonQuerySet:
    """Who else is going, and agreed that this circle's members read it."""
    agreed = consent.standing(OutsideGoing.objects.filter(event=event, is_shown=True), "event__circle")
    others = Person.objects.filter(pk__in=agreed.values("person"), is_active=True).exclude(pk=person.pk)
    return others.exclude(pk__in=silence.apart_from(person.pk)).order_by("name", "pk")


def forget_old() -> None:
    """Who was going, a month after the last day. The event itself stays among the past ones."""
    OutsideGoing.objects.filter(event__ends_on__lt=localdate() - REMEMBERED_FOR).delete()


def _held(event: OutsideEvent, person: Person) -> OutsideEvent:
    """The event as it is now: what somebody agrees to does not become something else meanwhile."""
    presence.hold(person)
    held = OutsideEvent.objects.select_for_update(no_key=True, of=("self",)).select_related("circle")
    found = still_there(held.filter(pk=event.pk))
    if not is_inside(person, found.circle):
        raise PermissionDenied
    if found.is_over:
        raise Refusal(_("It is over."))
    return found

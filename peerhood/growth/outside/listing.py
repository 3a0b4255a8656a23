"""List a conference for one's circle, change it, take it away.

Any member lists; whoever listed it and those who organise the circle change it and take it away.
Who is going agreed to be shown at what they read: when its name, its days or its address become
others, nobody is shown any more until they say so again.
"""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles.models import Circle
from peerhood.circles.permissions import can_organise, is_inside
from peerhood.growth.models import OutsideEvent
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal, still_there

AT_LATEST = timedelta(days=3 * 365)
LONGEST = timedelta(days=31)
# What somebody said yes to being shown at.
AGREED_TO = ("title", "starts_on", "ends_on", "link")


def may_change(person: Person, event: OutsideEvent) -> bool:
    listed = event.listed_by_id == person.pk and is_inside(person, event.circle)
    return listed or can_organise(person, event.circle)


@transaction.atomic
def list_event(circle: Circle, *, by: Person, **said: Any) -> OutsideEvent:
    """Put a conference before the members of one's circle."""
    if not is_inside(by, circle):
        raise PermissionDenied
    _check_days(said["starts_on"], said["ends_on"])
    event = OutsideEvent.objects.create(circle=circle, listed_by=by, **said)
    journal.record("outside_event.listed", event, by=by)
    return event


@transaction.atomic
def change(event: OutsideEvent, *, by: Person, **said: Any) -> OutsideEvent:
    event = _held(event, by)
    if event.is_over:
        raise Refusal(_("It is over, and stays as it was."))
    _check_days(said["starts_on"], said["ends_on"])
    if any(getattr(event, name) != said[name] for name in AGREED_TO):
        event.going.update(is_shown=False)
    for name, value in said.items():
        setattr(event, name, value)
    event.changed_at = now()
    event.save(update_fields=[*said, "changed_at"])
    journal.record("outside_event.changed", event, by=by)
    return event


@transaction.atomic
def remove(event: OutsideEvent, *, by: Person) -> None:
    """Who was going goes with it."""
    event = _held(event, by)
    journal.record("outside_event.removed", event, by=by)
    event.delete()


def _held(event: OutsideEvent, by: Person) -> OutsideEvent:
    """The event, for this act alone; whoever agrees to be shown at it waits."""
    held = OutsideEvent.objects.select_for_update(no_key=True, of=("self",)).select_related("circle")
    found = still_there(held.filter(pk=event.pk))
    if not may_change(by, found):
        raise PermissionDenied
    return found


def _check_days(starts_on: date, ends_on: date) -> None:
    today = localdate()
    if ends_on < today or ends_on > today + AT_LATEST:
        raise Refusal(_("Choose days to come, within three years."))
    if not timedelta() <= ends_on - starts_on <= LONGEST:
        raise Refusal(_("The last day comes after the first, and within a month."))

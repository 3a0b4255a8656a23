"""Pausing: a rest that keeps the place and the doors open, and may end by itself on a day.

The day is one of the circle's own time zone. Roles rest too, so the last active
organiser hands over first.
"""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles.models import Circle, Membership
from peerhood.circles.permissions import may
from peerhood.circles.powers import Power
from peerhood.circles.roles import keep_an_organiser
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal

State = Membership.State


@transaction.atomic
def pause(membership: Membership, *, by: Person, until: date | None = None) -> None:
    """Rest for a while: still a member, but not asked and not counted as active. Asked again, the day changes."""
    membership = _lock(membership, by)
    if until and until <= today_in(membership.circle):
        raise Refusal(_("This day is not ahead of us. A pause ends tomorrow at the earliest."))
    rest(membership, until=until, by=by)


def rest(membership: Membership, *, until: date | None, by: Person) -> None:
    """Begin a pause, or change its end. The caller holds the circle's lock and knows that it may be."""
    keep_an_organiser(membership)
    if membership.state == State.PAUSED and membership.paused_until == until:
        return
    membership.state, membership.paused_until = State.PAUSED, until
    membership.save(update_fields=["state", "paused_until"])
    journal.record("membership.paused", membership, by=by, until=until.isoformat() if until else None)


@transaction.atomic
def resume(membership: Membership, *, by: Person) -> None:
    """Be active again after a pause."""
    membership = _lock(membership, by)
    if membership.state == State.PAUSED:
        _wake(membership, by=by)


@transaction.atomic
def resume_if_due(membership_id: int) -> bool:
    """End a pause whose day has come. Safe to run twice: what was changed in the meantime stands."""
    circle = Circle.objects.filter(memberships=membership_id).first()
    if circle is None:
        return False
    membership = Circle.objects.locked(circle).memberships.get(pk=membership_id)
    if membership.paused_until is None or membership.paused_until > today_in(membership.circle):
        return False
    _wake(membership, by=None)
    return True


def resume_those_due() -> int:
    """End every pause whose day has come, wherever on earth it is that day already."""
    soon = localdate() + timedelta(days=1)
    due = Membership.objects.filter(state=State.PAUSED, paused_until__lte=soon).values_list("pk", flat=True)
    return sum(resume_if_due(pk) for pk in list(due))


def today_in(circle: Circle) -> date:
    return localdate(timezone=ZoneInfo(circle.time_zone))


def _wake(membership: Membership, *, by: Person | None) -> None:
    membership.state, membership.paused_until = State.ACTIVE, None
    membership.save(update_fields=["state", "paused_until"])
    journal.record("membership.resumed", membership, by=by)


def _lock(membership: Membership, by: Person) -> Membership:
    circle = Circle.objects.locked(membership.circle)
    if by.pk != membership.person_id and not may(by, Power.REST_OTHERS, circle):
        raise PermissionDenied
    membership = circle.memberships.get(pk=membership.pk)
    if not membership.is_inside():
        raise Refusal(_("Only somebody who belongs to the circle can pause."))
    return membership

"""Joining: how somebody comes to belong to a circle, pauses, and leaves.

An open circle is joined at once. For one by application, an organiser answers. To a
closed circle one is invited, and to be invited opens any circle. Pausing keeps the
place and the doors open; leaving gives up role and duties, and coming back begins as a
member. Asking twice changes nothing.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles.models import Circle, Membership
from peerhood.circles.permissions import can_organise
from peerhood.circles.roles import keep_an_organiser
from peerhood.people import searching
from peerhood.people.models import Person
from peerhood.platform import stamps
from peerhood.platform.refusals import Refusal

State = Membership.State


@transaction.atomic
def join(circle: Circle, person: Person) -> Membership:
    """Belong to the circle from now on. To somebody an organiser listed, it is their own yes."""
    circle = _lock(circle)
    membership = _membership(circle, person)
    if membership.is_inside():
        membership.invitations.all().delete()
        # From now on those of the circle may see who they are.
        searching.write(person)
        return membership
    if circle.kind != Circle.Kind.OPEN and membership.state != State.INVITED:
        raise Refusal(_("This circle is joined by application or by invitation."))
    return _let_in(membership, "membership.joined", by=person)


@transaction.atomic
def apply(circle: Circle, person: Person) -> Membership:
    """Say "I would like to join"; an organiser answers."""
    circle = _lock(circle)
    membership = _membership(circle, person)
    if membership.is_inside() or membership.state == State.APPLIED:
        return membership
    if membership.state == State.INVITED:
        return join(circle, person)
    if circle.kind != Circle.Kind.BY_APPLICATION:
        raise Refusal(_("This circle takes no applications."))
    membership.state, membership.role, membership.is_contact = State.APPLIED, Membership.Role.MEMBER, False
    membership.save()
    journal.record("membership.applied", membership, by=person)
    return membership


@transaction.atomic
def accept(membership: Membership, *, by: Person) -> None:
    """Say yes to an application."""
    membership = _application(membership, by)
    if membership.state == State.APPLIED:
        _let_in(membership, "membership.accepted", by=by)


@transaction.atomic
def decline(membership: Membership, *, by: Person) -> None:
    """Say no to an application. The person may apply again another time."""
    membership = _application(membership, by)
    if membership.state == State.APPLIED:
        membership.state = State.DECLINED
        membership.save(update_fields=["state"])
        journal.record("membership.declined", membership, by=by)


@transaction.atomic
def leave(circle: Circle, person: Person) -> None:
    """Leave, or take an application back. The last organiser hands over first."""
    membership = _lock(circle).memberships.filter(person=person).first()
    if membership and (membership.is_inside() or membership.state == State.APPLIED):
        _let_go(membership, by=person)


@transaction.atomic
def remove(membership: Membership, *, by: Person) -> None:
    """Take somebody off the member list, as an organiser."""
    circle = _lock(membership.circle)
    if not can_organise(by, circle):
        raise PermissionDenied
    membership = circle.memberships.get(pk=membership.pk)
    if membership.is_inside():
        _let_go(membership, by=by)


@transaction.atomic
def pause(membership: Membership, *, by: Person) -> None:
    """Rest for a while: still a member, but not asked and not counted as active."""
    _set_pace(membership, State.PAUSED, "membership.paused", by)


@transaction.atomic
def resume(membership: Membership, *, by: Person) -> None:
    """Be active again after a pause."""
    _set_pace(membership, State.ACTIVE, "membership.resumed", by)


def _lock(circle: Circle) -> Circle:
    # Two taps at once must see one another, and the last organiser must not slip out.
    return Circle.objects.select_for_update(no_key=True).get(pk=circle.pk)


def _membership(circle: Circle, person: Person) -> Membership:
    """The person's membership in whatever state, or a new one, not yet saved, that says left."""
    found = circle.memberships.filter(person=person).first()
    return found or Membership(circle=circle, person=person, state=State.LEFT)


def _application(membership: Membership, by: Person) -> Membership:
    circle = _lock(membership.circle)
    if not can_organise(by, circle):
        raise PermissionDenied
    return circle.memberships.get(pk=membership.pk)


def _let_in(membership: Membership, event: str, *, by: Person) -> Membership:
    if membership.state in {State.LEFT, State.DECLINED}:
        membership.role, membership.is_contact = Membership.Role.MEMBER, False
    if membership.state != State.LEFT:
        membership.joined_on = localdate()
    membership.state = State.ACTIVE
    membership.save()
    if by == membership.person:
        membership.invitations.all().delete()
    journal.record(event, membership, by=by)
    stamps.bump(f"circles/{membership.circle.slug}")
    return membership


def _let_go(membership: Membership, *, by: Person) -> None:
    keep_an_organiser(membership)
    membership.state, membership.role, membership.is_contact = State.LEFT, Membership.Role.MEMBER, False
    membership.save(update_fields=["state", "role", "is_contact"])
    journal.record("membership.left", membership, by=by)
    stamps.bump(f"circles/{membership.circle.slug}")


def _set_pace(membership: Membership, state: str, event: str, by: Person) -> None:
    circle = _lock(membership.circle)
    if by.pk != membership.person_id and not can_organise(by, circle):
        raise PermissionDenied
    membership = circle.memberships.get(pk=membership.pk)
    if not membership.is_inside():
        raise Refusal(_("Only somebody who belongs to the circle can pause."))
    if membership.state != state:
        membership.state = state
        membership.save(update_fields=["state"])
        journal.record(event, membership, by=by)

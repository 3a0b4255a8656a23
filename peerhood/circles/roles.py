"""Roles: who does what in a circle. A circle is never without an organiser.

The circle's row is locked while a role changes or an organiser goes, so that the last
two cannot both step down at once.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles.models import Circle, Handover, Membership
from peerhood.circles.permissions import may
from peerhood.circles.powers import Power
from peerhood.people.models import Person
from peerhood.platform import stamps
from peerhood.platform.refusals import Refusal


class LastOrganiser(Refusal):
    """The circle would be left without an organiser."""

    def __init__(self) -> None:
        super().__init__(_("A circle needs an organiser. Ask somebody to take over first."))


@transaction.atomic
def change(membership: Membership, role: str, *, is_contact: bool, by: Person) -> None:
    """Give a member another role, and say whether they are a contact person."""
    circle = Circle.objects.locked(membership.circle)
    if not may(by, Power.GIVE_ROLES, circle):
        raise PermissionDenied
    membership = circle.memberships.get(pk=membership.pk)
    if not membership.is_inside():
        raise Refusal(_("Only somebody who belongs to the circle can have a role in it."))
    if role != Membership.Role.ORGANISER:
        keep_an_organiser(membership)
    before = membership.role
    membership.role, membership.is_contact = role, is_contact
    membership.save(update_fields=["role", "is_contact"])
    if role != Membership.Role.ORGANISER:
        offers = Handover.objects.offered().filter(organiser=membership)
        offers.update(outcome=Handover.Outcome.TAKEN_BACK, answered_at=now())
    if role != before:
        journal.record("role.changed", membership, by=by, before=before, after=role)
    stamps.bump(f"circles/{circle.slug}")


def keep_an_organiser(without: Membership) -> None:
    """Refuse to go on when nobody else organises the circle. The caller holds the circle's lock."""
    if is_last_organiser(without):
        raise LastOrganiser


def is_last_organiser(membership: Membership) -> bool:
    """Nobody else organises the circle, or everybody else who does takes a pause."""
    if membership.role != Membership.Role.ORGANISER or not membership.is_inside():
        return False
    organisers = Membership.objects.organising().filter(circle_id=membership.circle_id)
    return not organisers.active().exclude(pk=membership.pk).exists()

"""Roles: who does what in a circle. A circle is never without an organiser.

The circle's row is locked while a role changes or an organiser goes, so that the last
two cannot both step down at once.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles.models import Circle, Membership
from peerhood.circles.permissions import can_organise
from peerhood.people.models import Person
from peerhood.platform import stamps
from peerhood.platform.refusals import Refusal


class LastOrganiser(Refusal):
    """The circle would be left without an organiser."""

    def __init__(self) -> None:
        super().__init__(_("A circle needs an organiser. Make somebody else an organiser first."))


@transaction.atomic
def change(membership: Membership, role: str, *, is_contact: bool, by: Person) -> None:
    """Give a member another role, and say whether they are a contact person."""
    circle = Circle.objects.select_for_update(no_key=True).get(pk=membership.circle_id)
    if not can_organise(by, circle):
        raise PermissionDenied
    membership = circle.memberships.get(pk=membership.pk)
    if not membership.is_inside():
        raise Refusal(_("Only somebody who belongs to the circle can have a role in it."))
    if role != Membership.Role.ORGANISER:
        keep_an_organiser(membership)
    before = membership.role
    membership.role, membership.is_contact = role, is_contact
    membership.save(update_fields=["role", "is_contact"])
    if role != before:
        journal.record("role.changed", membership, by=by, before=before, after=role)
    stamps.bump(f"circles/{circle.slug}")


def keep_an_organiser(without: Membership) -> None:
    """Refuse to go on when nobody else organises the circle. The caller holds the circle's lock."""
    if without.role != Membership.Role.ORGANISER or not without.is_inside():
        return
    others = Membership.objects.organising().filter(circle_id=without.circle_id).exclude(pk=without.pk)
    if not others.exists():
        raise LastOrganiser

"""Inviting: an organiser asks somebody in, and that person says yes or no.

Saying yes is ``joining.join``. A no is kept, so that nobody is asked again by reading the
same list in; it is shown to whoever asked, and to nobody else. Somebody who left can be
asked in again, by name and one at a time, never by a list.
"""

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles.entering import joining
from peerhood.circles.models import Circle, Membership
from peerhood.circles.permissions import may
from peerhood.circles.powers import Power
from peerhood.notices import sending
from peerhood.people import searching
from peerhood.people.arrival import holds_something
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal


def write(membership: Membership, *, by: Person, time: str = "once") -> None:
    """Write to somebody who was invited, and no second time; without an address nothing happens."""
    key = f"circles/invited/{membership.pk}/{time}"
    sending.send(membership.person, "circles/invited", key=key, circle=membership.circle, by=by)


@transaction.atomic
def ask_again(membership: Membership, *, by: Person) -> None:
    """Invite somebody who left. They find the door where they left it, as a member."""
    circle = Circle.objects.locked(membership.circle)
    if not may(by, Power.INVITE, circle):
        raise PermissionDenied
    membership = circle.memberships.get(pk=membership.pk)
    if membership.state != Membership.State.LEFT:
        return
    membership.state = Membership.State.INVITED
    membership.save(update_fields=["state"])
    listed = membership.invitations.order_by("pk").first()
    name = listed.name if listed else membership.person.name
    invitation, _is_new = membership.invitations.get_or_create(by=by, defaults={"name": name})
    journal.record("membership.invited", membership, by=by)
    write(membership, by=by, time=str(invitation.pk))


@transaction.atomic
def say_no(circle: Circle, person: Person) -> None:
    """Decline an invitation, or leave a circle whose organiser put one on its list."""
    membership = Circle.objects.locked(circle).memberships.get(person=person)
    if membership.is_inside():
        joining.leave(circle, person)
    elif membership.state == Membership.State.INVITED:
        membership.state = Membership.State.DECLINED
        membership.save(update_fields=["state"])
        journal.record("membership.declined", membership, by=person)


@transaction.atomic
def withdraw(membership: Membership, *, by: Person) -> None:
    """Take one's own invitation back. Nothing is left of it, unless somebody else invited them, too."""
    membership = Circle.objects.locked(membership.circle).memberships.get(pk=membership.pk)
    if membership.state != Membership.State.INVITED:
        raise Refusal(_("They have answered already; there is no invitation to take back."))
    if not membership.invitations.filter(by=by).delete()[0]:
        raise PermissionDenied
    nobody_asks = Membership.objects.invited().filter(pk=membership.pk, invitations=None)
    if nobody_asks.delete()[0]:
        _forget(membership.person)


def _forget(person: Person) -> None:
    """An account that only a list made, and that nobody ever came to, goes with the list."""
    came_by_themselves = person.last_login or EmailAddress.objects.filter(user=person).exists()
    if not came_by_themselves and not holds_something(person):
        searching.forget(person)
        person.delete()

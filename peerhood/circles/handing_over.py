"""Handing over: an organiser asks a member to take their place, and goes when that member has said yes.

The circle is never without an organiser in between: until the yes the old one organises,
and in the same moment the new one does. A no changes nothing.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles import pausing, powers
from peerhood.circles.entering import joining
from peerhood.circles.models import Circle, Handover, Membership, MembershipQuerySet
from peerhood.circles.permissions import may
from peerhood.circles.powers import Power
from peerhood.notices import sending
from peerhood.people.models import Person
from peerhood.platform import stamps
from peerhood.platform.refusals import Refusal

Role = Membership.Role
Outcome = Handover.Outcome


@transaction.atomic
def offer(to: Membership, *, by: Person, afterwards: str = Handover.Afterwards.STAY) -> Handover:
    """Ask a member to take over. One is asked at a time."""
    circle = Circle.objects.locked(to.circle)
    if not may(by, Power.HAND_OVER, circle):
        raise PermissionDenied
    own = circle.memberships.get(person=by)
    to = circle.memberships.select_related("person").get(pk=to.pk)
    if own.handovers.offered().exists():
        raise Refusal(_("You have asked somebody already. Take that back first, or wait for the answer."))
    if to not in could_take_over(circle, by):
        raise Refusal(_("Only an active member who said yes to this circle themselves can take it over."))
    handover = own.handovers.create(to=to, afterwards=afterwards)
    journal.record("handover.offered", handover, by=by)
    sending.send(to.person, "circles/take_over", circle=circle, by=by, afterwards=afterwards)
    return handover


def could_take_over(circle: Circle, by: Person) -> MembershipQuerySet:
    """Members who may be asked: active ones who came by their own yes."""
    states = [state for state in powers.INSIDE if powers.may(Power.TAKE_OVER, state, Role.MEMBER)]
    return circle.memberships.by_their_own_yes().filter(state__in=states).exclude(person=by)


@transaction.atomic
def take_back(circle: Circle, *, by: Person) -> None:
    """Ask no longer."""
    circle = Circle.objects.locked(circle)
    for handover in Handover.objects.offered().filter(organiser__circle=circle, organiser__person=by):
        _close(handover, Outcome.TAKEN_BACK, by)


@transaction.atomic
def accept(handover: Handover, *, by: Person) -> None:
    """Take over: the one organises from now on, and the other goes the way they said they would."""
    handover, circle = _lock(handover, by)
    if handover.outcome == Outcome.ACCEPTED:
        return
    to, own = handover.to, handover.organiser
    if handover.outcome != Outcome.OFFERED or own.role != Role.ORGANISER or not own.is_inside():
        raise Refusal(_("Nobody asks you to take over any more."))
    if not powers.may(Power.TAKE_OVER, to.state, to.role):
        raise Refusal(_("You take a pause. Come back first, then take over."))
    _close(handover, Outcome.ACCEPTED, by)
    was_contact = own.is_contact
    _give(to, Role.ORGANISER, is_contact=to.is_contact or was_contact, by=by)
    _give(own, Role.MEMBER, is_contact=False, by=own.person)
    if handover.afterwards == Handover.Afterwards.LEAVE:
        joining.let_go(own, by=own.person)
    elif handover.afterwards == Handover.Afterwards.PAUSE:
        pausing.rest(own, until=None, by=own.person)
    sending.send(own.person, "circles/taken_over", circle=circle, by=by)
    stamps.bump(f"circles/{circle.slug}")


@transaction.atomic
def decline(handover: Handover, *, by: Person) -> None:
    """Say no. Nothing changes; whoever asked hears it and may ask somebody else."""
    handover, circle = _lock(handover, by)
    if handover.outcome == Outcome.OFFERED:
        _close(handover, Outcome.DECLINED, by)
        sending.send(handover.organiser.person, "circles/not_taken_over", circle=circle, by=by)


def _lock(handover: Handover, by: Person) -> tuple[Handover, Circle]:
    """The offer and its circle, read under the circle's lock. Only the one who is asked answers."""
    circle = Circle.objects.locked(handover.organiser.circle)
    found = Handover.objects.select_related(
        "organiser__person", "organiser__circle", "to__person", "to__circle"
    )
    handover = found.get(pk=handover.pk)
    if handover.to.person_id != by.pk:
        raise PermissionDenied
    return handover, circle


def _close(handover: Handover, outcome: str, by: Person) -> None:
    handover.outcome, handover.answered_at = outcome, now()
    handover.save(update_fields=["outcome", "answered_at"])
    journal.record(f"handover.{outcome.replace('-', '_')}", handover, by=by)


def _give(membership: Membership, role: str, *, is_contact: bool, by: Person) -> None:
    before, membership.role, membership.is_contact = membership.role, role, is_contact
    membership.save(update_fields=["role", "is_contact"])
    journal.record("role.changed", membership, by=by, before=before, after=role)

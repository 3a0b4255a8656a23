"""Joining: how somebody comes to belong to a circle, and goes.

An open circle is joined at once, and so is one within an employer by whoever has a
proven address there. To a closed circle one is invited, and to be invited opens any
circle. Everybody says yes to the circle's agreement on the way in. Whom an organiser
took off the list does not walk back in; an organiser asks them. To go gives up role and
duties, and coming back begins as a member. Asking twice changes nothing.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles import powers
from peerhood.circles.entering import agreeing, places
from peerhood.circles.models import Application, Circle, Handover, Membership
from peerhood.circles.permissions import may
from peerhood.circles.powers import Power
from peerhood.circles.roles import keep_an_organiser
from peerhood.notices import sending
from peerhood.people import searching
from peerhood.people.models import Person
from peerhood.platform import stamps
from peerhood.platform.refusals import Refusal

State = Membership.State


@transaction.atomic
def join(circle: Circle, person: Person, *, agreed_to: int | None = None) -> Membership:
    """Belong to the circle from now on. To somebody an organiser listed, it is their own yes.

    ``agreed_to`` is the version of the agreement that was read and said yes to.
    """
    circle = Circle.objects.locked(circle)
    membership = membership_in(circle, person)
    if membership.is_inside():
        membership.invitations.all().delete()
        # From now on those of the circle may see who they are.
        searching.write(person)
        return membership
    if way_in(circle, person, membership) != "join":
        raise Refusal(_why_not(circle, membership))
    agreeing.keep_yes(circle, person, agreed_to)
    return let_in(membership, "membership.joined", by=person)


@transaction.atomic
def leave(circle: Circle, person: Person, *, word: str = "") -> None:
    """Leave, perhaps with a word to the organisers; or take an application back. The last organiser hands over first."""
    membership = Circle.objects.locked(circle).memberships.filter(person=person).first()
    if membership is None:
        return
    if powers.may(Power.LEAVE, membership.state, membership.role):
        let_go(membership, by=person)
        if word.strip():
            _pass_on(membership, word.strip())
    elif powers.may(Power.TAKE_BACK, membership.state):
        let_go(membership, by=person)


@transaction.atomic
def remove(membership: Membership, *, by: Person, reason: str) -> None:
    """Take somebody off the member list, as an organiser. They are told why, and so are the other organisers."""
    circle = Circle.objects.locked(membership.circle)
    if not may(by, Power.REMOVE, circle):
        raise PermissionDenied
    membership = circle.memberships.get(pk=membership.pk)
    if not membership.is_inside():
        return
    if not reason.strip():
        raise Refusal(_("Say why. They read it, and so do the other organisers."))
    has_answered = not membership.invitations.exists()
    let_go(membership, by=by)
    membership.removals.create(by=by, reason=reason.strip())
    if has_answered:
        sending.send(membership.person, "circles/removed", circle=circle, reason=reason.strip())


def way_in(circle: Circle, person: Person, membership: Membership | None) -> str:
    """Which door is open to the person now: "join" at once, "apply", or none."""
    state = membership.state if membership else None
    if powers.may(Power.ANSWER_INVITATION, state):
        return "join"
    if circle.kind == Circle.Kind.BY_APPLICATION and powers.may(Power.APPLY, state):
        return "apply"
    if not powers.may(Power.JOIN, state) or is_removed(membership):
        return ""
    is_open = circle.kind == Circle.Kind.OPEN or (
        circle.kind == Circle.Kind.IN_HOUSE
        and person.is_authenticated
        and Circle.objects.at_home_for(person).filter(pk=circle.pk).exists()
    )
    return "join" if is_open else ""


def is_removed(membership: Membership | None) -> bool:
    """An organiser took them off, and nobody has asked them in since."""
    return bool(membership and membership.pk and membership.removals.filter(ended_at=None).exists())


def membership_in(circle: Circle, person: Person) -> Membership:
    """The person's membership in whatever state, or a new one, not yet saved, that says left."""
    found = circle.memberships.filter(person=person).first()
    return found or Membership(circle=circle, person=person, state=State.LEFT)


def let_in(membership: Membership, event: str, *, by: Person, **facts: object) -> Membership:
    """Make somebody a member. The caller holds the circle's lock and knows that it may be."""
    places.keep_for(membership.circle)
    if membership.state in {State.LEFT, State.DECLINED}:
        membership.role, membership.is_contact = Membership.Role.MEMBER, False
    if membership.state != State.LEFT:
        membership.joined_on = localdate()
    membership.state, membership.came_at = State.ACTIVE, now()
    membership.greeter = membership.greeted_at = None
    membership.save()
    if by == membership.person:
        membership.invitations.all().delete()
    membership.applications.waiting().update(outcome=Application.Outcome.ACCEPTED, answered_at=now())
    membership.removals.filter(ended_at=None).update(ended_at=now())
    journal.record(event, membership, by=by, **facts)
    stamps.bump(f"circles/{membership.circle.slug}")
    return membership


def let_go(membership: Membership, *, by: Person) -> None:
    """Take somebody's place, role and duties away. The caller holds the circle's lock."""
    keep_an_organiser(membership)
    membership.state, membership.role, membership.is_contact = State.LEFT, Membership.Role.MEMBER, False
    membership.paused_until = None
    membership.save(update_fields=["state", "role", "is_contact", "paused_until"])
    membership.applications.waiting().update(outcome=Application.Outcome.TAKEN_BACK, answered_at=now())
    offers = Handover.objects.offered().filter(Q(organiser=membership) | Q(to=membership))
    offers.update(outcome=Handover.Outcome.TAKEN_BACK, answered_at=now())
    journal.record("membership.left", membership, by=by)
    stamps.bump(f"circles/{membership.circle.slug}")


def _pass_on(membership: Membership, word: str) -> None:
    """Give a leaving member's word to the organisers. It is kept nowhere else."""
    for organiser in membership.circle.memberships.organising().active().select_related("person"):
        sending.send(
            organiser.person, "circles/left", circle=membership.circle, leaver=membership.person, word=word
        )


def _why_not(circle: Circle, membership: Membership) -> str:
    if circle.kind == Circle.Kind.OPEN and is_removed(membership):
        return _("An organiser took you off this circle’s list. They can ask you in again.")
    return _("This circle is joined by application or by invitation.")

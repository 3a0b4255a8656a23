"""Welcoming: whoever joins has one named person who writes to them within a day.

The greeter is chosen as somebody comes in: of the circle's greeters the one with the fewest
newcomers to write to, else a contact person, else an organiser. They write a few words, we carry
them, and their address goes along so that they can be answered. Organisers see who still waits.
"""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles.models import Circle, Membership, MembershipQuerySet
from peerhood.circles.permissions import can_organise
from peerhood.notices import sending
from peerhood.people import silence
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal

Role = Membership.Role
WRITES_WITHIN = timedelta(days=1)
# Afterwards nobody is new any more, greeted or not.
NEW_FOR = timedelta(days=60)


@transaction.atomic
def name_greeter(membership: Membership) -> Person | None:
    """Choose who welcomes somebody who just came in, and tell them. Nobody, when they are alone here."""
    membership = (
        Membership.objects.select_for_update(of=("self",)).select_related("circle").get(pk=membership.pk)
    )
    if membership.greeter_id or not membership.is_inside():
        return membership.greeter
    if greeter := _next_greeter(membership):
        _name(membership, greeter)
    return membership.greeter


@transaction.atomic
def ask_another(membership: Membership, greeter: Membership, *, by: Person) -> None:
    """Give a newcomer another greeter: an organiser does, or the greeter who cannot."""
    membership = _held(membership, by)
    if membership.greeted_at:
        raise Refusal(_("They have been welcomed already."))
    if greeter not in may_greet(membership.circle).exclude(person=membership.person_id):
        raise Refusal(_("Only an active member can welcome somebody."))
    _name(membership, greeter.person)


@transaction.atomic
def greet(membership: Membership, text: str, *, by: Person) -> None:
    """Send the greeter's words to the newcomer. Once: after that the two write to each other."""
    membership = _held(membership, by)
    if membership.greeted_at:
        raise Refusal(_("They have been welcomed already."))
    membership.greeter, membership.greeted_at = by, now()
    membership.save(update_fields=["greeter", "greeted_at"])
    journal.record("newcomer.greeted", membership, by=by)
    sending.send(membership.person, "circles/greeting", circle=membership.circle, greeter=by, words=text)


def remind_greeters() -> int:
    """Ask once more, once, those who have not written within a day; and find somebody for whoever has nobody."""
    for alone in newcomers().filter(greeted_at=None, greeter=None):
        name_greeter(alone)
    waiting = newcomers().filter(greeted_at=None, came_at__lt=now() - WRITES_WITHIN).exclude(greeter=None)
    count = 0
    for membership in waiting.select_related("circle", "greeter", "person"):
        key = f"circles/greet_again/{membership.pk}/{membership.greeter_id}"
        count += bool(_write(membership, "circles/greet_again", key=key))
    return count


def newcomers() -> MembershipQuerySet:
    """Who came in lately by their own yes."""
    return Membership.objects.by_their_own_yes().filter(came_at__gte=now() - NEW_FOR)


def not_welcomed(circle: Circle) -> MembershipQuerySet:
    """Newcomers nobody has written to, those who wait longest first."""
    waiting = newcomers().filter(circle=circle, greeted_at=None).select_related("person", "greeter")
    return waiting.order_by("came_at", "pk")


def to_welcome(person: Person) -> MembershipQuerySet:
    """Newcomers this person is asked to write to."""
    mine = newcomers().filter(greeter=person, greeted_at=None).select_related("circle", "person")
    return mine.order_by("came_at", "pk")


def may_greet(circle: Circle) -> MembershipQuerySet:
    return circle.memberships.by_their_own_yes().active()


def _next_greeter(membership: Membership) -> Person | None:
    apart = silence.apart_from(membership.person_id)
    others = may_greet(membership.circle).exclude(pk=membership.pk).exclude(person__in=apart)
    for those in (
        others.filter(role=Role.GREETER),
        others.filter(is_contact=True),
        others.filter(role=Role.ORGANISER),
    ):
        busy = Count(
            "person__newcomers",
            filter=Q(person__newcomers__circle=membership.circle_id, person__newcomers__greeted_at=None),
        )
        if found := those.annotate(busy=busy).select_related("person").order_by("busy", "pk").first():
            return found.person
    return None


def _name(membership: Membership, greeter: Person) -> None:
    membership.greeter = greeter
    membership.save(update_fields=["greeter"])
    journal.record("greeter.named", membership)
    _write(membership, "circles/greet", key=f"circles/greet/{membership.pk}/{greeter.pk}/{now():%Y%m%d}")


def _write(membership: Membership, kind: str, *, key: str) -> object:
    return sending.send(
        membership.greeter,
        kind,
        key=key,
        circle=membership.circle,
        newcomer=membership.person,
        membership=membership,
    )


def _held(membership: Membership, by: Person) -> Membership:
    """The membership, locked, for whoever may welcome this newcomer."""
    membership = (
        Membership.objects.select_for_update(of=("self",)).select_related("circle").get(pk=membership.pk)
    )
    if membership.greeter_id != by.pk and not can_organise(by, membership.circle):
        raise PermissionDenied
    if not membership.is_inside():
        raise Refusal(_("They do not belong to the circle any more."))
    return membership

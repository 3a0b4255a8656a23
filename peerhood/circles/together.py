"""Together: one act for many members, looked at before, and taken back after.

What would happen is told first, with whom it leaves out and why. What was done is kept with how it
was before, and can be undone for an hour; who has been changed since then stays as they are now.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles import pausing, roles
from peerhood.circles.models import BulkChange, Circle, Membership
from peerhood.circles.permissions import may
from peerhood.circles.powers import Power
from peerhood.people.models import Person
from peerhood.platform import stamps
from peerhood.platform.refusals import Refusal

State, Role = Membership.State, Membership.Role
Act = BulkChange.Act
UNDO_FOR = timedelta(hours=1)
MOST = 500
ROLES = {
    Act.MEMBER: Role.MEMBER,
    Act.GREETER: Role.GREETER,
    Act.HOST: Role.HOST,
    Act.FACILITATOR: Role.FACILITATOR,
}


@dataclass(frozen=True)
class Plan:
    """Who would be changed, and who left out, each with the reason in words."""

    act: str
    changed: Sequence[Membership]
    left_out: Sequence[tuple[Membership, str]]


def plan(circle: Circle, ids: Collection[int], act: str, *, by: Person) -> Plan:
    """Tell what the act would do; nothing is written."""
    if not may(by, _power(act), circle):
        raise PermissionDenied
    chosen = (
        circle.memberships.known_to(by)
        .filter(pk__in=list(ids)[:MOST])
        .select_related("person")
        .order_by("person__name", "pk")
    )
    changed, left_out = [], []
    for membership in chosen:
        if reason := _why_not(membership, act):
            left_out.append((membership, reason))
        else:
            changed.append(membership)
    return Plan(act, changed, left_out)


@transaction.atomic
def carry_out(circle: Circle, ids: Collection[int], act: str, *, by: Person) -> BulkChange | None:
    """Do it, all or nothing; None when it would change nobody."""
    circle = Circle.objects.locked(circle)
    planned = plan(circle, ids, act, by=by)
    if not planned.changed:
        return None
    before = [[one.pk, one.role, one.state] for one in planned.changed]
    for membership in planned.changed:
        _do(membership, act, by)
    done = BulkChange.objects.create(circle=circle, by=by, act=act, before=before)
    journal.record("members.changed_together", done, by=by, act=act, count=len(before))
    return done


@transaction.atomic
def undo(change: BulkChange, *, by: Person) -> int:
    """Put back everybody who is still as the act left them; return how many that were."""
    circle = Circle.objects.locked(change.circle)
    change = BulkChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if change.by_id != by.pk or not may(by, _power(change.act), circle):
        raise PermissionDenied
    if change.undone_at or change.done_at < now() - UNDO_FOR:
        raise Refusal(_("It is too late to undo this. Change them one by one."))
    count = 0
    for pk, role, state in change.before:
        membership = circle.memberships.filter(pk=pk).select_related("person").first()
        if membership and membership.is_inside() and _is_as_left(membership, change.act, role, state):
            if membership.role != role:
                roles.change(membership, role, is_contact=membership.is_contact, by=by)
            if membership.state != state:
                (pausing.pause if state == State.PAUSED else pausing.resume)(membership, by=by)
            count += 1
    change.undone_at = now()
    change.save(update_fields=["undone_at"])
    journal.record("members.changed_back", change, by=by, count=count)
    stamps.bump(f"circles/{circle.slug}")
    return count


def last_change(circle: Circle, by: Person) -> BulkChange | None:
    """What this organiser did last, while it can be undone."""
    lately = circle.bulk_changes.filter(by=by, undone_at=None, done_at__gte=now() - UNDO_FOR)
    return lately.order_by("-pk").first()


def _power(act: str) -> Power:
    return Power.GIVE_ROLES if act in ROLES else Power.REST_OTHERS


def _why_not(membership: Membership, act: str) -> str:
    if not membership.is_inside():
        return _("is not a member now")
    if act in ROLES:
        if membership.role == Role.ORGANISER:
            return _("is an organiser; change that on their own page")
        return _("is that already") if membership.role == ROLES[Act(act)] else ""
    if act == Act.PAUSE and roles.is_last_organiser(membership):
        return _("is the only organiser")
    wanted = State.PAUSED if act == Act.PAUSE else State.ACTIVE
    return _("is that already") if membership.state == wanted else ""


def _do(membership: Membership, act: str, by: Person) -> None:
    if act in ROLES:
        roles.change(membership, ROLES[Act(act)], is_contact=membership.is_contact, by=by)
    elif act == Act.PAUSE:
        pausing.pause(membership, by=by)
    else:
        pausing.resume(membership, by=by)


def _is_as_left(membership: Membership, act: str, role: str, state: str) -> bool:
    if act in ROLES:
        return membership.role == ROLES[Act(act)] and membership.state == state
    return (
        membership.state == (State.PAUSED if act == Act.PAUSE else State.ACTIVE) and membership.role == role
    )

"""Co-hosting: two circles hold one gathering together, once both sides have said yes.

A host asks; an organiser of the other circle answers. From the yes on the gathering is
both circles': their members see it, come, and read who else does, and their organisers
run it. Either side can go back on it while it has not begun; whoever could only come
with the other circle then gives up their seat, and is told. No closed circle is named to
anybody who may not know of it, except to those who run the gathering with it.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles.models import Circle, Membership
from peerhood.circles.permissions import can_organise
from peerhood.gatherings import rsvp
from peerhood.gatherings.calendars import imip
from peerhood.gatherings.coming import visiting
from peerhood.gatherings.models import CoHosting, Gathering
from peerhood.gatherings.permissions import can_ask_another, can_attend, can_host
from peerhood.notices import sending
from peerhood.notices.sending import CalendarPart
from peerhood.people.models import Person
from peerhood.platform import stamps
from peerhood.platform.refusals import Refusal

State = CoHosting.State


def circles_to_ask(gathering: Gathering, by: Person) -> QuerySet[Circle]:
    """Circles this person may know of that do not hold it, and have not been asked or said no."""
    asked = gathering.co_hostings.exclude(state=State.WITHDRAWN).values("circle")
    return Circle.objects.visible_to(by).exclude(pk=gathering.circle_id).exclude(pk__in=asked)


@transaction.atomic
def ask(gathering: Gathering, circle: Circle, *, by: Person) -> CoHosting:
    """Ask another circle to hold it, too. Its organisers get a mail; asking twice is asking once."""
    gathering = _lock(gathering)
    if not can_ask_another(by, gathering) or not Circle.objects.visible_to(by).filter(pk=circle.pk).exists():
        raise PermissionDenied
    if circle.pk == gathering.circle_id:
        raise Refusal(_("It is a gathering of this circle already."))
    _refuse_begun(gathering)
    asked = gathering.co_hostings.filter(circle=circle).first() or CoHosting(
        gathering=gathering, circle=circle
    )
    if asked.pk and asked.is_standing():
        return asked
    if asked.state == State.DECLINED:
        raise Refusal(_("They have said no to this one. You can ask them for another gathering."))
    asked.state, asked.asked_by, asked.asked_at = State.ASKED, by, now()
    asked.answered_by, asked.answered_at = None, None
    asked.save()
    journal.record("co_hosting.asked", asked, by=by)
    _write(asked, _organisers_of(circle), "gatherings/co_hosting_asked", by=by)
    return asked


@transaction.atomic
def agree(asked: CoHosting, *, by: Person) -> CoHosting:
    """Say yes for the circle that is asked: from now on it is a gathering of both."""
    asked = _lock_asked(asked, by)
    if asked.is_agreed():
        return asked
    if not asked.is_asked():
        raise Refusal(_("You are not asked any more."))
    _refuse_begun(asked.gathering)
    _close(asked, State.AGREED, by)
    visiting.note_homes(asked.gathering)
    _write(asked, _hosts_of(asked), "gatherings/co_hosting_agreed", by=by)
    return asked


@transaction.atomic
def decline(asked: CoHosting, *, by: Person) -> CoHosting:
    """Say no. Who asked hears it, and the other hosts where the circle is no secret to them."""
    asked = _lock_asked(asked, by)
    if asked.is_asked():
        _close(asked, State.DECLINED, by)
        _write(asked, _hosts_of(asked), "gatherings/co_hosting_declined", by=by)
    return asked


@transaction.atomic
def withdraw(standing: CoHosting, *, by: Person) -> CoHosting:
    """Go back on it, for either side. Who can no longer come gives up their place, and is told."""
    standing = _lock_standing(standing)
    gathering = standing.gathering
    of_asked_side = can_organise(by, standing.circle)
    if not of_asked_side and not _speaks_for_own_side(by, gathering):
        raise PermissionDenied
    if not standing.is_standing():
        return standing
    _refuse_begun(gathering)
    was_agreed = standing.is_agreed()
    _close(standing, State.WITHDRAWN, by)
    if was_agreed:
        others = _hosts_of(standing) if of_asked_side else _organisers_of(standing.circle)
        _write(standing, others, "gatherings/co_hosting_withdrawn", by=by)
        _part(standing, by)
    return standing


def may_withdraw(person: Person, standing: CoHosting) -> bool:
    return can_organise(person, standing.circle) or _speaks_for_own_side(person, standing.gathering)


def _speaks_for_own_side(person: Person, gathering: Gathering) -> bool:
    """The circle whose gathering it is; organisers of a third one that holds it, too, have no say in this."""
    return can_organise(person, gathering.circle) or gathering.hosts.filter(pk=person.pk).exists()


def _part(ended: CoHosting, by: Person) -> None:
    """Those who came with the other circle go with it: from the hosts, the seats and the line."""
    gathering = ended.gathering
    theirs = Membership.objects.inside().filter(circle=ended.circle).values("person")
    remaining = Membership.objects.inside().filter(circle__in=gathering.hosting_circles()).values("person")
    gathering.hosts.remove(*gathering.hosts.filter(pk__in=theirs).exclude(pk__in=remaining))
    for held in gathering.rsvps.held().filter(person__in=theirs).exclude(person__in=remaining):
        if not can_attend(held.person, gathering):
            rsvp.withdraw(gathering, held.person, by=by, quietly=True)
            part = imip.cancel_for(held)
            _write(ended, [held.person], "gatherings/together_no_more", by=by, calendar=part)
    visiting.note_homes(gathering)


def _lock(gathering: Gathering) -> Gathering:
    locked = Gathering.objects.select_for_update(of=("self",)).select_related("circle")
    return locked.get(pk=gathering.pk)


def _lock_standing(asked: CoHosting) -> CoHosting:
    """The question as it stands, read under the gathering's lock, which answers to it take as well."""
    gathering = _lock(asked.gathering)
    asked = CoHosting.objects.select_related("circle").get(pk=asked.pk)
    asked.gathering = gathering
    return asked


def _lock_asked(asked: CoHosting, by: Person) -> CoHosting:
    asked = _lock_standing(asked)
    if not can_organise(by, asked.circle):
        raise PermissionDenied
    return asked


def _refuse_begun(gathering: Gathering) -> None:
    if gathering.is_cancelled():
        raise Refusal(_("This gathering was cancelled."))
    if gathering.has_begun():
        raise Refusal(_("This gathering has begun; who holds it stays as it is."))


def _close(asked: CoHosting, state: str, by: Person) -> None:
    asked.state, asked.answered_by, asked.answered_at = state, by, now()
    asked.save(update_fields=["state", "answered_by", "answered_at"])
    journal.record(f"co_hosting.{state}", asked, by=by)
    # The row in a list says who holds it; the version is for what hosts edit.
    Gathering.objects.filter(pk=asked.gathering_id).update(changed_at=now())
    stamps.bump("calendars", "gatherings", f"gatherings/{asked.gathering_id}")


def _organisers_of(circle: Circle) -> Iterable[Person]:
    organisers = circle.memberships.organising().active().select_related("person")
    return [membership.person for membership in organisers]


def _hosts_of(asked: CoHosting) -> Iterable[Person]:
    """Who asked, and the gathering's hosts; of a closed circle's no, only who asked."""
    hosts = {host.pk: host for host in asked.gathering.hosts.all()}
    if asked.circle.is_closed() and not asked.is_agreed():
        hosts = {}
    if asked.asked_by and can_host(asked.asked_by, asked.gathering):
        hosts[asked.asked_by.pk] = asked.asked_by
    return [host for _pk, host in sorted(hosts.items())]


def _write(
    asked: CoHosting,
    people: Iterable[Person],
    kind: str,
    *,
    by: Person,
    calendar: CalendarPart | None = None,
) -> None:
    about: dict[str, Any] = {
        "co_hosting": asked,
        "gathering": asked.gathering,
        "circle": asked.circle,
        "by": by,
    }
    for person in people:
        if person != by:
            at = asked.answered_at or asked.asked_at
            key = f"{kind}/{asked.pk}/{person.pk}/{at.timestamp():.6f}"
            sending.send(person, kind, key=key, calendar=calendar, **about)

"""The door: who has arrived. One tap in, one tap back, and once is enough."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.gatherings import visiting
from peerhood.gatherings.models import Gathering, Rsvp
from peerhood.gatherings.permissions import can_attend, can_greet
from peerhood.people.arrival import owner_of
from peerhood.people.models import Person
from peerhood.platform import stamps
from peerhood.platform.refusals import Refusal


@transaction.atomic
def check_in(rsvp: Rsvp, *, by: Person) -> Rsvp:
    """Note that somebody with a seat has arrived. Two doors, or a second scan, change nothing more."""
    if not can_greet(by, rsvp.gathering):
        raise PermissionDenied
    arrived = Rsvp.objects.going().filter(pk=rsvp.pk, checked_in_at=None)
    if arrived.update(checked_in_at=now(), checked_in_by=by):
        rsvp.refresh_from_db(fields=["checked_in_at", "checked_in_by"])
        journal.record("person.checked_in", rsvp, by=by)
        return rsvp
    rsvp.refresh_from_db(fields=["status", "checked_in_at", "checked_in_by"])
    if not rsvp.is_going():
        raise Refusal(_("%(name)s has no seat at this gathering.") % {"name": rsvp.person})
    return rsvp


@transaction.atomic
def undo(rsvp: Rsvp, *, by: Person) -> Rsvp:
    """Take a check-in back; the seat stays."""
    if not can_greet(by, rsvp.gathering):
        raise PermissionDenied
    here = Rsvp.objects.filter(pk=rsvp.pk).exclude(checked_in_at=None)
    if here.update(checked_in_at=None, checked_in_by=None):
        journal.record("person.checked_out", rsvp, by=by)
    rsvp.refresh_from_db(fields=["checked_in_at", "checked_in_by"])
    return rsvp


@transaction.atomic
def walk_in(gathering: Gathering, name: str, *, by: Person, email: str = "") -> Rsvp:
    """Seat and check in somebody who came without an answer, while there is a place.

    A known address brings the person it belongs to. Without one, a name that is on
    the list already is that person, and any other is written down as a new one.
    Nobody passes the line, and a closed circle takes no strangers.
    """
    locked = Gathering.objects.select_for_update(of=("self",)).select_related("circle")
    gathering = locked.get(pk=gathering.pk)
    if not can_greet(by, gathering):
        raise PermissionDenied
    if not gathering.is_announced() or gathering.is_over():
        raise Refusal(_("This gathering takes nobody in right now."))
    person = owner_of(email.lower()) if email else _seated_as(name, gathering)
    if gathering.circle.is_closed() and not (person and can_attend(person, gathering)):
        raise Refusal(_("This circle meets by invitation; only its members can come in."))
    person = person or Person.objects.create_user(email or None, name=name)
    rsvp = gathering.rsvps.filter(person=person).first() or Rsvp(gathering=gathering, person=person)
    if not rsvp.is_going():
        _seat(rsvp, by)
    return check_in(rsvp, by=by)


def _seated_as(name: str, gathering: Gathering) -> Person | None:
    return Person.objects.filter(name__iexact=name, rsvps__in=gathering.rsvps.going()).first()


def _seat(rsvp: Rsvp, by: Person) -> None:
    gathering = rsvp.gathering
    if gathering.is_full():
        raise Refusal(_("Every seat is taken. If there is a chair more, raise the number of places first."))
    gathering.waiting_count -= rsvp.is_waiting()
    gathering.going_count += 1
    rsvp.status, rsvp.answered_at = Rsvp.Status.GOING, now()
    rsvp.guest_of = visiting.home_of(rsvp.person, gathering)
    rsvp.save()
    gathering.save(update_fields=["going_count", "waiting_count"])
    journal.record("rsvp.seated", rsvp, by=by)
    stamps.bump("gatherings", f"gatherings/{gathering.pk}")

"""The door: who has arrived. One tap in, one tap back, and once is enough.

Each act may be told afterwards, with the moment it took place at: see ``arriving/taps``.
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.gatherings.coming import line, seats, visiting
from peerhood.gatherings.confidentiality import Surface
from peerhood.gatherings.models import Gathering, Part, Rsvp
from peerhood.gatherings.permissions import can_attend, can_greet
from peerhood.people.arrival import owner_of
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal


@transaction.atomic
def check_in(rsvp: Rsvp, *, by: Person, at: datetime | None = None) -> Rsvp:
    """Note that somebody with a seat has arrived. Two doors, or a second scan, change nothing more."""
    if not can_greet(by, rsvp.gathering):
        raise PermissionDenied
    arrived = Rsvp.objects.going().filter(pk=rsvp.pk, checked_in_at=None)
    if arrived.update(checked_in_at=at or now(), checked_in_by=by):
        rsvp.refresh_from_db(fields=["checked_in_at", "checked_in_by"])
        journal.record("person.checked_in", _subject(rsvp), by=by)
        return rsvp
    rsvp.refresh_from_db(fields=["status", "checked_in_at", "checked_in_by"])
    if not rsvp.is_going():
        raise Refusal(_("%(name)s has no seat at this gathering.") % {"name": rsvp.person})
    return rsvp


def _subject(rsvp: Rsvp) -> Rsvp | Gathering:
    """What the journal says was done to: whose answer it was, or, under a rule, the gathering only.

    That they were there is kept once, with the answer, and goes with it.
    """
    return rsvp if rsvp.gathering.allows(Surface.AUDIT_PERSON) else rsvp.gathering


@transaction.atomic
def undo(rsvp: Rsvp, *, by: Person, at: datetime | None = None) -> Rsvp:
    """Take a check-in back, unless it was made after ``at``; the seat stays."""
    if not can_greet(by, rsvp.gathering):
        raise PermissionDenied
    here = Rsvp.objects.filter(pk=rsvp.pk).exclude(checked_in_at=None)
    if at:
        here = here.filter(checked_in_at__lte=at)
    if here.update(checked_in_at=None, checked_in_by=None):
        journal.record("person.checked_out", _subject(rsvp), by=by)
    rsvp.refresh_from_db(fields=["checked_in_at", "checked_in_by"])
    return rsvp


@transaction.atomic
def walk_in(
    gathering: Gathering, name: str, *, by: Person, email: str = "", at: datetime | None = None
) -> Rsvp:
    """Seat and check in somebody who came without an answer, while there is a place.

    A known address brings the person it belongs to. Without one, a name that is on
    the list already is that person, and any other is written down as a new one.
    Nobody passes the line, and a closed circle takes no strangers.
    """
    gathering = seats.lock(gathering)
    if not can_greet(by, gathering):
        raise PermissionDenied
    if not gathering.is_announced() or (at or now()) >= gathering.ends_at:
        raise Refusal(_("This gathering takes nobody in right now."))
    person = owner_of(email.lower()) if email else _seated_as(name, gathering)
    if gathering.circle.is_closed() and not (person and can_attend(person, gathering)):
        raise Refusal(_("This circle meets by invitation; only its members can come in."))
    person = person or Person.objects.create_user(email or None, name=name)
    rsvp = seats.answer_of(gathering, person) or Rsvp(gathering=gathering, person=person)
    if not rsvp.is_going():
        _seat(rsvp, by)
    return check_in(rsvp, by=by, at=at)


def _seated_as(name: str, gathering: Gathering) -> Person | None:
    return Person.objects.filter(name__iexact=name, rsvps__in=gathering.rsvps.going()).first()


def _seat(rsvp: Rsvp, by: Person) -> None:
    gathering = rsvp.gathering
    part = gathering.part_for(Part.ROOM)
    line.settle(gathering)
    has_place = rsvp.is_offered() and rsvp.part == part
    if not gathering.free_in(part) and not has_place:
        raise Refusal(_("Every seat is taken. If there is a chair more, raise the number of places first."))
    rsvp.status, rsvp.part, rsvp.answered_at = Rsvp.Status.GOING, part, now()
    rsvp.guest_of = visiting.home_of(rsvp.person, gathering)
    rsvp.save()
    journal.record("rsvp.seated", rsvp, by=by)
    seats.keep(gathering)

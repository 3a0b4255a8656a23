"""RSVP: who has a seat at a gathering, and who waits for one.

Seats go to whoever answers first; a freed seat goes to the longest wait. Every
act locks the gathering's row, so two people cannot take the last seat, and the
row's counters change in the same transaction.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.gatherings import visiting
from peerhood.gatherings.models import Gathering, Rsvp
from peerhood.gatherings.permissions import can_attend, can_host
from peerhood.notices import sending
from peerhood.people.models import Person
from peerhood.platform import stamps
from peerhood.platform.refusals import Refusal


@transaction.atomic
def attend(gathering: Gathering, person: Person, companion: Person | None = None) -> Rsvp:
    """Take a seat, or a spot in line when full. Asking twice keeps the first place."""
    gathering = _lock(gathering)
    # Asked under the lock: a co-hosting may have ended while somebody answered.
    if not can_attend(person, gathering):
        raise PermissionDenied
    _refuse_closed(gathering)
    rsvp = gathering.rsvps.filter(person=person).first() or Rsvp(gathering=gathering, person=person)
    if rsvp.is_held():
        return _come_with(rsvp, companion)
    # The time is taken under the lock: the line is in the order in which answers were committed.
    rsvp.answered_at, rsvp.companion = now(), _other_than(person, companion)
    rsvp.guest_of = visiting.home_of(person, gathering)
    if gathering.is_full():
        _wait(rsvp)
    else:
        _seat(rsvp, "gatherings/seated", by=person)
    _keep_counters(gathering)
    return rsvp


@transaction.atomic
def withdraw(gathering: Gathering, person: Person, *, by: Person | None = None) -> None:
    """Give up a seat or a spot in line; a freed seat passes to the next in line."""
    gathering = _lock_open(gathering)
    rsvp = gathering.rsvps.held().filter(person=person).first()
    if rsvp is None:
        return
    if rsvp.is_going():
        gathering.going_count -= 1
    else:
        gathering.waiting_count -= 1
    rsvp.status, rsvp.checked_in_at = Rsvp.Status.DECLINED, None
    rsvp.save(update_fields=["status", "checked_in_at"])
    journal.record("rsvp.withdrawn", rsvp, by=by or person)
    _seat_the_line(gathering)
    _keep_counters(gathering)


@transaction.atomic
def resize(gathering: Gathering, capacity: int, *, by: Person) -> Gathering:
    """Change how many seats there are. More of them seat the line; fewer drop nobody."""
    if not can_host(by, gathering):
        raise PermissionDenied
    gathering = _lock(gathering)
    gathering.capacity = capacity
    gathering.count_change()
    gathering.save(update_fields=["capacity", "version", "changed_at"])
    if gathering.takes_answers():
        _seat_the_line(gathering)
    journal.record("gathering.edited", gathering, by=by, capacity=capacity)
    _keep_counters(gathering, "calendars")
    return gathering


def _lock_open(gathering: Gathering) -> Gathering:
    gathering = _lock(gathering)
    _refuse_closed(gathering)
    return gathering


def _refuse_closed(gathering: Gathering) -> None:
    if gathering.is_cancelled():
        raise Refusal(_("This gathering was cancelled."))
    if gathering.has_begun():
        raise Refusal(_("This gathering has begun; answers are closed."))
    if not gathering.takes_answers():
        raise Refusal(_("This gathering is still a draft; it takes answers when it is published."))


def _lock(gathering: Gathering) -> Gathering:
    # SQLite has no row locks and ignores this one; there, IMMEDIATE transactions (settings) let
    # one writer in at a time from its first statement on, which comes to the same.
    locked = Gathering.objects.select_for_update(of=("self",)).select_related("circle")
    return locked.get(pk=gathering.pk)


def _seat(rsvp: Rsvp, kind: str, *, by: Person | None = None) -> None:
    rsvp.status = Rsvp.Status.GOING
    rsvp.save()
    rsvp.gathering.going_count += 1
    journal.record("rsvp.seated", rsvp, by=by)
    _write(rsvp, kind)


def _wait(rsvp: Rsvp) -> None:
    rsvp.status = Rsvp.Status.WAITLISTED
    rsvp.save()
    rsvp.gathering.waiting_count += 1
    journal.record("rsvp.waitlisted", rsvp, by=rsvp.person)
    _write(rsvp, "gatherings/waitlisted")


def _seat_the_line(gathering: Gathering) -> None:
    """Give the free seats to those who wait longest; none are free while the room is over capacity."""
    for rsvp in gathering.rsvps.waiting().select_related("person")[: gathering.free_seats()]:
        gathering.waiting_count -= 1
        _seat(rsvp, "gatherings/moved_up")


def _write(rsvp: Rsvp, kind: str) -> None:
    # One mail per answer and kind, however often the act is tried again.
    key = f"{kind}/{rsvp.pk}/{rsvp.answered_at.timestamp():.6f}"
    sending.send(rsvp.person, kind, key=key, gathering=rsvp.gathering, rsvp=rsvp)


def _keep_counters(gathering: Gathering, *changed: str) -> None:
    gathering.save(update_fields=["going_count", "waiting_count"])
    stamps.bump("gatherings", f"gatherings/{gathering.pk}", *changed)


def _come_with(rsvp: Rsvp, companion: Person | None) -> Rsvp:
    if companion := _other_than(rsvp.person, companion):
        rsvp.companion = companion
        rsvp.save(update_fields=["companion"])
    return rsvp


def _other_than(person: Person, companion: Person | None) -> Person | None:
    return companion if companion and companion.pk != person.pk else None

"""RSVP: who has a seat at a gathering, and who waits for one.

Seats go to whoever answers first; a freed seat goes to whoever stands first in line. Every
act locks the gathering's row, so two people cannot take the last seat, and the row's
counters change in the same transaction.
"""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peerhood import journal
from peerhood.gatherings.calendars import imip
from peerhood.gatherings.coming import line, offering, seats, visiting
from peerhood.gatherings.models import Gathering, Hold, Rsvp
from peerhood.gatherings.permissions import can_attend, can_host
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal


@transaction.atomic
def attend(
    gathering: Gathering,
    person: Person,
    companion: Person | None = None,
    *,
    part: str = "",
    guests: Sequence[str] = (),
    hold: Hold | None = None,
) -> Rsvp:
    """Take a seat, or a spot in line when full. Asking twice keeps the first place; an offer is accepted.

    Args:
        part: "room" or "online", where the gathering is both.
        guests: their names; whoever comes into the line stands there alone.
        hold: a place that was kept for them until they opened their mail.
    """
    gathering = seats.lock(gathering)
    # Asked under the lock: a co-hosting may have ended while somebody answered.
    if not can_attend(person, gathering):
        raise PermissionDenied
    refuse_closed(gathering)
    line.settle(gathering)
    has_place = hold is not None and seats.release(gathering, hold)
    rsvp = seats.answer_of(gathering, person) or Rsvp(gathering=gathering, person=person)
    if rsvp.is_offered():
        line.give(rsvp, "gatherings/seated", by=person)
    elif rsvp.is_held():
        _come_with(rsvp, companion)
    else:
        _answer(rsvp, companion, hold.part if hold else part, guests, has_place=has_place)
    if has_place:
        # Whoever had a place already, or waits for a yes, does not need the one that was held.
        line.move_up(gathering)
    seats.keep(gathering)
    return rsvp


def _answer(
    rsvp: Rsvp, companion: Person | None, part: str, guests: Sequence[str], *, has_place: bool
) -> None:
    gathering, person = rsvp.gathering, rsvp.person
    if rsvp.status == Rsvp.Status.REFUSED:
        raise Refusal(_("The organisers have answered: they have no place for you this time."))
    # The time is taken under the lock: the line is in the order in which answers were committed.
    rsvp.answered_at, rsvp.companion = now(), _other_than(person, companion)
    rsvp.part, rsvp.guest_of = gathering.part_for(part), visiting.home_of(person, gathering)
    is_eligible = not gathering.needs_approval or can_host(person, gathering)
    rsvp.eligible_at = rsvp.answered_at if is_eligible else None
    if is_eligible and (has_place or seats.is_free_for_all(gathering, rsvp.part)):
        _bring(rsvp, guests)
        line.give(rsvp, "gatherings/seated", by=person)
    else:
        line.wait(rsvp)


@transaction.atomic
def withdraw(
    gathering: Gathering, person: Person, *, by: Person | None = None, quietly: bool = False
) -> None:
    """Give up a seat, an offer or a spot in line; what becomes free goes to the next.

    A seat can be given up after the start, too, and is free for the door then. Whoever withdraws
    somebody ``quietly`` writes to them in words of their own.
    """
    gathering = seats.lock(gathering)
    rsvp = gathering.rsvps.held().filter(person=person).first()
    if rsvp is None:
        refuse_closed(gathering)
        return
    if gathering.is_over():
        raise Refusal(_("This gathering has taken place."))
    if rsvp.checked_in_at and gathering.has_begun():
        raise Refusal(_("You have arrived already. If you leave early, just say goodbye to somebody."))
    rsvp.gathering, had_seat = gathering, rsvp.is_going()
    rsvp.status, rsvp.checked_in_at, rsvp.still_coming_at = Rsvp.Status.DECLINED, None, None
    rsvp.guests_count, rsvp.guest_names = 0, []
    # An answer as well: what a calendar program says late must not go behind it (calendars/replies.py).
    rsvp.answered_at = now()
    rsvp.save()
    journal.record("rsvp.withdrawn", rsvp, by=by or person)
    if had_seat and not quietly:
        line.write(rsvp, "gatherings/withdrawn", imip.cancel_for(rsvp))
    line.move_up(gathering)
    seats.keep(gathering)


@transaction.atomic
def decline(gathering: Gathering, person: Person) -> None:
    """Say that one cannot come: give up what one holds, or answer no to what nobody has answered yet."""
    gathering = seats.lock(gathering)
    rsvp = seats.answer_of(gathering, person)
    if rsvp is not None:
        withdraw(gathering, person)
        return
    if not can_attend(person, gathering):
        raise PermissionDenied
    refuse_closed(gathering)
    rsvp = Rsvp(gathering=gathering, person=person, status=Rsvp.Status.DECLINED, answered_at=now())
    rsvp.part, rsvp.guest_of = gathering.part_for(""), visiting.home_of(person, gathering)
    rsvp.save()
    journal.record("rsvp.declined", rsvp, by=person)
    seats.keep(gathering)


@transaction.atomic
def bring(gathering: Gathering, person: Person, guests: Sequence[str]) -> Rsvp:
    """Say which guests one brings, in place of those named before."""
    gathering = seats.lock(gathering)
    refuse_closed(gathering)
    rsvp = gathering.rsvps.going().filter(person=person).first()
    if rsvp is None:
        raise Refusal(_("You can bring guests once you have a seat."))
    rsvp.gathering = gathering
    line.settle(gathering)
    _bring(rsvp, guests)
    rsvp.save(update_fields=["guests_count", "guest_names"])
    journal.record("rsvp.changed", rsvp, by=person, guests=rsvp.guests_count)
    line.move_up(gathering)
    seats.keep(gathering)
    return rsvp


@transaction.atomic
def take_part_in(gathering: Gathering, person: Person, part: str) -> Rsvp:
    """Come online instead of into the room, or the other way round. A seat is only left for another one."""
    gathering = seats.lock(gathering)
    refuse_closed(gathering)
    line.settle(gathering)
    rsvp = gathering.rsvps.held().filter(person=person).first()
    part = gathering.part_for(part)
    if rsvp is None or rsvp.part == part:
        raise Refusal(_("There is nothing to change: that is how it stands already."))
    rsvp.gathering = gathering
    is_free = seats.is_free_for_all(gathering, part) and gathering.free_in(part) > rsvp.guests_count
    if not is_free:
        raise Refusal(_("There is no place free there. You keep the one you have."))
    had_seat, rsvp.part = rsvp.is_going(), part
    if had_seat or not rsvp.eligible_at:
        rsvp.save(update_fields=["part"])
        journal.record("rsvp.changed", rsvp, by=person, part=part)
    else:
        line.give(rsvp, "gatherings/seated", by=person)
    line.move_up(gathering)
    seats.keep(gathering)
    return rsvp


@transaction.atomic
def resize(
    gathering: Gathering, capacity: int | None = None, *, by: Person, online_capacity: int | None = None
) -> Gathering:
    """Change how many seats there are. More of them seat the line; fewer drop nobody."""
    if not can_host(by, gathering):
        raise PermissionDenied
    gathering = seats.lock(gathering)
    gathering.capacity = capacity or gathering.capacity
    gathering.online_capacity = online_capacity or gathering.online_capacity
    gathering.count_change()
    gathering.save(update_fields=["capacity", "online_capacity", "version", "changed_at"])
    line.move_up(gathering)
    sizes = {"capacity": gathering.capacity, "online_capacity": gathering.online_capacity}
    journal.record("gathering.edited", gathering, by=by, **sizes)
    seats.keep(gathering, "calendars")
    return gathering


@transaction.atomic
def settle(gathering: Gathering) -> None:
    """Take back what has stood unanswered for too long, and pass it on. Twice is once."""
    gathering = seats.lock(gathering)
    line.settle(gathering)
    seats.keep(gathering)


def settle_all_due() -> None:
    for gathering in offering.due():
        settle(gathering)
    offering.forget_old_holds()


def refuse_closed(gathering: Gathering) -> None:
    if gathering.is_cancelled():
        raise Refusal(_("This gathering was cancelled."))
    if gathering.has_begun():
        raise Refusal(_("This gathering has begun; answers are closed."))
    if not gathering.takes_answers():
        raise Refusal(_("This gathering is still a draft; it takes answers when it is published."))


def _bring(rsvp: Rsvp, guests: Sequence[str]) -> None:
    """Note guests, while there are places for them; the answer's own place is counted, or about to be."""
    gathering = rsvp.gathering
    if len(guests) > gathering.guests_allowed:
        raise Refusal(_("You can bring fewer guests than that to this gathering."))
    own = 1 + rsvp.guests_count if rsvp.is_going() else 0
    free = gathering.free_in(rsvp.part) + own
    if 1 + len(guests) > free:
        raise Refusal(
            ngettext(
                "There is %(free)d place left. Come by yourself, or with fewer guests.",
                "There are %(free)d places left for you and your guests. Come with fewer of them.",
                free,
            )
            % {"free": free}
        )
    rsvp.guest_names, rsvp.guests_count = list(guests), len(guests)


def _come_with(rsvp: Rsvp, companion: Person | None) -> None:
    if companion := _other_than(rsvp.person, companion):
        rsvp.companion = companion
        rsvp.save(update_fields=["companion"])


def _other_than(person: Person, companion: Person | None) -> Person | None:
    return companion if companion and companion.pk != person.pk else None

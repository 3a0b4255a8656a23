"""The line: to whom a free place goes.

Nobody is passed. Until a day before, a free place is given to whoever stands first; from
then on it is offered, for people have made other plans meanwhile. Where organisers choose,
it waits for them. Whoever calls holds the gathering's row, and keeps the counters.
"""

from datetime import timedelta
from typing import Any

from django.utils.timezone import now

from peerhood import journal
from peerhood.gatherings.calendars import imip
from peerhood.gatherings.coming import links, offering, seats
from peerhood.gatherings.models import Gathering, Policy, Rsvp
from peerhood.gatherings.queries import first_timers, has_been_to
from peerhood.notices import sending
from peerhood.notices.sending import CalendarPart
from peerhood.people.models import Person
from peerhood.platform import rows

# From then on a place is offered instead of given.
OFFERED_WITHIN = timedelta(hours=24)


def settle(gathering: Gathering) -> None:
    """Take back offers and holds whose time is over, and pass their places on: before anybody else gets one."""
    # Nothing is offered or held where all that is taken is somebody's seat; then nothing is asked.
    if gathering.room_taken + gathering.online_taken > gathering.going_count and offering.end_those_over(
        gathering
    ):
        move_up(gathering)
        seats.recount(gathering)


def move_up(gathering: Gathering) -> None:
    """Pass each free place on; none are free while the room is over capacity, and none after the start."""
    if gathering.policy == Policy.BY_CHOICE or not gathering.takes_answers():
        return
    seats.recount(gathering)
    for part in gathering.parts:
        # Whoever waits waits alone: guests are named once there is a seat. So each takes one place.
        line = seats.line_of(gathering, part).select_related("person")
        for rsvp in line[: gathering.free_in(part)]:
            rsvp.gathering = gathering
            pass_on(rsvp)


def pass_on(rsvp: Rsvp, *, by: Person | None = None) -> None:
    """Give a free place to one who waits, or offer it when the gathering is near."""
    if rsvp.gathering.starts_at - now() <= OFFERED_WITHIN:
        offering.offer(rsvp, by=by)
    else:
        rsvp.offered_at = now()
        give(rsvp, "gatherings/moved_up", by=by)


def give(rsvp: Rsvp, kind: str, *, by: Person | None = None) -> None:
    """Seat somebody, and write to them."""
    rsvp.status = Rsvp.Status.GOING
    _write_down(rsvp)
    journal.record("rsvp.seated", rsvp, by=by)
    write(rsvp, kind, imip.request_for(rsvp))


def wait(rsvp: Rsvp) -> None:
    """Put somebody at the end of the line, and write to them where they stand."""
    rsvp.status, rsvp.guests_count, rsvp.guest_names = Rsvp.Status.WAITLISTED, 0, []
    rsvp.is_new = rsvp.gathering.policy == Policy.NEWCOMERS_FIRST and not has_been_to(
        rsvp.gathering, rsvp.person
    )
    _write_down(rsvp)
    if rsvp.is_applied():
        journal.record("rsvp.applied", rsvp, by=rsvp.person)
        write(rsvp, "gatherings/applied")
    else:
        journal.record("rsvp.waitlisted", rsvp, by=rsvp.person)
        write(rsvp, "gatherings/waitlisted")


def write(rsvp: Rsvp, kind: str, calendar: CalendarPart | None = None) -> None:
    # One mail per answer and kind, however often the act is tried again.
    key = f"{kind}/{rsvp.pk}/{rsvp.answered_at.timestamp():.6f}"
    link = links.link_for(rsvp.person, rsvp.gathering)
    about: dict[str, Any] = {"gathering": rsvp.gathering, "rsvp": rsvp, "link": link}
    sending.send(rsvp.person, kind, key=key, calendar=calendar, **about)


def _write_down(rsvp: Rsvp) -> None:
    if rsvp.pk is None:
        rows.insert(rsvp)
    else:
        rsvp.save()


def order_anew(gathering: Gathering) -> None:
    """After the policy changed: note who of those waiting is new, which nobody asked before."""
    new = first_timers(gathering) if gathering.policy == Policy.NEWCOMERS_FIRST else set()
    gathering.rsvps.waiting().update(is_new=False)
    gathering.rsvps.waiting().filter(person__in=new).update(is_new=True)

"""iMIP: a mail that puts a gathering into its reader's calendar, moves it there, and takes it out again.

A REQUEST goes with every mail that says "you have a seat", a CANCEL with every mail that says the
seat is gone; whoever waits in line gets neither. Each is to one reader, who is its only attendee:
nobody learns from it who else comes.

Two things keep them in order. The outbox sends the mails of one ``thread`` (a gathering and a
person) one after the other. And a calendar that has read a later one leaves an earlier one aside,
because SEQUENCE never falls in a thread: it grows with the gathering's own, and by one more at each
CANCEL and at the REQUEST after it. RFC 5546 (2.1.4 and 2.1.5) would let the later DTSTAMP decide
between equal ones; not every calendar program that keeps what was cancelled can be relied on to do
so, and coming back counts on.
"""

from email.utils import parseaddr

from django.conf import settings
from django.utils.timezone import now
from icalendar import Event, vCalAddress

from peerhood.gatherings.calendars import ical, reply_address
from peerhood.gatherings.confidentiality import Surface
from peerhood.gatherings.models import Gathering, Rsvp
from peerhood.notices.models import Mail
from peerhood.notices.sending import CalendarPart
from peerhood.people.models import Person

REQUEST, CANCEL = "REQUEST", "CANCEL"
# A parameter may hold no quotation mark; RFC 6868 writes it as ^', which few calendar programs read.
# A backslash means itself there, and some take it for the beginning of an escape.
IN_A_LABEL = str.maketrans({'"': "”", "^": " ", "\\": "/"})


def request_for(rsvp: Rsvp) -> CalendarPart | None:
    """The gathering as it is now, for somebody who has a seat; None for somebody without an address."""
    return _part(rsvp, REQUEST) if rsvp.person.email else None


def request_if_seated(rsvp: Rsvp) -> CalendarPart | None:
    """As ``request_for``, for a mail that goes to those who wait as well: nothing is in their calendar."""
    return request_for(rsvp) if rsvp.is_going() else None


def cancel_for(rsvp: Rsvp) -> CalendarPart | None:
    """Take out of somebody's calendar what was put there; None when nothing is in it."""
    sent = Mail.objects.of_thread(thread_of(rsvp)).values_list("calendar_method", flat=True)
    return _part(rsvp, CANCEL) if rsvp.person.email and sent.last() == REQUEST else None


def thread_of(rsvp: Rsvp) -> str:
    return f"calendar/{rsvp.gathering_id}/{rsvp.person_id}"


def _part(rsvp: Rsvp, method: str) -> CalendarPart:
    gathering, thread = rsvp.gathering, thread_of(rsvp)
    calendar = ical.opened(method, [gathering.time_zone])
    event = ical.event_of(gathering)
    _put(event, "sequence", _sequence(gathering, thread, method))
    # In a mail this is when it was written (RFC 5545, 3.8.7.2), not when the gathering was changed.
    _put(event, "dtstamp", now())
    if not gathering.is_cancelled() and method == CANCEL:
        # CANCELLED is the gathering itself; it takes place, without this reader (RFC 5546, 3.2.5).
        event.pop("status")
    event.add("organizer", _organiser(gathering, rsvp.person))
    event.add("attendee", attendee_of(rsvp.person, method))
    calendar.add_component(event)
    return CalendarPart(unfolded(calendar.to_ical()), method, thread)


def _sequence(gathering: Gathering, thread: str, method: str) -> int:
    """One thread's writers hold the gathering's lock, so nobody counts beside us."""
    taken_back_count = Mail.objects.of_thread(thread).filter(calendar_method=CANCEL).count()
    return gathering.sequence + 2 * taken_back_count + (method == CANCEL)


def _put(event: Event, name: str, value: object) -> None:
    event.pop(name)
    event.add(name, value)


def _organiser(gathering: Gathering, person: Person) -> vCalAddress:
    """The site, under the circle's name. Programs send the answer there, so the address says whose it is."""
    organiser = vCalAddress(f"mailto:{reply_address.for_reader(gathering, person) or site_address()}")
    name = settings.SITE_NAME if gathering.is_discreet_on(Surface.CALENDAR_DETAILS) else gathering.circle.name
    organiser.params["CN"] = label(name) or settings.SITE_NAME
    return organiser


def attendee_of(person: Person, method: str) -> vCalAddress:
    attendee = vCalAddress(f"mailto:{person.email}")
    attendee.params["CUTYPE"] = "INDIVIDUAL"
    attendee.params["ROLE"] = "REQ-PARTICIPANT"
    attendee.params["CN"] = label(person.name) or person.email or ""
    if method == REQUEST:
        # They have said yes here already. Asked once more only where somebody reads the answer.
        attendee.params["PARTSTAT"] = "ACCEPTED"
        attendee.params["RSVP"] = "TRUE" if settings.INBOUND_ADDRESS else "FALSE"
    return attendee


def site_address() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def label(name: str) -> str:
    """A name on one line, as a parameter can carry it.

    >>> label('Ada "the" ^n\\r\\nATTENDEE:x')
    'Ada ”the” n ATTENDEE:x'
    """
    return " ".join(ical.plain(name).translate(IN_A_LABEL).split())


def unfolded(body: bytes) -> str:
    return body.replace(b"\r\n ", b"").decode()

"""Replies: what somebody's calendar program says in their name, done as if they had said it here.

Yes takes a seat (or a spot in line) if they have none, no gives it up, maybe changes nothing. A reply
counts when it names the gathering and one of the person's own proven addresses, comes from one of
those, and was sent to the address that only they were given (``reply_address``). One that is older
than their latest answer is left aside, so it may come late, and twice. What is no reply is nobody's
mistake: whatever anybody mails in, reading goes on.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses
from enum import StrEnum
from uuid import UUID

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from icalendar import Calendar, Event

from peerhood import journal
from peerhood.gatherings import rsvp
from peerhood.gatherings.calendars import ical, reply_address
from peerhood.gatherings.models import Gathering, Rsvp
from peerhood.journal.models import Entry
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal

logger = logging.getLogger(__name__)

CALENDAR_TYPES = ("text/calendar", "application/ics")
# Where mail servers write down to whom a mail was.
SAID_TO = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
# A clock may be wrong, and a program may take local time for UTC; a reply from tomorrow is made up.
AHEAD_AT_MOST = timedelta(days=1)


class Outcome(StrEnum):
    CAME = "took a place"
    LEFT = "gave up a place"
    NOTHING_NEW = "nothing to do"
    OLD = "older than their latest answer"
    REFUSED = "refused"
    NO_REPLY = "no reply of ours"
    CAME_BACK = "a mail of ours that came back"


@dataclass(frozen=True)
class Reply:
    uid: UUID
    attendee: str
    partstat: str
    written_at: datetime
    from_addresses: list[str]
    said_to: list[str]


def read(message: bytes) -> Outcome:
    """Do what a mail says, if it is a reply to one of our invitations."""
    try:
        reply = _reply_in(message)
    except Exception:
        # Two parsers at work on what anybody may send: whichever way it is broken, it is no reply.
        logger.info("A mail could not be read as a reply.", exc_info=True)
        reply = None
    if reply is None:
        return Outcome.NO_REPLY
    try:
        return _answer(reply)
    except (Refusal, PermissionDenied):
        return Outcome.REFUSED


@transaction.atomic
def _answer(reply: Reply) -> Outcome:
    # Under the lock that every answer takes, or one given on the page this moment would be overlooked.
    gathering = Gathering.objects.select_for_update(of=("self",)).filter(uid=reply.uid).first()
    person = _who_said_it(reply, gathering) if gathering else None
    if gathering is None or person is None:
        return Outcome.NO_REPLY
    mine = gathering.rsvps.filter(person=person).first()
    if mine and reply.written_at < _latest_answer_at(mine):
        return Outcome.OLD
    has_place = mine is not None and mine.is_held()
    if reply.partstat == "ACCEPTED" and not has_place:
        outcome, mine = Outcome.CAME, rsvp.attend(gathering, person)
    elif reply.partstat == "DECLINED" and mine and has_place:
        rsvp.withdraw(gathering, person)
        outcome = Outcome.LEFT
    else:
        return Outcome.NOTHING_NEW
    journal.record("rsvp.replied", mine, by=person, written_at=reply.written_at.isoformat())
    return outcome


def _latest_answer_at(mine: Rsvp) -> datetime:
    """When they last said something: on the page, or in the reply that we have read since.

    A yes and the no after it may be read together, so a reply counts from when it was written.
    """
    replied = Entry.objects.filter(name="rsvp.replied", subject_type=Rsvp._meta.label_lower)
    last = replied.filter(subject_id=str(mine.pk), at__gte=mine.answered_at).last()
    # A calendar counts in whole seconds.
    return (
        datetime.fromisoformat(last.facts["written_at"]) if last else mine.answered_at.replace(microsecond=0)
    )


def _who_said_it(reply: Reply, gathering: Gathering) -> Person | None:
    """The attendee, when the mail is from them and shows that they were written to."""
    named = EmailAddress.objects.filter(email__iexact=reply.attendee, verified=True)
    found = named.filter(user__is_active=True).select_related("user").first()
    if found is None:
        return None
    theirs = EmailAddress.objects.filter(user=found.user, verified=True)
    addresses = [address.lower() for address in theirs.values_list("email", flat=True)]
    is_from_them = len(reply.from_addresses) == 1 and reply.from_addresses[0] in addresses
    is_shown = reply_address.is_proof(reply.said_to, gathering, found.user, addresses)
    return found.user if is_from_them and is_shown else None


def _reply_in(message: bytes) -> Reply | None:
    mail = message_from_bytes(message, policy=policy.default)
    event = _event_in(mail)
    if event is None:
        return None
    uid, _at, ending = str(event["uid"]).strip().rpartition("@")
    attendees, written_at = event["attendee"], event.decoded("dtstamp")
    if (
        f"@{ending}" != ical.UID_ENDS_IN
        or isinstance(attendees, list)
        or not isinstance(written_at, datetime)
    ):
        return None
    if written_at.tzinfo is None:
        written_at = written_at.replace(tzinfo=UTC)
    if written_at > now() + AHEAD_AT_MOST:
        return None
    return Reply(
        uid=UUID(uid),
        attendee=_address(str(attendees)),
        partstat=str(attendees.params.get("PARTSTAT", "")).upper(),
        written_at=written_at,
        from_addresses=_addresses(mail, ["From"]),
        said_to=[*_addresses(mail, SAID_TO), _address(str(event.get("organizer", "")))],
    )


def _event_in(mail: EmailMessage) -> Event | None:
    """The one event that the mail replies to; None for any other mail, an invitation of somebody's, too."""
    parts = [part for part in mail.walk() if part.get_content_type() in CALENDAR_TYPES]
    if not parts:
        return None
    calendar = Calendar.from_ical(bytes(parts[0].get_payload(decode=True)))
    events = [event for event in calendar.subcomponents if isinstance(event, Event)]
    is_reply = str(calendar.get("method", "")).upper() == "REPLY"
    return events[0] if is_reply and len(events) == 1 else None


def _addresses(mail: EmailMessage, names: Iterable[str]) -> list[str]:
    lines = [str(line) for name in names for line in mail.get_all(name, [])]
    return [address.lower() for _name, address in getaddresses(lines) if address]


def _address(calendar_address: str) -> str:
    """
    >>> _address("MAILTO:Ada@example.org")
    'ada@example.org'
    """
    return calendar_address.strip().lower().removeprefix("mailto:")

"""iCalendar: a gathering as Outlook, Google and Apple read it.

The event keeps its UID for life and counts SEQUENCE up with another time or place, so
a calendar that has it moves it instead of doubling it. A calendar is read by
colleagues and assistants: what a closed circle or a confidential room does is
a "network meeting" there, at a time, and nothing else. Why each property is there
says tests/golden/README.md.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from peerhood.gatherings.calendars.vtimezone import vtimezone
from peerhood.gatherings.confidentiality import Surface
from peerhood.gatherings.models import Gathering
from peerhood.gatherings.queries import with_level

UID_ENDS_IN = "@peerhood"
# Control characters have no place in iCalendar text (RFC 5545, 3.3.11); tab and line break do.
FORBIDDEN = {code: None for code in (*range(0x20), 0x7F) if chr(code) not in "\t\n"}


def with_discretion(gatherings: QuerySet[Gathering]) -> QuerySet[Gathering]:
    """Fetch along what decides how much a calendar may say."""
    return with_level(gatherings.select_related("circle"))


def calendar_of(
    gatherings: Iterable[Gathering], *, name: str = "", surface: Surface = Surface.CALENDAR_DETAILS
) -> bytes:
    """The gatherings, fetched ``with_discretion``, as one calendar file; ``surface`` is who reads it."""
    gatherings = list(gatherings)
    calendar = opened("PUBLISH", {gathering.time_zone for gathering in gatherings})
    if name:
        calendar.add("x-wr-calname", plain(name))
        calendar.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
        # Older than the property above it; a duration it is only when written out.
        calendar.add("x-published-ttl", "PT12H")
    for gathering in gatherings:
        calendar.add_component(event_of(gathering, surface))
    return calendar.to_ical()


def opened(method: str, zones: Iterable[str]) -> Calendar:
    """A calendar with nothing in it yet but the clocks of these time zones."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//Peerhood//{settings.VERSION}//EN")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    for key in sorted(zones):
        calendar.add_component(vtimezone(key))
    return calendar


def event_of(gathering: Gathering, surface: Surface = Surface.CALENDAR_DETAILS) -> Event:
    event = Event()
    event.add("uid", f"{gathering.uid}{UID_ENDS_IN}")
    event.add("sequence", gathering.sequence)
    # Not the time of download: a body that changes by itself could never be "not modified".
    event.add("dtstamp", gathering.changed_at)
    event.add("last-modified", gathering.changed_at)
    event.add("dtstart", gathering.starts_at.astimezone(gathering.zone))
    event.add("dtend", gathering.ends_at.astimezone(gathering.zone))
    event.add("status", "CANCELLED" if gathering.is_cancelled() else "CONFIRMED")
    event.add("url", settings.SITE_URL + gathering.get_absolute_url())
    if gathering.is_discreet_on(surface):
        with translation.override(gathering.circle.language):
            event.add("summary", _("Network meeting"))
        event.add("class", "PRIVATE")
        return event
    event.add("summary", plain(gathering.title))
    if gathering.room_line:
        event.add("location", plain(gathering.room_line))
    elif gathering.state == Gathering.State.MOVED_ONLINE:
        # Said in words: a calendar that is only not told of the room any more may go on showing it.
        with translation.override(gathering.circle.language):
            event.add("location", _("Online"))
    about = [gathering.circle.name, gathering.words, settings.SITE_URL + gathering.get_absolute_url()]
    event.add("description", plain("\n\n".join(filter(None, about))))
    return event


def plain(text: str) -> str:
    """Text as a calendar can carry it: line breaks of one kind, and no control characters.

    >>> plain("Fika\\r\\nBEGIN:VALARM\\rnow\\x00")
    'Fika\\nBEGIN:VALARM\\nnow'
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(FORBIDDEN)

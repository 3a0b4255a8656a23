"""An outside event as a calendar reads it: whole days, and nothing of the circle or of who is going."""

from datetime import timedelta

from icalendar import Event

from peerhood.gatherings.calendars import ical
from peerhood.growth.models import OutsideEvent


def file_of(event: OutsideEvent) -> bytes:
    calendar = ical.opened("PUBLISH", [])
    told = Event()
    told.add("uid", f"{event.uid}{ical.UID_ENDS_IN}")
    told.add("dtstamp", event.changed_at)
    told.add("dtstart", event.starts_on)
    # The day after the last one (RFC 5545, 3.6.1).
    told.add("dtend", event.ends_on + timedelta(days=1))
    told.add("summary", ical.plain(event.title))
    # A conference does not fill the day of whoever only thinks of going.
    told.add("transp", "TRANSPARENT")
    if event.place:
        told.add("location", ical.plain(event.place))
    if event.link:
        told.add("url", event.link)
    calendar.add_component(told)
    return calendar.to_ical()

"""What a mail tells a calendar program, read back by two readers that know nothing of each other."""

from dataclasses import dataclass

import icalendar
import vobject

from peerhood.notices import delivery
from peerhood.notices.models import Mail


@dataclass(frozen=True)
class Told:
    method: str
    event: icalendar.Event
    # The same by the second reader.
    other: vobject.base.Component

    @property
    def sequence(self) -> int:
        return int(self.event["sequence"])


def calendars_in(mail: Mail) -> list[bytes]:
    """The calendar parts of the mail as it is sent: the alternative, and the file."""
    message = delivery._message(mail).message()
    types = ("text/calendar", "application/ics")
    return [
        # The network writes CR LF; the message in memory does not yet.
        part.get_payload(decode=True).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        for part in message.walk()
        if part.get_content_type() in types
    ]


def told_by(mail: Mail) -> Told:
    alternative, file = calendars_in(mail)
    assert alternative == file
    calendar = icalendar.Calendar.from_ical(file)
    (event,) = calendar.walk("VEVENT")
    return Told(str(calendar["method"]), event, vobject.readOne(file.decode()).vevent)


def told_to(person, kind: str) -> Told:
    return told_by(Mail.objects.filter(person=person, kind=f"gatherings/{kind}").latest("pk"))


def all_told_to(person) -> list[Told]:
    return [told_by(mail) for mail in Mail.objects.filter(person=person).exclude(calendar="").order_by("pk")]

"""Taking along: my people as a file of contact cards (vCard 3.0, RFC 2426) or a spreadsheet.

In it is what their owners show to people of their circles, their main address as it is today, and my own note. Where
we met leaves with it only where the gathering's level lets a copy of one's data name who was there: an address book
goes to phones, employers and clouds.
"""

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from django.utils.translation import gettext as _
from icalendar.parser import Contentline
from icalendar.prop import vText

from peerhood.connections.queries import Kept, Meeting
from peerhood.gatherings.confidentiality import Surface
from peerhood.platform.spreadsheets import sheet

# What may stand in one as it is (RFC 3986); all else is said in octets, and so are the two signs at which
# address books break a value, though an address needs no escaping by the standard.
SAFE_IN_ADDRESSES = "%:/?#[]@!$&'()*+=-._~"


def cards(kept: Iterable[Kept]) -> bytes:
    """One vCard for each who is still here, lines ended and folded as the standard has them."""
    here = (each for each in kept if each.person.erased_at is None)
    return b"".join(line + b"\r\n" for each in here for line in _card(each))


def _card(kept: Kept) -> Iterator[bytes]:
    yield from opening(str(kept.person))
    if kept.person.email:
        yield line("EMAIL;TYPE=INTERNET", kept.person.email)
    if kept.job:
        yield line("ORG", kept.job.employer.name)
        if kept.job.title:
            yield line("TITLE", kept.job.title)
    if note := "\n".join(filter(None, (kept.my_note, where(kept)))):
        yield line("NOTE", note)
    yield b"END:VCARD"


def opening(name: str) -> Iterator[bytes]:
    """How every card begins: whose it is."""
    name = " ".join(name.split())
    given, _space, family = name.rpartition(" ")
    yield b"BEGIN:VCARD"
    yield b"VERSION:3.0"
    # A name of one word is what somebody is called by, not a family's.
    yield line("N", *((family, given, "", "", "") if given else ("", family, "", "", "")))
    yield line("FN", name)


def line(name: str, *parts: str) -> bytes:
    """A line whose value has these parts, each escaped; folded at 75 octets."""
    # A lone carriage return is a new line, too: escaping knows only the two others.
    escaped = (vText(part.replace("\r\n", "\n").replace("\r", "\n")).to_ical().decode() for part in parts)
    return Contentline(f"{name}:{';'.join(escaped)}").to_ical()


def address(name: str, url: str) -> bytes:
    """A line with an address of the web, which is not escaped; it has no spaces or breaks in it."""
    return Contentline(f"{name}:{quote(url, safe=SAFE_IN_ADDRESSES)}").to_ical()


def where(kept: Kept) -> str:
    """A line for each meeting: where, as far as that may leave, and what I noted that we talked about."""
    return "\n".join(filter(None, map(_meeting, kept.meetings)))


def _meeting(meeting: Meeting) -> str:
    gathering, words = meeting.gathering, meeting.talked_about
    if not gathering.allows(Surface.EXPORT_NAMES):
        return words
    day = gathering.starts_at.astimezone(gathering.zone).date()
    met = _("Met at %(where)s") % {"where": f"{gathering.title}, {day.isoformat()}"}
    return f"{met}: {words}" if words else met


HEADER = (
    "name",
    "email",
    "employer",
    "title",
    "happy_to_be_called_about",
    "met_at",
    "my_note",
    "follow_up_on",
)


def spreadsheet(kept: Iterable[Kept]) -> str:
    """One row for each, under ``HEADER`` in every language."""
    return sheet(HEADER, map(_row, kept))


def _row(kept: Kept) -> Sequence[str]:
    return (
        str(kept.person),
        kept.person.email or "",
        kept.job.employer.name if kept.job else "",
        kept.job.title if kept.job else "",
        kept.ask_about,
        where(kept),
        kept.my_note,
        kept.follow_up_on.isoformat() if kept.follow_up_on else "",
    )

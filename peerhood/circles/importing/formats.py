"""Formats: whose list it is, told by its header, and what each of its rows says.

Three are known: our own export (English or Swedish column names), the connections file
of LinkedIn, and the member list of Meetup. A row carries its own faults, by column, so
that one bad cell never stops the rest.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _

from peerhood.circles.importing.reading import DELIMITERS, MOST_ROWS, ImportProblem, Record, records

# The header of our own export, in this order.
OWN_HEADER = ("name", "email", "role", "state", "joined_on", "employer", "title", "town")
LONGEST = {"name": 120, "email": 254, "employer": 120, "title": 120, "town": 80}
# LinkedIn puts a note of some lines above its header.
LOOK_FOR_HEADER_IN = 30

ROLES = {
    "member": "member medlem deltagare",
    "greeter": "greeter välkomnare mottagare",
    "host": "host värd",
    "facilitator": "facilitator facilitatör samtalsledare",
    "organiser": "organiser organizer arrangör organisatör",
}
STATES = {
    "active": "active aktiv",
    "paused": "paused pausad vilande",
    "invited": "invited inbjuden",
    "applied": "applied ansökt sökt",
    "left": "left lämnat slutat",
    "declined": "declined avböjt avböjd",
}
MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "jan januari january",
            "feb februari february",
            "mar mars march",
            "apr april",
            "maj may",
            "jun juni june",
            "jul juli july",
            "aug augusti august",
            "sep sept september",
            "okt oct oktober october",
            "nov november",
            "dec december",
        ],
        start=1,
    )
    for name in names.split()
}
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.Z+-]*)?")
NAMED_DAY = re.compile(r"(\d{1,2})\.?[ -]([^\W\d]+)\.?,?[ -](\d{4})")

is_address = EmailValidator()


@dataclass(frozen=True)
class Format:
    """How one source spells its columns. ``marks`` are the columns that give it away."""

    source: str
    columns: dict[str, tuple[str, ...]]
    marks: tuple[frozenset[str], ...]
    invites: bool


LINKEDIN = Format(
    "linkedin",
    {
        "first_name": ("first name",),
        "last_name": ("last name",),
        "profile": ("url",),
        "email": ("email address",),
        "employer": ("company",),
        "title": ("position",),
        "known_on": ("connected on",),
    },
    (frozenset({"first_name", "known_on"}),),
    invites=True,
)
MEETUP = Format(
    "meetup",
    {
        "name": ("name",),
        "member_id": ("member id", "user id"),
        "profile": ("url of member profile",),
        "email": ("email", "email address"),
        "employer": ("company", "what company do you represent?"),
        "town": ("location",),
        "known_on": ("joined group on",),
    },
    (frozenset({"name", "member_id"}), frozenset({"name", "profile"})),
    invites=True,
)
OWN = Format(
    "own",
    {
        "name": ("name", "full name", "namn", "fullständigt namn"),
        "first_name": ("first name", "given name", "förnamn"),
        "last_name": ("last name", "surname", "family name", "efternamn"),
        "email": ("email", "e-mail", "email address", "mail", "e-post", "epost", "e-postadress", "mejl"),
        "role": ("role", "roll"),
        "state": ("state", "status", "tillstånd"),
        "joined_on": ("joined on", "joined", "member since", "medlem sedan", "gick med"),
        "employer": ("employer", "company", "organisation", "organization", "arbetsgivare", "företag"),
        "title": ("title", "job title", "position", "titel", "befattning"),
        "town": ("town", "city", "ort", "stad"),
    },
    (frozenset({"name"}), frozenset({"first_name"})),
    invites=False,
)
# The more particular ones first: our own needs no more than a name.
FORMATS = (LINKEDIN, MEETUP, OWN)


@dataclass(frozen=True)
class Fault:
    """What is wrong in one cell; ``column`` is spelled as the file spells it."""

    column: str
    problem: str


@dataclass
class Row:
    number: int
    name: str = ""
    email: str = ""
    role: str = ""
    state: str = ""
    joined_on: str = ""
    employer: str = ""
    title: str = ""
    town: str = ""
    key: str | None = None
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True)
class Sheet:
    """A list that was recognised: its format, its header, and the rows below."""

    format: Format
    header: list[str]
    rows: list[Row]

    def unread_columns(self) -> list[str]:
        """Columns that hold nothing we keep; the preview names them, so that nobody wonders."""
        fields = _fields(self.format, self.header)
        kept = {index for name, index in fields.items() if name != "known_on"}
        return [title for index, title in enumerate(self.header) if title and index not in kept]


def sheet_of(text: str) -> Sheet:
    """Recognise a list and read its rows."""
    found, delimiter, header = _recognised(text)
    fields = _fields(found, header.cells)
    rows: list[Row] = []
    for record in records(text, delimiter):
        if record.number <= header.number:
            continue
        if len(rows) == MOST_ROWS:
            raise ImportProblem(
                _("The list has more than %(most)s rows. Divide it and read in one part at a time.")
                % {"most": f"{MOST_ROWS:,}".replace(",", "\u00a0")}
            )
        rows.append(_row(found, fields, header.cells, record))
    if not rows:
        raise ImportProblem(_("There is a header, but no rows below it."))
    return Sheet(found, header.cells, rows)


def _recognised(text: str) -> tuple[Format, str, Record]:
    best, problem = Record(1, []), None
    for delimiter in DELIMITERS:
        try:
            for record in islice(records(text, delimiter), LOOK_FOR_HEADER_IN):
                for candidate in FORMATS:
                    fields = _fields(candidate, record.cells).keys()
                    if any(marks <= fields for marks in candidate.marks):
                        return candidate, delimiter, record
                # The widest row is the likeliest header; the first of them, for rows are as wide.
                if len(record.cells) > len(best.cells):
                    best = record
        except ImportProblem as error:
            # Cut at the wrong letter, a good file may look damaged: another letter may do.
            problem = error
    raise (problem if problem and len(best.cells) < 2 else _unknown(best))


def _unknown(record: Record) -> ImportProblem:
    found = ", ".join(f"“{cell[:40]}”" for cell in record.cells[:12] if cell)
    return ImportProblem(
        _(
            "We do not recognise this list. The columns found are %(found)s. What is needed is at least a "
            "column “name” (or “namn”, or “first name” and “last name”); “email” makes it much better. "
            "LinkedIn’s Connections.csv and Meetup’s member list are read as they are."
        )
        % {"found": found or _("none")}
    )


def _fields(found: Format, header: list[str]) -> dict[str, int]:
    """Say in which column each of our fields stands; the first one wins."""
    titles = [_title(cell) for cell in header]
    return {
        name: index
        for name, spellings in found.columns.items()
        if (index := next((i for i, title in enumerate(titles) if title in spellings), None)) is not None
    }


def _title(cell: str) -> str:
    return " ".join(cell.lower().replace("_", " ").strip("\ufeff: *").split())


def _row(found: Format, fields: dict[str, int], header: list[str], record: Record) -> Row:
    said = {name: record.cells[index] if index < len(record.cells) else "" for name, index in fields.items()}
    row = Row(record.number)
    row.name = said.get("name") or f"{said.get('first_name', '')} {said.get('last_name', '')}".strip()
    row.email = said.get("email", "").lower()
    row.employer, row.title, row.town = (said.get(name, "") for name in ("employer", "title", "town"))

    def fault(name: str, problem: str) -> None:
        index = fields.get(name, fields.get("first_name", 0))
        row.faults.append(Fault(header[index] if index < len(header) else name, problem))

    if any(record.cells[len(header) :]):
        row.faults.append(Fault("", "too-many-cells"))
    if not any(letter.isalnum() for letter in row.name):
        fault("name", "no-name")
    if row.email and not _is_address(row.email):
        fault("email", "not-an-address")
    for name, most in LONGEST.items():
        if len(getattr(row, name)) > most:
            fault(name, "too-long")
    if found.invites:
        row.state = "invited"
    else:
        row.role = _code(said.get("role", ""), ROLES, lambda: fault("role", "unknown-role"))
        row.state = _code(said.get("state", ""), STATES, lambda: fault("state", "unknown-state"))
        row.joined_on = _day(said.get("joined_on", ""), lambda: fault("joined_on", "not-a-day"))
    row.key = _key(found, row, said)
    return row


def _is_address(text: str) -> bool:
    try:
        is_address(text)
    except ValidationError:
        return False
    return True


def _code(said: str, words: dict[str, str], complain: Callable[[], None]) -> str:
    if not said:
        return ""
    for code, spellings in words.items():
        if said.lower() in spellings.split():
            return code
    complain()
    return ""


def _day(said: str, complain: Callable[[], None]) -> str:
    """Read a day as 2024-03-12 or 12 Mar 2024; 3/12/2024 means two days, so it is refused."""
    try:
        return read_day(said).isoformat() if said else ""
    except ValueError:
        complain()
        return ""


def read_day(said: str) -> date:
    """
    >>> read_day("2024-03-12"), read_day("12 Mar 2024"), read_day("7 maj 2019")
    (datetime.date(2024, 3, 12), datetime.date(2024, 3, 12), datetime.date(2019, 5, 7))
    """
    if found := ISO_DAY.fullmatch(said):
        year, month, day = map(int, found.groups())
    elif (found := NAMED_DAY.fullmatch(said)) and found[2].lower() in MONTHS:
        year, month, day = int(found[3]), MONTHS[found[2].lower()], int(found[1])
    else:
        raise ValueError(said)
    if not 1900 <= year <= 2100:
        raise ValueError(said)
    return date(year, month, day)


def _key(found: Format, row: Row, said: dict[str, str]) -> str | None:
    """Recognise the person another time, where there is no address to do so.

    A profile's address is best, a number of the source's own as good; failing both, the
    name and where they work.
    """
    if found is OWN and row.email:
        return None
    profile, number = (
        _profile(said.get("profile", "")),
        "".join(filter(str.isdecimal, said.get("member_id", ""))),
    )
    who = number or profile or f"{plain(row.name)}|{plain(row.employer)}"
    return f"{found.source}:{hashlib.blake2b(who.encode(), digest_size=20).hexdigest()}"


def _profile(url: str) -> str:
    """
    >>> _profile("https://se.linkedin.com/in/Anna-Ek/?trk=x"), _profile("https://www.linkedin.com/in/anna-ek")
    ('/in/anna-ek', '/in/anna-ek')
    """
    try:
        return unquote(urlsplit(url).path).rstrip("/").lower()
    except ValueError:
        return ""


def plain(text: str) -> str:
    """Return a name as it is compared: without capitals, width, or double spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())

"""Rows: what each line of a list says of one person.

A row carries its own faults, by column, so that one bad cell never stops the rest.
"""

import hashlib
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from peerhood.circles.importing.days import read_day
from peerhood.circles.importing.formats import OWN, Format
from peerhood.circles.importing.reading import Record

LONGEST = {"name": 120, "email": 254, "employer": 120, "title": 120, "town": 80}

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

is_address = EmailValidator()


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


def row_of(found: Format, fields: dict[str, int], header: list[str], record: Record) -> Row:
    """Read one record below a header; ``fields`` is where the format found each of ours in it."""
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

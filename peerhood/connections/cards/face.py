"""The face of a card: the name always, and of the profile what was chosen for it, as it is today.

Whoever has the card sees the same as everybody else who has it, signed in or not: so it tells nothing of who
would rather not have to do with whom. The owner chose each field for it, however narrow it is on their profile.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from peerhood.connections import taking_along
from peerhood.people.models import Person

# In the order in which they stand on a card.
FIELDS = {
    "work": _("What you do"),
    "title": _("Title"),
    "employer": _("Employer"),
    "email": _("E-mail"),
    "town": _("Town"),
    "ask_me_about": _("Ask me about"),
    "links": _("Links"),
}


@dataclass(frozen=True)
class Face:
    """What one card says; a field that was not chosen, or not said, is empty."""

    name: str
    work: str = ""
    title: str = ""
    employer: str = ""
    email: str = ""
    town: str = ""
    ask_me_about: str = ""
    links: list[str] = field(default_factory=list)

    @property
    def job(self) -> str:
        return ", ".join(filter(None, (self.title, self.employer)))


def face_of(person: Person, shows: Collection[str] = tuple(FIELDS)) -> Face:
    """The card with these fields; with none given, all that there is to choose from."""
    job = person.current_affiliation()

    def shown(key: str, value: str | None) -> str:
        return value or "" if key in shows else ""

    return Face(
        name=str(person),
        work=shown("work", person.work),
        title=shown("title", job.title if job else ""),
        employer=shown("employer", job.employer.name if job else ""),
        email=shown("email", person.email),
        town=shown("town", person.town),
        ask_me_about=shown("ask_me_about", person.ask_me_about),
        links=person.web_links if "links" in shows else [],
    )


def file_of(face: Face) -> bytes:
    """The card for an address book: a vCard 3.0 (RFC 2426)."""
    return b"".join(each + b"\r\n" for each in _lines(face))


def _lines(face: Face) -> Iterator[bytes]:
    yield from taking_along.opening(face.name)
    if face.email:
        yield taking_along.line("EMAIL;TYPE=INTERNET", face.email)
    if face.employer:
        yield taking_along.line("ORG", face.employer)
    if face.title:
        yield taking_along.line("TITLE", face.title)
    if face.town:
        yield taking_along.line("ADR;TYPE=WORK", "", "", "", face.town, "", "", "")
    for link in face.links:
        yield taking_along.address("URL", link)
    if note := "\n".join(filter(None, (face.work, face.ask_me_about))):
        yield taking_along.line("NOTE", note)
    yield b"END:VCARD"

"""Formats: how the three sources we know spell their columns.

Our own export (English or Swedish column names), the connections file of LinkedIn,
and the member list of Meetup.
"""

from dataclasses import dataclass

# The header of our own export, in this order.
OWN_HEADER = ("name", "email", "role", "state", "joined_on", "employer", "title", "town")


@dataclass(frozen=True)
class Format:
    """How one source spells its columns. ``marks`` are the columns that give it away."""

    source: str
    columns: dict[str, tuple[str, ...]]
    marks: tuple[frozenset[str], ...]
    invites: bool

    def fields_in(self, header: list[str]) -> dict[str, int]:
        """Say in which column each of our fields stands; the first one wins."""
        titles = [_title(cell) for cell in header]
        return {
            name: index
            for name, spellings in self.columns.items()
            if (index := next((i for i, title in enumerate(titles) if title in spellings), None)) is not None
        }

    def is_marked_by(self, header: list[str]) -> bool:
        """Whether this row of cells is the header of a list in this format."""
        fields = self.fields_in(header).keys()
        return any(marks <= fields for marks in self.marks)


def _title(cell: str) -> str:
    return " ".join(cell.lower().replace("_", " ").strip("\ufeff: *").split())


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

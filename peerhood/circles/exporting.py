"""Exporting: the member list as a file that a spreadsheet opens, and that our import reads back.

The header is ``name,email,role,state,joined_on,employer,title,town``, in every language.
UTF-8 with a mark, because Excel asks for it; lines and quotes as RFC 4180 has them. A
cell that a spreadsheet would take for a formula gets a quotation mark before it (OWASP);
the import takes it off again. Of people who have not said yes themselves, it says what
the organiser's own list said.
"""

import csv
import io
import re

from django.core.exceptions import PermissionDenied

from peerhood.circles.importing.formats import OWN_HEADER
from peerhood.circles.models import Circle, Membership
from peerhood.circles.permissions import may
from peerhood.circles.powers import Power
from peerhood.circles.queries import members_of
from peerhood.people.models import Person

# A quotation mark that stands there already is guarded, too, so that taking one off is always right.
WANTS_GUARD = re.compile(r"'*[=+\-@\t\r\n]")
ON_THE_LIST = (*Membership.INSIDE, Membership.State.APPLIED, Membership.State.INVITED)


def member_csv(circle: Circle, *, by: Person) -> str:
    """Return everybody on the list as this organiser may see it."""
    if not may(by, Power.EXPORT, circle):
        raise PermissionDenied
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(OWN_HEADER)
    everybody = members_of(circle, by, organises=True).filter(state__in=ON_THE_LIST)
    for membership in everybody.iterator(chunk_size=500):
        writer.writerow([guarded(cell) for cell in _cells(membership)])
    return "\ufeff" + lines.getvalue()


def _cells(membership: Membership) -> list[str]:
    standing = [membership.role, membership.state, membership.joined_on.isoformat()]
    if membership.on_lists:  # type: ignore[attr-defined]
        listed = membership.on_lists[0]  # type: ignore[attr-defined]
        return [listed.name, listed.address, *standing, listed.employer, listed.title, listed.town]
    person = membership.person
    job = person.current_affiliation() if person.shows("job") else None
    employer, title = (job.employer.name, job.title) if job else ("", "")
    town = person.town if person.shows("town") else ""
    return [person.name, person.email or "", *standing, employer, title, town]


def guarded(cell: str) -> str:
    """
    >>> guarded("=1+1"), guarded("-Anna"), guarded("Anna"), guarded("'=x")
    ("'=1+1", "'-Anna", 'Anna', "''=x")
    """
    return f"'{cell}" if WANTS_GUARD.match(cell) else cell

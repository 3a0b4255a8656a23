"""Exporting: the member list as a file that a spreadsheet opens, and that our import reads back.

The header is ``name,email,role,state,joined_on,employer,title,town``, in every language.
A cell that a spreadsheet would take for a formula is guarded (``platform.spreadsheets``); the
import takes the guard off again. Of people who have not said yes themselves, it says what
the organiser's own list said.
"""

from django.core.exceptions import PermissionDenied

from peerhood.circles.importing.formats import OWN_HEADER
from peerhood.circles.models import Circle, Membership
from peerhood.circles.permissions import may
from peerhood.circles.powers import Power
from peerhood.circles.queries import members_of
from peerhood.people.models import Person
from peerhood.platform.spreadsheets import sheet

ON_THE_LIST = (*Membership.INSIDE, Membership.State.APPLIED, Membership.State.INVITED)


def member_csv(circle: Circle, *, by: Person) -> str:
    """Return everybody on the list as this organiser may see it."""
    if not may(by, Power.EXPORT, circle):
        raise PermissionDenied
    everybody = members_of(circle, by, organises=True).filter(state__in=ON_THE_LIST)
    return sheet(OWN_HEADER, map(_cells, everybody.iterator(chunk_size=500)))


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

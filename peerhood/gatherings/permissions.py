"""Who may do what with a gathering. Asked by acts, and by templates to decide what to show.

What most questions need is found in one look, a ``Standing``: an act asks one question by
name, a page that shows several things takes the look once and asks it them all.
"""

from dataclasses import dataclass

from django.db.models import Exists, Subquery

from peerhood.circles.models import Circle, Membership
from peerhood.circles.permissions import can_visit
from peerhood.gatherings.models import Gathering, Rsvp

Role = Membership.Role


@dataclass(frozen=True)
class Standing:
    """How somebody stands to a gathering. A visitor has none of it."""

    # Inside the circle; None for somebody outside.
    role: str | None = None
    is_host: bool = False
    has_place: bool = False

    def can_host(self) -> bool:
        """Run the gathering: edit, publish, the door, the tables, the room."""
        return self.is_host or self.role == Role.ORGANISER

    def can_facilitate(self) -> bool:
        """Lead through the agenda as it is: the room, its rounds, its ballot. Hosts, and the circle's facilitators."""
        return self.can_host() or self.role == Role.FACILITATOR

    def can_greet(self) -> bool:
        """Stand at the door: hosts, and the circle's greeters, hosts and facilitators."""
        return self.can_host() or self.role in (Role.GREETER, Role.HOST, Role.FACILITATOR)

    def can_see_guests(self) -> bool:
        """Read names on the guest list: members of the circle, hosts, and whoever holds a place."""
        return self.role is not None or self.is_host or self.has_place


def standing_of(person, gathering: Gathering) -> Standing:
    """One query, whatever is asked of it afterwards."""
    if not person.is_authenticated:
        return Standing()
    inside = Membership.objects.inside().filter(circle_id=gathering.circle_id, person_id=person.pk)
    hosting = Gathering.hosts.through.objects.filter(gathering_id=gathering.pk, person_id=person.pk)
    place = Rsvp.objects.held().filter(gathering_id=gathering.pk, person_id=person.pk)
    found = Gathering.objects.filter(pk=gathering.pk)
    return Standing(*found.values_list(Subquery(inside.values("role")), Exists(hosting), Exists(place)).get())


def can_host(person, gathering: Gathering) -> bool:
    return standing_of(person, gathering).can_host()


def can_facilitate(person, gathering: Gathering) -> bool:
    return standing_of(person, gathering).can_facilitate()


def can_greet(person, gathering: Gathering) -> bool:
    return standing_of(person, gathering).can_greet()


def can_see_guests(person, gathering: Gathering) -> bool:
    return standing_of(person, gathering).can_see_guests()


def can_attend(person, gathering: Gathering) -> bool:
    """Answer the invitation: anybody signed in for an open circle, members and sister chapters otherwise."""
    if not person.is_authenticated:
        return False
    return gathering.circle.kind == Circle.Kind.OPEN or can_visit(person, gathering.circle)


def can_draft(person, circle: Circle) -> bool:
    """Draft the circle's next gathering: organisers, hosts and facilitators. Nobody else sees a draft."""
    roles = (Role.ORGANISER, Role.HOST, Role.FACILITATOR)
    return person.is_authenticated and (
        circle.memberships.inside().filter(person_id=person.pk, role__in=roles).exists()
        or circle.gatherings.filter(hosts=person).exists()
    )

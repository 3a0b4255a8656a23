"""Who may do what with a gathering. Asked by acts, and by templates to decide what to show.

What a role may is said by the circle's table of powers; a gathering adds its own hosts and
guests. What most questions need is found in one look, a ``Standing``: an act asks one
question by name, a page that shows several things takes the look once and asks it them all.
"""

from dataclasses import dataclass

from django.db.models import Exists, Subquery

from peerhood.circles import powers
from peerhood.circles.models import Circle, Membership
from peerhood.circles.permissions import can_visit, may
from peerhood.circles.powers import Power
from peerhood.gatherings.models import Gathering, Rsvp


@dataclass(frozen=True)
class Standing:
    """How somebody stands to a gathering. A visitor has none of it."""

    # In the circle; None for somebody who never was there.
    state: str | None = None
    role: str | None = None
    is_host: bool = False
    has_place: bool = False

    def can_host(self) -> bool:
        """Run the gathering: edit, publish, the door, the tables, the room."""
        return self.is_host or powers.may(Power.RUN, self.state, self.role)

    def can_facilitate(self) -> bool:
        """Lead through the agenda as it is: the room, its rounds, its ballot. Hosts, and the circle's facilitators."""
        return self.can_host() or powers.may(Power.FACILITATE, self.state, self.role)

    def can_greet(self) -> bool:
        """Stand at the door: hosts, and the circle's greeters, hosts and facilitators."""
        return self.can_host() or powers.may(Power.GREET, self.state, self.role)

    def can_see_guests(self) -> bool:
        """Read names on the guest list: members of the circle, hosts, and whoever holds a place."""
        return powers.may(Power.LOOK_IN, self.state, self.role) or self.is_host or self.has_place


def standing_of(person, gathering: Gathering) -> Standing:
    """One query, whatever is asked of it afterwards."""
    if not person.is_authenticated:
        return Standing()
    own = Membership.objects.filter(circle_id=gathering.circle_id, person_id=person.pk)
    hosting = Gathering.hosts.through.objects.filter(gathering_id=gathering.pk, person_id=person.pk)
    place = Rsvp.objects.held().filter(gathering_id=gathering.pk, person_id=person.pk)
    found = Gathering.objects.filter(pk=gathering.pk)
    state, role = Subquery(own.values("state")), Subquery(own.values("role"))
    return Standing(*found.values_list(state, role, Exists(hosting), Exists(place)).get())


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
    return person.is_authenticated and (
        may(person, Power.DRAFT, circle) or circle.gatherings.filter(hosts=person).exists()
    )

"""Who may do what with a gathering. Asked by acts, and by templates to decide what to show.

What a role may is said by the circle's table of powers; a gathering adds its own hosts and
guests. What most questions need is found in one look, a ``Standing``: an act asks one
question by name, a page that shows several things takes the look once and asks it them all.
"""

from dataclasses import dataclass

from django.db.models import Case, Exists, IntegerField, OuterRef, QuerySet, Subquery, Value, When

from peerhood.circles import powers
from peerhood.circles.models import Circle, Membership
from peerhood.circles.permissions import can_visit, may
from peerhood.circles.powers import Power
from peerhood.gatherings import confidentiality
from peerhood.gatherings.confidentiality import Level, Surface
from peerhood.gatherings.models import CoHosting, Gathering, Rsvp
from peerhood.gatherings.queries import level_of


@dataclass(frozen=True)
class Standing:
    """How somebody stands to a gathering. A visitor has none of it."""

    # In the circle; None for somebody who never was there.
    state: str | None = None
    role: str | None = None
    is_host: bool = False
    has_place: bool = False
    # In a circle that holds it, too; of several, where their role may do most.
    co_host_state: str | None = None
    co_host_role: str | None = None
    # The strictest one's, where nobody looked.
    level: str = Level.CONFIDENTIAL

    def can_host(self) -> bool:
        """Run the gathering: edit, publish, the door, the tables, the room."""
        return self.is_host or self._may(Power.RUN)

    def can_facilitate(self) -> bool:
        """Lead through the agenda as it is: the room, its rounds, its ballot. Hosts, and the circle's facilitators."""
        return self.can_host() or self._may(Power.FACILITATE)

    def can_greet(self) -> bool:
        """Stand at the door: hosts, and the circle's greeters, hosts and facilitators."""
        return self.can_host() or self._may(Power.GREET)

    def can_see_guests(self) -> bool:
        """Read names on the guest list: hosts, greeters and whoever holds a place; where its level lets them, also
        the other members of the circles that hold it.
        """
        if self.has_place or self.can_greet():
            return True
        return self._may(Power.LOOK_IN) and confidentiality.allows(self.level, Surface.ATTENDEES_MEMBERS)

    def _may(self, power: Power) -> bool:
        return powers.may(power, self.state, self.role) or powers.may(
            power, self.co_host_state, self.co_host_role
        )


# Whoever may more comes first.
BY_POWER = Case(
    *(When(role=role, then=Value(place)) for place, role in enumerate(reversed(powers.ROLES))),
    output_field=IntegerField(),
)


def standing_of(person, gathering: Gathering) -> Standing:
    """One query, whatever is asked of it afterwards."""
    if not person.is_authenticated:
        return Standing()
    mine = Membership.objects.filter(person_id=person.pk)
    own = mine.filter(circle_id=gathering.circle_id)
    elsewhere = mine.inside().filter(circle__in=co_hosts_of(gathering)).order_by(BY_POWER, "pk")
    hosting = Gathering.hosts.through.objects.filter(gathering_id=gathering.pk, person_id=person.pk)
    place = Rsvp.objects.held().filter(gathering_id=gathering.pk, person_id=person.pk)
    found = Gathering.objects.filter(pk=gathering.pk)
    states = [Subquery(each.values(name)[:1]) for each in (own, elsewhere) for name in ("state", "role")]
    return Standing(
        *found.values_list(
            *states[:2], Exists(hosting), Exists(place), *states[2:], level_of(OuterRef("pk"))
        ).get()
    )


def co_hosts_of(gathering: Gathering) -> QuerySet:
    """Keys of the circles that hold it beside its own."""
    return CoHosting.objects.agreed().filter(gathering_id=gathering.pk).values("circle")


def can_host(person, gathering: Gathering) -> bool:
    return standing_of(person, gathering).can_host()


def can_facilitate(person, gathering: Gathering) -> bool:
    return standing_of(person, gathering).can_facilitate()


def can_greet(person, gathering: Gathering) -> bool:
    return standing_of(person, gathering).can_greet()


def can_see_guests(person, gathering: Gathering) -> bool:
    return standing_of(person, gathering).can_see_guests()


def can_attend(person, gathering: Gathering) -> bool:
    """Answer the invitation: anybody signed in for an open circle, members and sister chapters otherwise.

    Another circle that holds it brings its members, and nobody beyond them.
    """
    if not person.is_authenticated:
        return False
    return gathering.circle.kind == Circle.Kind.OPEN or can_visit(
        person, gathering.circle, also=co_hosts_of(gathering)
    )


def can_ask_another(person, gathering: Gathering) -> bool:
    """Ask another circle to hold it, too: its hosts; where the asking tells of a closed circle, its organisers."""
    return may(person, Power.RUN, gathering.circle) or (
        not gathering.circle.is_closed() and can_host(person, gathering)
    )


def can_draft(person, circle: Circle) -> bool:
    """Draft the circle's next gathering: organisers, hosts and facilitators. Nobody else sees a draft."""
    return person.is_authenticated and (
        may(person, Power.DRAFT, circle) or circle.gatherings.filter(hosts=person).exists()
    )

"""Who may do what with a gathering. Asked by acts, and by templates to decide what to show."""

from peerhood.circles.models import Circle, Membership
from peerhood.circles.permissions import can_organise, can_visit, is_inside
from peerhood.gatherings.models import Gathering


def can_host(person, gathering: Gathering) -> bool:
    """Run the gathering: edit, publish, the door, the tables, the room."""
    if not person.is_authenticated:
        return False
    return can_organise(person, gathering.circle) or gathering.hosts.filter(pk=person.pk).exists()


def can_facilitate(person, gathering: Gathering) -> bool:
    """Lead through the agenda as it is: the room, its rounds and its ballot. Hosts, and the circle's facilitators."""
    if can_host(person, gathering):
        return True
    facilitators = gathering.circle.memberships.inside().filter(role=Membership.Role.FACILITATOR)
    return person.is_authenticated and facilitators.filter(person_id=person.pk).exists()


def can_draft(person, circle: Circle) -> bool:
    """Draft the circle's next gathering: organisers, hosts and facilitators. Nobody else sees a draft."""
    roles = (Membership.Role.ORGANISER, Membership.Role.HOST, Membership.Role.FACILITATOR)
    return person.is_authenticated and (
        circle.memberships.inside().filter(person_id=person.pk, role__in=roles).exists()
        or circle.gatherings.filter(hosts=person).exists()
    )


def can_greet(person, gathering: Gathering) -> bool:
    """Stand at the door: hosts, and the circle's greeters and facilitators."""
    if can_host(person, gathering):
        return True
    roles = (Membership.Role.GREETER, Membership.Role.HOST, Membership.Role.FACILITATOR)
    return (
        person.is_authenticated
        and gathering.circle.memberships.inside().filter(person_id=person.pk, role__in=roles).exists()
    )


def can_attend(person, gathering: Gathering) -> bool:
    """Answer the invitation: anybody signed in for an open circle, members and sister chapters otherwise."""
    if not person.is_authenticated:
        return False
    return gathering.circle.kind == Circle.Kind.OPEN or can_visit(person, gathering.circle)


def can_see_guests(person, gathering: Gathering) -> bool:
    """Read names on the guest list: members of the circle, and whoever holds a place."""
    if not person.is_authenticated:
        return False
    return (
        is_inside(person, gathering.circle)
        or can_host(person, gathering)
        or gathering.rsvps.held().filter(person_id=person.pk).exists()
    )

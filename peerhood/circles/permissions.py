"""Who may do what in a circle: where a person stands, and what the table of powers says to that."""

from django.db.models import Q, QuerySet

from peerhood.circles import powers
from peerhood.circles.models import Circle, Membership
from peerhood.circles.powers import Power


def may(person, power: Power, circle: Circle) -> bool:
    """Asked by acts, and by views and templates to decide what to show."""
    if not person.is_authenticated:
        return False
    standing = circle.memberships.filter(person_id=person.pk).values_list("state", "role").first()
    return powers.may(power, *(standing or (None, None)))


def can_organise(person, circle: Circle) -> bool:
    """Run the circle's gatherings, and care for its themes and stories."""
    return may(person, Power.RUN, circle)


def is_inside(person, circle: Circle) -> bool:
    """Belongs to the circle: sees its members and its backlog, and has a say."""
    return may(person, Power.LOOK_IN, circle)


def can_visit(person, circle: Circle, *, also: QuerySet | tuple[()] = ()) -> bool:
    """Belongs to the circle, its parent or a sister chapter: may come to its gatherings.

    ``also`` are the keys of circles whose members are welcome, too, and nobody of their family.
    """
    if not person.is_authenticated:
        return False
    visiting = Membership.objects.inside().filter(
        person_id=person.pk, role__in=powers.roles_that_may(Power.VISIT)
    )
    return visiting.filter(Q(circle__in=circle.family()) | Q(circle__in=also)).exists()

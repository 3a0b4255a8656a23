"""Who may do what in a circle. Asked by acts, and by templates to decide what to show."""

from peerhood.circles.models import Circle, Membership


def membership_of(person, circle: Circle) -> Membership | None:
    """The membership that opens this circle's doors to the person, if there is one."""
    if not person.is_authenticated:
        return None
    return circle.memberships.inside().filter(person_id=person.pk).first()


def can_organise(person, circle: Circle) -> bool:
    """Change the circle, its members and its gatherings."""
    return person.is_authenticated and circle.memberships.organising().filter(person_id=person.pk).exists()


def is_inside(person, circle: Circle) -> bool:
    """Belongs to the circle: sees its members and its backlog, and has a say."""
    return membership_of(person, circle) is not None


def can_visit(person, circle: Circle) -> bool:
    """Belongs to the circle, its parent or a sister chapter: may come to its gatherings."""
    if not person.is_authenticated:
        return False
    return Membership.objects.inside().filter(person_id=person.pk, circle__in=circle.family()).exists()

"""What templates may ask of circles that meet with one another: ``{% load chapters %}``."""

from collections.abc import Sequence

from django import template

from peerhood.circles.models import Circle
from peerhood.gatherings import queries
from peerhood.gatherings.coming import visiting
from peerhood.gatherings.models import Gathering

register = template.Library()


@register.simple_tag
def with_next_gatherings(chapters: Sequence[Circle], person) -> list[tuple[Circle, Gathering | None]]:
    """``{% with_next_gatherings home.chapters user as rows %}``: each with the next one this person may know of."""
    coming = queries.next_gatherings_of(chapters, person)
    return [(circle, coming.get(circle.pk)) for circle in chapters]


@register.simple_tag
def visits_this_year(circle: Circle, person) -> visiting.Visits | None:
    """``{% visits_this_year circle user as visits %}``; None where nobody came and nobody went."""
    visits = visiting.visits_of(circle, person)
    return visits if visits.came_count or visits.went_count else None


@register.simple_tag
def known_circle(gathering: Gathering, person) -> Circle | None:
    """``{% known_circle gathering user as circle %}``: whose gathering it is, where this person may be told."""
    return gathering.circle if gathering.is_circle_known_to(person) else None

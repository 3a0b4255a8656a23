"""What templates may ask of the tables of a gathering: ``{% load tables %}``."""

from django import template

from peerhood.connections import queries
from peerhood.gatherings.models import Gathering

register = template.Library()


@register.simple_tag
def shared_a_table(person, gathering: Gathering) -> bool:
    """``{% shared_a_table user gathering as has_met %}``: is there anybody to look back on?"""
    return person.is_authenticated and queries.shared_a_table(person, gathering)

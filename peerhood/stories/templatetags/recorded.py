"""What a gathering's page may ask of its recordings: ``{% load recorded %}``."""

from django import template

from peerhood.gatherings.models import Gathering
from peerhood.stories.models import Recording

register = template.Library()


@register.simple_tag
def is_recorded(gathering: Gathering, person) -> bool:
    """``{% is_recorded gathering user as recorded %}``: is there one that this person may see?"""
    return Recording.objects.visible_to(person).filter(item__gathering=gathering).exists()

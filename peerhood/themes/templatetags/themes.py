"""What templates may ask of themes: ``{% load themes %}``."""

from django import template

from peerhood.gatherings.models import Gathering
from peerhood.themes.models import Theme

register = template.Library()


@register.simple_tag
def theme_of(gathering: Gathering, person) -> Theme | None:
    """``{% theme_of gathering user as theme %}``: what it is about, where this person may read the circle's themes."""
    return Theme.objects.visible_to(person).filter(adoptions__gathering=gathering).first()

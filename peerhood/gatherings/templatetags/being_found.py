"""What a page may tell those who look from outside: ``{% load being_found %}``."""

from collections.abc import Sequence

from django import template

from peerhood.circles.models import Circle
from peerhood.gatherings.being_found import telling
from peerhood.gatherings.confidentiality import Surface
from peerhood.gatherings.models import Gathering

register = template.Library()


@register.simple_tag
def told_of(gathering: Gathering, level: str, circles: Sequence[Circle]) -> telling.Told | None:
    """``{% told_of gathering level circles as told %}``; None where nothing may be told."""
    return telling.of(gathering, level, circles)


@register.simple_tag
def may_be_indexed(gathering: Gathering, level: str) -> bool:
    """``{% may_be_indexed gathering level as is_findable %}``: may search engines list its page?"""
    return telling.may_be_told(gathering, level, Surface.INDEX)


@register.simple_tag
def sharing_of(gathering: Gathering, level: str) -> telling.Sharing | None:
    """``{% sharing_of gathering level as sharing %}``; None where nothing is passed on."""
    return telling.sharing_of(gathering, level)

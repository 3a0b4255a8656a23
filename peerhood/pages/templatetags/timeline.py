"""What a gathering's page may ask of its time line: ``{% load timeline %}``."""

from django import template

from peerhood.gatherings.models import Gathering
from peerhood.pages.timeline.facts import facts_of
from peerhood.pages.timeline.steps import Step, steps_of

register = template.Library()


@register.simple_tag
def next_step(gathering: Gathering) -> Step | None:
    """``{% next_step gathering as step %}``: what it asks of its hosts now; None when nothing is open."""
    steps = steps_of(gathering, facts_of([gathering])[gathering.pk])
    return next((step for step in steps if step.is_open()), None)

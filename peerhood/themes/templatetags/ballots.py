"""What templates may ask of a ballot: ``{% load ballots %}``."""

from django import template

from peerhood.themes import results
from peerhood.themes.models import Ballot

register = template.Library()


@register.simple_tag
def result_of(ballot: Ballot) -> results.Result:
    """``{% result_of ballot as result %}``: sentence, ranked choices, and what is left to choose."""
    return results.result_of(ballot)

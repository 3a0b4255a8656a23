"""Who else comes, as a mail may say it: ``{% load names_in_mails %}``. Mail lies in employers' mailboxes for years.

No newcomer stands alone, so under a rule a mail still says whom to look out for: by the first name.
The rest stands on the page.
"""

from django import template

from peerhood.gatherings.confidentiality import Surface
from peerhood.gatherings.models import Gathering
from peerhood.people.models import Person

register = template.Library()


@register.filter
def as_mailed_for(person: Person, gathering: Gathering) -> str:
    """``{{ newcomer|as_mailed_for:gathering }}``"""
    return person.name if gathering.allows(Surface.NOTICE_NAMES) else person.first_name


@register.filter
def work_as_mailed_for(person: Person, gathering: Gathering) -> str:
    """What they do and where, as their circles read it; empty where a mail may not say it."""
    return person.work_in_circles if gathering.allows(Surface.NOTICE_NAMES) else ""

"""Founding: the first day of a circle. Its organiser is there from the beginning, and does the rest on its pages.

The operator founds one from the shell; members plant a seed, and it is founded when the
seed has its yeses (``seeding.sprouting``).
"""

from itertools import count
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from peerhood import journal
from peerhood.circles.entering import agreeing
from peerhood.circles.models import TAKEN_SLUGS, Circle, Membership
from peerhood.people.models import Person
from peerhood.platform import stamps


@transaction.atomic
def found(name: str, *, organiser: Person, agreement: str = "", **fields: Any) -> Circle:
    """Begin a circle with one member, who organises it.

    Errors:
        ValidationError: a field cannot be what it is; nothing is written.
    """
    circle = Circle(name=name, slug=_free_slug(name), **fields)
    circle.full_clean()
    circle.save()
    circle.memberships.create(person=organiser, role=Membership.Role.ORGANISER, is_contact=True)
    agreeing.write(circle, agreement, by=organiser)
    journal.record("circle.founded", circle, by=organiser)
    stamps.bump("circles")
    return circle


def _free_slug(name: str) -> str:
    """The name as an address, with a number where another circle has it.

    >>> slugify("Mellan Norrköping")
    'mellan-norrkoping'
    """
    base = slugify(name)[:50].strip("-") or "circle"
    candidates = (base if number == 1 else f"{base}-{number}" for number in count(1))
    return next(
        slug
        for slug in candidates
        if slug not in TAKEN_SLUGS and not Circle.objects.filter(slug=slug).exists()
    )

"""Editing: the organisers change what a circle says of itself, and who can join it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from peerhood import journal
from peerhood.circles.models import Circle
from peerhood.circles.permissions import can_organise
from peerhood.people.models import Person
from peerhood.platform import stamps


@transaction.atomic
def edit(circle: Circle, *, by: Person, **fields: Any) -> Circle:
    """Write the new words down. Its address stays: people have it in their mail."""
    circle = Circle.objects.select_for_update(no_key=True).get(pk=circle.pk)
    if not can_organise(by, circle):
        raise PermissionDenied
    for name, value in fields.items():
        setattr(circle, name, value)
    circle.save(update_fields=list(fields))
    journal.record("circle.edited", circle, by=by)
    stamps.bump("circles", f"circles/{circle.slug}")
    return circle

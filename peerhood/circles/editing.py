"""Editing: the organisers change what a circle says of itself, how people join it, and what they agree to."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from peerhood import journal
from peerhood.circles.entering import agreeing
from peerhood.circles.models import Circle, House
from peerhood.circles.permissions import may
from peerhood.circles.powers import Power
from peerhood.people.models import Person
from peerhood.platform import stamps


@transaction.atomic
def edit(circle: Circle, *, by: Person, agreement: str | None = None, **fields: Any) -> Circle:
    """Write the new words down. Its address stays: people have it in their mail.

    Another ``agreement`` is the next version of it; members are asked again.
    """
    circle = _lock(circle, by)
    for name, value in fields.items():
        setattr(circle, name, value)
    circle.save(update_fields=list(fields))
    if agreement is not None:
        agreeing.write(circle, agreement, by=by)
    journal.record("circle.edited", circle, by=by)
    stamps.bump("circles", f"circles/{circle.slug}")
    return circle


@transaction.atomic
def set_entrance(
    circle: Circle,
    *,
    by: Person,
    leading_route: str,
    curious_route: str,
    questions: Sequence[str],
    domains: Sequence[str],
    member_limit: int | None = None,
) -> None:
    """Say how people join: how many, by which ways in, the circle's own questions, the addresses of its house.

    What was asked and answered before stays as it was.
    """
    circle = _lock(circle, by)
    circle.leading_route, circle.curious_route = leading_route, curious_route
    circle.questions, circle.member_limit = list(questions), member_limit
    circle.save(update_fields=["leading_route", "curious_route", "questions", "member_limit"])
    circle.houses.exclude(domain__in=domains).delete()
    House.objects.bulk_create(
        [House(circle=circle, domain=domain) for domain in domains], ignore_conflicts=True
    )
    journal.record("circle.edited", circle, by=by)
    stamps.bump("circles", f"circles/{circle.slug}")


def _lock(circle: Circle, by: Person) -> Circle:
    circle = Circle.objects.locked(circle)
    if not may(by, Power.EDIT, circle):
        raise PermissionDenied
    return circle

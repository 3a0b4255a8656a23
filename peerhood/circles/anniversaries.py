"""Anniversaries: how many years a circle has met, and how long each member has been in it.

Reckoned by the month and not by the day: there is time to say it at the next gathering. Names are for members. Whoever
pauses is left in peace, and so is whom a list brought who never said yes.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.timezone import localdate

from peerhood.circles.models import Circle, Membership
from peerhood.people import silence
from peerhood.people.models import Person

MOST_NAMED = 6


@dataclass(frozen=True)
class Years:
    """What a circle's page says this month; ``more_count`` members have their year, too, and are not named."""

    circle: int
    members: list[tuple[Membership, int]]
    more_count: int

    def __bool__(self) -> bool:
        return bool(self.circle or self.members)


def years_in(circle: Circle, reader: Person) -> Years:
    """The years that are completed this month, the longest first; two queries."""
    today = localdate()
    having = circle.memberships.active().by_their_own_yes().filter(_completed_in(today))
    having = having.exclude(person__in=silence.hidden_from(reader)).select_related("person")
    members = [(membership, _years(membership.joined_on, today)) for membership in having]
    members.sort(key=lambda each: (-each[1], each[0].person.name, each[0].pk))
    return Years(of_circle(circle, today), members[:MOST_NAMED], len(members[MOST_NAMED:]))


def of_circle(circle: Circle, today: date) -> int:
    """How many years it completes in this month; 0 when it is another month.

    >>> of_circle(Circle(founded_on=date(2011, 3, 30)), date(2026, 3, 2))
    15
    >>> of_circle(Circle(founded_on=date(2011, 3, 30)), date(2026, 4, 1))
    0
    """
    began = circle.founded_on or localdate(circle.created_at)
    return _years(began, today) if began.month == today.month else 0


def of_person(person: Person) -> list[tuple[Membership, int]]:
    """In which circles this person completes a year this month, and which."""
    today = localdate()
    mine = Membership.objects.active().filter(_completed_in(today), person=person)
    return [
        (each, _years(each.joined_on, today)) for each in mine.select_related("circle").order_by("joined_on")
    ]


def _completed_in(today: date) -> Q:
    return Q(joined_on__month=today.month, joined_on__year__lt=today.year)


def _years(began: date, today: date) -> int:
    return max(0, today.year - began.year)

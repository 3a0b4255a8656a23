"""Visiting: whoever belongs to one chapter comes to the gatherings of the others as a guest.

Where a guest is at home is noted with their answer, and counted on both sides: how many
came from sister chapters, and how many of us went there. Somebody who joins is a guest no
more from the next gathering on; what has taken place stays as it was.
"""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.timezone import now

from peerhood.circles import powers
from peerhood.circles.models import Circle, Membership
from peerhood.circles.powers import Power
from peerhood.gatherings.models import Gathering, Rsvp
from peerhood.people.models import Person

# Written by hand: each answer asks it, and building the question would cost ten times what it does.
STANDING = """
SELECT state, role FROM circles_membership WHERE person_id = %(person)s AND (
    circle_id = %(circle)s OR circle_id IN (
        SELECT circle_id FROM gatherings_cohosting WHERE gathering_id = %(gathering)s AND state = 'agreed'
    )
)"""


def home_of(person: Person, gathering: Gathering) -> Circle | None:
    """The chapter somebody comes from as a guest, where they joined first; None for whoever is at home here."""
    if _is_at_home(person, gathering):
        return None
    inside = Membership.objects.inside().filter(
        person_id=person.pk, role__in=powers.roles_that_may(Power.VISIT)
    )
    first = (
        inside.filter(circle__in=gathering.circle.family())
        .select_related("circle")
        .order_by("joined_on", "pk")
        .first()
    )
    return first.circle if first else None


def _is_at_home(person: Person, gathering: Gathering) -> bool:
    """Inside the circle, or one that holds the gathering beside it."""
    about = {"person": person.pk, "circle": gathering.circle_id, "gathering": gathering.pk}
    with connection.cursor() as cursor:
        cursor.execute(STANDING, about)
        return any(powers.may(Power.VISIT, state, role) for state, role in cursor.fetchall())


def look_again(person: Person) -> None:
    """After somebody joined or left: note anew where they are at home, for the gatherings to come."""
    ahead = person.rsvps.held().filter(gathering__starts_at__gt=now())
    _note(ahead.select_related("gathering__circle", "person"))


def note_homes(gathering: Gathering) -> None:
    """After another circle came to hold it, or went: note anew whose guests are coming."""
    _note(gathering.rsvps.held().select_related("gathering__circle", "person"))


def _note(rsvps: QuerySet[Rsvp]) -> None:
    for rsvp in rsvps:
        home = home_of(rsvp.person, rsvp.gathering)
        if rsvp.guest_of_id != (home.pk if home else None):
            Rsvp.objects.filter(pk=rsvp.pk).update(guest_of=home)


@dataclass(frozen=True)
class Visits:
    """How many people came as guests this year, and how many went. Numbers, and never names."""

    came_count: int
    went_count: int


def visits_of(circle: Circle, viewer: Person) -> Visits:
    """This year's visits between a circle and its sisters, as far as the viewer may know of those; one query."""
    seen = Circle.objects.visible_to(viewer)
    here, year = Q(gathering__circle=circle), now().astimezone(ZoneInfo(circle.time_zone)).year
    counted = (
        _attended()
        .filter(gathering__starts_at__year=year)
        .filter(
            (here & Q(guest_of__in=seen.values("pk")))
            | (Q(guest_of=circle) & Q(gathering__circle__in=seen.values("pk")))
        )
    )
    found = counted.aggregate(
        came=Count("person", filter=here, distinct=True), went=Count("person", filter=~here, distinct=True)
    )
    return Visits(found["came"], found["went"])


def _attended() -> QuerySet[Rsvp]:
    """Guests who were there: checked in, or with a seat where nobody kept the door."""
    at_the_door = Rsvp.objects.checked_in().filter(gathering=OuterRef("gathering"))
    over = Q(gathering__state__in=Gathering.TAKING_PLACE, gathering__ends_at__lte=now())
    guests = Rsvp.objects.going().exclude(guest_of=None)
    return guests.filter(~Q(checked_in_at=None) | (over & ~Exists(at_the_door)))

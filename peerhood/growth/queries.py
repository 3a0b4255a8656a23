"""What the pages of hours ask the database."""

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from peerhood.gatherings.models import Gathering, Rsvp
from peerhood.gatherings.queries import with_level
from peerhood.growth.models import Entry, Uncounted
from peerhood.people.models import Person


def entries_of(person: Person) -> QuerySet[Entry]:
    """Their entries with what decides how each is named, latest first."""
    gatherings = with_level(Gathering.objects.select_related("circle"))
    return Entry.objects.filter(person=person).prefetch_related(Prefetch("gathering", gatherings))


def to_propose(person: Person) -> QuerySet[Gathering]:
    """Gatherings they were checked in to, have not counted and not put away, latest first."""
    return _uncounted(person).exclude(pk__in=_put_away(person))


def put_away(person: Person) -> QuerySet[Gathering]:
    """What would be proposed if they had not put it away, latest first."""
    return _uncounted(person).filter(pk__in=_put_away(person))


def _put_away(person: Person) -> QuerySet:
    return Uncounted.objects.filter(owner=person).values("gathering")


def _uncounted(person: Person) -> QuerySet[Gathering]:
    there = Rsvp.objects.checked_in().filter(gathering=OuterRef("pk"), person=person)
    counted = Entry.objects.filter(gathering=OuterRef("pk"), person=person)
    took_place = Gathering.objects.past().filter(state__in=Gathering.TAKING_PLACE)
    return took_place.filter(Exists(there), ~Exists(counted)).select_related("circle")

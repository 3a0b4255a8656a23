"""What the pages of hours ask the database."""

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from peerhood.gatherings.models import Gathering, Rsvp
from peerhood.gatherings.queries import with_level
from peerhood.growth.models import Entry
from peerhood.people.models import Person


def entries_of(person: Person) -> QuerySet[Entry]:
    """Their entries with what decides how each is named, latest first."""
    gatherings = with_level(Gathering.objects.select_related("circle"))
    return Entry.objects.filter(person=person).prefetch_related(Prefetch("gathering", gatherings))


def to_propose(person: Person) -> QuerySet[Gathering]:
    """Gatherings they were checked in to and have not counted, latest first."""
    there = Rsvp.objects.checked_in().filter(gathering=OuterRef("pk"), person=person)
    counted = Entry.objects.filter(gathering=OuterRef("pk"), person=person)
    took_place = Gathering.objects.past().filter(state__in=Gathering.TAKING_PLACE)
    return took_place.filter(Exists(there), ~Exists(counted)).select_related("circle")

"""What the pages of certificates ask the database."""

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from peerhood.circles.models import Circle
from peerhood.gatherings.confidentiality import Surface, forbidding
from peerhood.gatherings.models import AgendaItem, Gathering, Rsvp
from peerhood.gatherings.queries import with_level
from peerhood.growth.models import Certificate
from peerhood.people.models import Person


def with_gathering(certificates: QuerySet[Certificate]) -> QuerySet[Certificate]:
    """With what decides how each is named."""
    gatherings = with_level(Gathering.objects.select_related("circle"))
    return certificates.prefetch_related(Prefetch("gathering", gatherings))


def to_fetch(person: Person) -> QuerySet[Gathering]:
    """Gatherings that give certificates, where they were checked in and have not fetched theirs; latest first."""
    there = Rsvp.objects.checked_in().filter(gathering=OuterRef("pk"), person=person)
    fetched = Certificate.objects.filter(gathering=OuterRef("pk"), holder=person)
    untold = AgendaItem.objects.filter(
        gathering=OuterRef("pk"), confidentiality__in=forbidding(Surface.CALENDAR_DETAILS)
    )
    took_place = Gathering.objects.past().filter(
        state__in=Gathering.TAKING_PLACE, certificate_offer__isnull=False, circle__kind__in=Circle.OPEN_KINDS
    )
    found = took_place.filter(Exists(there), ~Exists(fetched), ~Exists(untold))
    return found.select_related("circle", "certificate_offer")

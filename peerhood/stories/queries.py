"""Reads: which rules a gathering had, and which gatherings nobody has told about yet."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils.timezone import now

from peerhood.circles.models import Membership
from peerhood.gatherings.models import AgendaItem, Gathering
from peerhood.people.models import Person

# Later than that, nobody remembers what was said.
WRITE_UP_WITHIN = timedelta(days=60)


def rules_of(gathering: Gathering | None) -> dict[str, list[str]]:
    """The titles of the agenda's items that are not open, by level: ``{"agenda_only": ["Round"]}``."""
    if gathering is None:
        return {}
    closed = gathering.agenda.exclude(confidentiality=AgendaItem.Confidentiality.OPEN)
    rules: dict[str, list[str]] = {}
    for level, title in closed.values_list("confidentiality", "title"):
        rules.setdefault(level.replace("-", "_"), []).append(title)
    return rules


def to_write_up(person: Person) -> QuerySet[Gathering]:
    """Gatherings of the last two months that this person ran and nobody has written up; three at most."""
    organised = Membership.objects.organising().filter(person=person).values("circle")
    ran = Gathering.objects.filter(Q(circle__in=organised) | Q(pk__in=person.hosted_gatherings.values("pk")))
    lately = ran.past().filter(ends_at__gt=now() - WRITE_UP_WITHIN, stories=None)
    return lately.exclude(state=Gathering.State.CANCELLED).select_related("circle")[:3]

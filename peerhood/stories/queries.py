"""Reads: which rules a gathering had, and which gatherings nobody has told about yet."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import now

from peerhood.circles.models import Membership
from peerhood.gatherings import confidentiality
from peerhood.gatherings.models import AgendaItem, Gathering
from peerhood.people.models import Person

# Later than that, nobody remembers what was said.
WRITE_UP_WITHIN = timedelta(days=60)


def rules_of(gathering: Gathering | None) -> dict[str, list[str]]:
    """The titles of the agenda's items that ask something of a writer, by level: ``{"agenda_only": ["Round"]}``."""
    if gathering is None:
        return {}
    rules: dict[str, list[str]] = {}
    for item in gathering.agenda.all():
        if item.has_promise():
            rules.setdefault(item.confidentiality.replace("-", "_"), []).append(item.title)
    return rules


def to_write_up(person: Person) -> QuerySet[Gathering]:
    """Gatherings of the last two months that this person ran, may tell of, and nobody has written up; three at most."""
    organised = Membership.objects.organising().filter(person=person).values("circle")
    ran = Gathering.objects.filter(Q(circle__in=organised) | Q(pk__in=person.hosted_gatherings.values("pk")))
    untold = AgendaItem.objects.filter(
        gathering=OuterRef("pk"), confidentiality__in=confidentiality.never_written_up()
    )
    lately = ran.past().filter(~Exists(untold), ends_at__gt=now() - WRITE_UP_WITHIN, stories=None)
    return lately.exclude(state=Gathering.State.CANCELLED).select_related("circle")[:3]

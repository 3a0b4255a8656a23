"""Reads that span nouns: what comes next for a person, who is new, when each item begins."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from peerhood.circles.models import Membership
from peerhood.gatherings.models import AgendaItem, Gathering, Rsvp
from peerhood.people.models import Affiliation, Person


def agenda_with_times(gathering: Gathering) -> list[tuple[AgendaItem, datetime]]:
    """Each item with the moment it begins, in the gathering's own time zone."""
    moment, lines = gathering.starts_at, []
    for item in gathering.agenda.all():
        lines.append((item, moment.astimezone(gathering.zone)))
        moment += timedelta(minutes=item.length_minutes)
    return lines


def first_timers(gathering: Gathering) -> set[int]:
    """Ids of those with a place here who never came to an earlier gathering of this circle."""
    been = Rsvp.objects.checked_in().filter(
        person_id=OuterRef("person_id"),
        gathering__circle_id=gathering.circle_id,
        gathering__starts_at__lt=gathering.starts_at,
    )
    return set(gathering.rsvps.held().exclude(Exists(been)).values_list("person_id", flat=True))


def present_or_going(gathering: Gathering) -> QuerySet[Rsvp]:
    """Who is in the room: those checked in as soon as anybody is, those with a seat until then."""
    here = gathering.rsvps.checked_in()
    return here if here.exists() else gathering.rsvps.going()


def organisations_count(gathering: Gathering) -> int:
    """How many employers those with a seat come from."""
    today = localdate()
    jobs = Affiliation.objects.filter(Q(ended_on=None) | Q(ended_on__gte=today))
    going = gathering.rsvps.going().values("person")
    return jobs.filter(person__in=going).values("employer").distinct().count()


def greeters_of(gathering: Gathering) -> list[Person]:
    """Who meets newcomers: the circle's greeters who come, else its hosts, else its contact persons."""
    inside = Membership.objects.inside().filter(circle_id=gathering.circle_id)
    going = gathering.rsvps.going().values("person")
    greeters = inside.filter(role=Membership.Role.GREETER, person__in=going)
    return (
        list(Person.objects.filter(pk__in=greeters.values("person")).order_by("pk"))
        or list(gathering.hosts.order_by("pk"))
        or list(Person.objects.filter(pk__in=inside.filter(is_contact=True).values("person")).order_by("pk"))
    )


def greeter_for(person: Person, greeters: list[Person]) -> Person | None:
    """The one who meets this person, shared out evenly; nobody greets themselves."""
    others = [greeter for greeter in greeters if greeter.pk != person.pk]
    return others[person.pk % len(others)] if others else None

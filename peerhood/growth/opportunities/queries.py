"""Reads: what a circle's members tell one another of, and to whom it is shown."""

from django.db.models import Prefetch, Q, QuerySet

from peerhood.circles.models import Circle
from peerhood.growth.models.opportunity import (
    Interest,
    Kind,
    Opportunity,
    OpportunityQuerySet,
    OpportunityReport,
    today_in,
)
from peerhood.people import silence
from peerhood.people.models import Person


def listed_in(circle: Circle, reader: Person, *, kind: str = "", search: str = "") -> OpportunityQuerySet:
    """What stands today, latest first. A kind nobody knows is none."""
    found = Opportunity.objects.visible_to(reader).filter(circle=circle).standing_on(today_in(circle))
    if kind in Kind.values:
        found = found.filter(kind=kind)
    if search:
        found = found.filter(
            Q(title__icontains=search) | Q(text__icontains=search) | Q(place__icontains=search)
        )
    return found.select_related("circle", "author")


def not_shown_of(circle: Circle, author: Person) -> OpportunityQuerySet:
    """Their own that members do not see any more: over, closed or hidden."""
    mine = Opportunity.objects.visible_to(author).filter(circle=circle, author=author)
    standing = mine.standing_on(today_in(circle)).values("pk")
    return mine.exclude(pk__in=standing).select_related("circle", "author")


def open_to(circle: Circle, reader: Person, *, organises: bool) -> OpportunityQuerySet:
    """Whose page the reader may open: what stands, their own, and for organisers what was reported or hidden."""
    seen = Opportunity.objects.visible_to(reader).filter(circle=circle)
    known = Q(pk__in=seen.standing_on(today_in(circle)).values("pk")) | Q(author=reader)
    if organises:
        known |= Q(hidden_at__isnull=False) | Q(pk__in=seen.reported().values("pk"))
    return seen.filter(known).select_related("circle", "author")


def repliers_to(opportunity: Opportunity, reader: Person) -> QuerySet[Interest]:
    """Who is interested, for its author alone."""
    if reader.pk != opportunity.author_id:
        return Interest.objects.none()
    told = opportunity.interests.filter(is_delivered=True, person__is_active=True)
    return told.exclude(person__in=silence.apart_from(reader.pk)).select_related("person")


def reported_in(circle: Circle, organiser: Person) -> OpportunityQuerySet:
    """What an organiser has to look at, with what was said of it; nobody judges their own."""
    still_open = Prefetch("reports", OpportunityReport.objects.filter(closed_at=None), to_attr="open_reports")
    found = Opportunity.objects.visible_to(organiser).filter(circle=circle).exclude(author=organiser)
    return found.reported().prefetch_related(still_open).select_related("circle", "author")


def hidden_in(circle: Circle, organiser: Person) -> OpportunityQuerySet:
    found = Opportunity.objects.visible_to(organiser).filter(circle=circle, hidden_at__isnull=False)
    return found.exclude(author=organiser).select_related("circle", "author")

"""Reporting: a member tells the organisers what somebody did; the organisers answer for it.

They read who reported; the one it is about is told nothing, and never reads it, not even as an
organiser. Where nobody else organises, there is nobody to report to, and the page says so.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles.models import Circle, Membership, Report
from peerhood.notices import sending
from peerhood.people.models import Person
from peerhood.platform import presence
from peerhood.platform.refusals import Refusal


def circles_for(person: Person, about: Person) -> QuerySet[Circle]:
    """Circles both belong to in which somebody else than the other organises."""
    mine = Membership.objects.inside().filter(person=person).values("circle")
    theirs = Membership.objects.inside().filter(person=about).values("circle")
    organised = Membership.objects.organising().exclude(person__in=[about, person]).values("circle")
    return Circle.objects.filter(pk__in=mine).filter(pk__in=theirs).filter(pk__in=organised)


@transaction.atomic
def report(circle: Circle, about: Person, text: str, *, by: Person) -> Report:
    """Write it down, and tell the organisers that there is something to read."""
    if not circles_for(by, about).filter(pk=circle.pk).exists():
        raise PermissionDenied
    # The journal does not say by whom, so it does not ask whether they are still here.
    presence.hold(by)
    made = Report.objects.create(circle=circle, about=about, by=by, text=text)
    # The journal is read by operators: it names the circle, and nobody.
    journal.record("report.made", circle)
    organisers = circle.memberships.organising().exclude(person=about).select_related("person")
    for organiser in organisers:
        sending.send(organiser.person, "circles/reported", circle=circle, report=made)
    return made


@transaction.atomic
def close(report: Report, outcome: str, *, by: Person) -> None:
    """Say what was done about it; it stays readable."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    if not Report.objects.readable_by(by).filter(pk=report.pk).exists():
        raise PermissionDenied
    if report.closed_at:
        raise Refusal(_("Another organiser has closed it already."))
    report.closed_by, report.closed_at, report.outcome = by, now(), outcome
    report.save(update_fields=["closed_by", "closed_at", "outcome"])
    journal.record("report.closed", report.circle, by=by)

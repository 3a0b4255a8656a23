"""Moderating: any member reports, quietly; an organiser hides with a reason, shows again, or leaves it standing."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles.models import Membership
from peerhood.circles.permissions import can_organise, is_inside
from peerhood.growth.models.opportunity import Opportunity, OpportunityReport
from peerhood.growth.opportunities.posting import held
from peerhood.notices import sending
from peerhood.people import silence
from peerhood.people.models import Person
from peerhood.platform import presence
from peerhood.platform.refusals import Refusal


@transaction.atomic
def report(opportunity: Opportunity, text: str, *, by: Person) -> None:
    """Once for each person; saying it again changes the words. Who reported is told to nobody."""
    found = held(opportunity)
    presence.hold(by)
    if not is_inside(by, found.circle) or found.author_id in silence.hidden_from(by):
        raise PermissionDenied
    if found.author_id == by.pk:
        raise Refusal(_("It is your own: close it."))
    if not found.is_standing():
        raise Refusal(_("It is not open any more."))
    OpportunityReport.objects.update_or_create(
        opportunity=found, by=by, defaults={"text": text.strip(), "closed_at": None}
    )
    journal.record("opportunity.reported", found.circle)
    organisers = Membership.objects.organising().filter(circle=found.circle).exclude(person=found.author)
    for membership in organisers.exclude(person__in=silence.hidden_from(found.author)).select_related(
        "person"
    ):
        sending.send(
            membership.person,
            "growth/opportunity_reported",
            key=f"growth/opportunity_reported/{found.pk}/{localdate()}/{membership.person_id}",
            circle=found.circle,
        )


@transaction.atomic
def hide(opportunity: Opportunity, reason: str, *, by: Person) -> None:
    """Out of members' sight. Its author reads the reason."""
    found = _take(opportunity, by)
    found.hidden_at, found.hidden_reason = now(), reason.strip()
    found.save(update_fields=["hidden_at", "hidden_reason"])
    _close_reports(found)
    journal.record("opportunity.hidden", found.circle, by=by)


@transaction.atomic
def show(opportunity: Opportunity, *, by: Person) -> None:
    """Undo the hiding, or leave standing what was reported."""
    found = _take(opportunity, by)
    found.hidden_at, found.hidden_reason = None, ""
    found.save(update_fields=["hidden_at", "hidden_reason"])
    _close_reports(found)
    journal.record("opportunity.shown", found.circle, by=by)


def _close_reports(opportunity: Opportunity) -> None:
    opportunity.reports.filter(closed_at=None).update(closed_at=now())


def _take(opportunity: Opportunity, by: Person) -> Opportunity:
    found = held(opportunity)
    presence.hold(by)
    if not can_organise(by, found.circle):
        raise PermissionDenied
    # Nobody judges what was said of their own words.
    if found.author_id == by.pk:
        raise Refusal(_("It is your own: close it."))
    return found

"""Posting: a member tells the circle of an opportunity, until a day; changes it, ends it early, renews it.

It is over by itself when its last day is, in the circle's time zone. Then nobody sees it but its author, who may
renew it; three days before, they get a mail, which may be turned off.
"""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles.models import Circle
from peerhood.circles.permissions import is_inside
from peerhood.growth.models.opportunity import Opportunity, today_in
from peerhood.notices import sending
from peerhood.people.models import Person
from peerhood.platform import presence
from peerhood.platform.refusals import Refusal, still_there

REMINDED_BEFORE = timedelta(days=3)


@transaction.atomic
def post(circle: Circle, *, by: Person, last_day: date, **said: str) -> Opportunity:
    """Tell the members of it."""
    presence.hold(by)
    if not is_inside(by, circle):
        raise PermissionDenied
    refuse_day(circle, last_day)
    made = Opportunity.objects.create(
        circle=circle, author=by, last_day=last_day, dated_on=today_in(circle), **said
    )
    journal.record("opportunity.posted", circle, by=by)
    return made


@transaction.atomic
def change(opportunity: Opportunity, *, by: Person, last_day: date, **said: str) -> Opportunity:
    """Other words, or another last day."""
    found = _take(opportunity, by)
    if last_day != found.last_day:
        _date(found, last_day)
    for name, value in said.items():
        setattr(found, name, value)
    found.save()
    journal.record("opportunity.changed", found.circle, by=by)
    return found


@transaction.atomic
def close(opportunity: Opportunity, *, by: Person) -> None:
    """End it before its day. Twice is once."""
    found = _take(opportunity, by)
    if found.closed_at is None:
        found.closed_at = now()
        found.save(update_fields=["closed_at"])
        journal.record("opportunity.closed", found.circle, by=by)


@transaction.atomic
def reopen(opportunity: Opportunity, *, by: Person) -> None:
    """Undo the closing, while its day is not over."""
    found = _take(opportunity, by)
    if found.is_over():
        raise Refusal(_("Its last day is over. Renew it."))
    found.closed_at = None
    found.save(update_fields=["closed_at"])
    journal.record("opportunity.reopened", found.circle, by=by)


@transaction.atomic
def renew(opportunity: Opportunity, *, by: Person) -> Opportunity:
    """Thirty days more, from today."""
    found = _take(opportunity, by)
    _date(found, max(found.last_day, today_in(found.circle) + Opportunity.BY_ITSELF))
    found.closed_at = None
    found.save(update_fields=["last_day", "dated_on", "closed_at"])
    journal.record("opportunity.renewed", found.circle, by=by)
    return found


@transaction.atomic
def remove(opportunity: Opportunity, *, by: Person) -> None:
    """For good, with whatever was said to it."""
    found = held(opportunity)
    if found.author_id != by.pk:
        raise PermissionDenied
    presence.hold(by)
    journal.record("opportunity.removed", found.circle, by=by)
    found.delete()


def remind_all_due() -> None:
    """The worker comes by every hour, or twice at once: each last day is said once."""
    # Days differ around the world by one at most.
    soon = (localdate() - timedelta(days=1), localdate() + REMINDED_BEFORE + timedelta(days=1))
    near = Opportunity.objects.filter(closed_at=None, hidden_at=None, last_day__range=soon)
    for each in near.select_related("circle", "author").order_by("pk"):
        is_near = each.is_standing() and each.last_day - each.today() <= REMINDED_BEFORE
        # Whoever chose a day as near as that knows it.
        if (
            is_near
            and each.last_day - each.dated_on > REMINDED_BEFORE
            and is_inside(each.author, each.circle)
        ):
            _remind(each)


@transaction.atomic
def _remind(opportunity: Opportunity) -> None:
    sending.send(
        opportunity.author,
        "growth/opportunity_ends",
        key=f"growth/opportunity_ends/{opportunity.pk}/{opportunity.last_day}",
        opportunity=opportunity,
    )


def refuse_day(circle: Circle, day: date) -> None:
    today = today_in(circle)
    if day < today:
        raise Refusal(_("This day is over. Choose one to come."))
    if day > today + Opportunity.AT_MOST:
        raise Refusal(_("Ninety days at most. You can renew it later."))


def held(opportunity: Opportunity) -> Opportunity:
    """The row, kept for the rest of the transaction."""
    rows = Opportunity.objects.select_for_update(of=("self",)).select_related("circle", "author")
    return still_there(rows.filter(pk=opportunity.pk))


def _date(opportunity: Opportunity, day: date) -> None:
    refuse_day(opportunity.circle, day)
    opportunity.last_day, opportunity.dated_on = day, today_in(opportunity.circle)


def _take(opportunity: Opportunity, by: Person) -> Opportunity:
    """Its author's, as long as they belong to the circle and nobody has hidden it."""
    found = held(opportunity)
    presence.hold(by)
    if found.author_id != by.pk or not is_inside(by, found.circle):
        raise PermissionDenied
    if found.hidden_at is not None:
        raise Refusal(_("An organiser has hidden it. Talk to them, or remove it."))
    return found

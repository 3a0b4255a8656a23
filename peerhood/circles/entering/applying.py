"""Applying: somebody asks to join, an organiser reads it and answers with a reason, yes or no.

The applicant says by which way they come, answers the circle's own questions, and says
yes to its agreement. They may take it back while it waits, and ask again after a no. Of
two organisers who answer at once, one does; the other is told so.
"""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles.entering import agreeing, joining
from peerhood.circles.models import Application, Circle, InvitationLink, Membership
from peerhood.circles.permissions import may
from peerhood.circles.powers import Power
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal

State = Membership.State
Outcome = Application.Outcome


@transaction.atomic
def apply(
    circle: Circle,
    person: Person,
    *,
    agreed_to: int | None = None,
    route: str = "",
    answers: Sequence[str] = (),
) -> Membership:
    """Say "I would like to join"; an organiser answers. ``answers`` are in the order of the circle's questions."""
    circle = Circle.objects.locked(circle)
    membership = joining.membership_in(circle, person)
    if membership.is_inside() or membership.state == State.APPLIED:
        return membership
    if membership.state == State.INVITED:
        return joining.join(circle, person, agreed_to=agreed_to)
    if joining.way_in(circle, person, membership) != "apply":
        raise Refusal(_("This circle takes no applications."))
    agreeing.keep_yes(circle, person, agreed_to)
    return ask(membership, route=route, answers=answers)


def ask(
    membership: Membership, *, route: str, answers: Sequence[str], link: InvitationLink | None = None
) -> Membership:
    """Write the application down. The caller holds the circle's lock and knows that it may be."""
    circle = membership.circle
    if route and route not in circle.routes():
        raise Refusal(_("The organisers have changed what they ask. Please look again."))
    said = [answer.strip() for answer in answers]
    if len(said) != len(circle.questions) or not all(said):
        raise Refusal(_("The organisers would like an answer to each of their questions."))
    membership.state, membership.role, membership.is_contact = State.APPLIED, Membership.Role.MEMBER, False
    membership.save()
    membership.applications.create(
        route=route, answers=list(zip(circle.questions, said, strict=True)), link=link
    )
    journal.record("membership.applied", membership, by=membership.person)
    return membership


@transaction.atomic
def accept(membership: Membership, *, by: Person, reason: str) -> None:
    """Say yes to an application, and why."""
    membership = _answer(membership, Outcome.ACCEPTED, by, reason)
    if membership.state == State.APPLIED:
        joining.let_in(membership, "membership.accepted", by=by)


@transaction.atomic
def decline(membership: Membership, *, by: Person, reason: str) -> None:
    """Say no to an application, and why. The person may apply again another time."""
    membership = _answer(membership, Outcome.DECLINED, by, reason)
    if membership.state == State.APPLIED:
        membership.state = State.DECLINED
        membership.save(update_fields=["state"])
        journal.record("membership.declined", membership, by=by)


def _answer(membership: Membership, outcome: str, by: Person, reason: str) -> Membership:
    """Keep the answer of whoever is first. The same answer by the same organiser may come twice."""
    circle = Circle.objects.locked(membership.circle)
    if not may(by, Power.ANSWER_APPLICATIONS, circle):
        raise PermissionDenied
    membership = circle.memberships.get(pk=membership.pk)
    if membership.state != State.APPLIED:
        _say_who_was_first(membership, outcome, by)
        return membership
    if not reason.strip():
        raise Refusal(_("Say why. The answer goes to them by mail, with your reason."))
    application = membership.applications.waiting().first() or Application(membership=membership)
    application.outcome, application.reason = outcome, reason.strip()
    application.answered_by, application.answered_at = by, now()
    application.save()
    return membership


def _say_who_was_first(membership: Membership, outcome: str, by: Person) -> None:
    last = membership.applications.first()
    if last is None or last.outcome == Outcome.TAKEN_BACK or last.answered_by is None:
        raise Refusal(_("There is no application to answer any more."))
    if last.answered_by != by or last.outcome != outcome:
        raise Refusal(
            _("%(name)s has answered already: %(answer)s.")
            % {"name": last.answered_by, "answer": last.get_outcome_display().lower()}
        )

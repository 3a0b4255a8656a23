"""What circles say when the journal speaks: organisers hear of applications, applicants of the answer."""

from typing import Any

from django.db import connection
from django.db.models import QuerySet

from peerhood import journal
from peerhood.circles import welcoming
from peerhood.circles.models import Invitation, Membership
from peerhood.notices import sending
from peerhood.people import searching


@journal.listen("membership.applied")
def tell_organisers(membership: Membership) -> None:
    """Whoever takes a pause is not asked."""
    application = membership.applications.select_related("link__by").first()
    for organiser in membership.circle.memberships.organising().active().select_related("person"):
        sending.send(
            organiser.person,
            "circles/applied",
            circle=membership.circle,
            applicant=membership.person,
            membership=membership,
            application=application,
        )


@journal.listen("membership.accepted")
def tell_accepted(membership: Membership) -> None:
    application = membership.applications.first()
    reason = application.reason if application else ""
    sending.send(membership.person, "circles/accepted", circle=membership.circle, reason=reason)


@journal.listen("membership.joined")
@journal.listen("membership.accepted")
def give_a_greeter(membership: Membership) -> None:
    """Whoever came in by themselves hears from somebody; whom a list put there has not come yet."""
    if membership.came_at:
        welcoming.name_greeter(membership)


@journal.listen("membership.left")
def pass_newcomers_on(membership: Membership) -> None:
    """Whom somebody who left should have welcomed, another one does."""
    waiting = welcoming.not_welcomed(membership.circle).filter(greeter=membership.person)
    for newcomer in list(waiting):
        Membership.objects.filter(pk=newcomer.pk).update(greeter=None)
        welcoming.name_greeter(newcomer)


@journal.listen("membership.declined")
def tell_declined(membership: Membership) -> None:
    """A no to an invitation is the person's own, and is told to nobody."""
    application = membership.applications.first()
    if application and application.outcome == application.Outcome.DECLINED:
        reason = application.reason
        sending.send(membership.person, "circles/declined", circle=membership.circle, reason=reason)


def _invitation_behind(rsvp: Any) -> QuerySet[Invitation]:
    return Invitation.objects.filter(
        membership__circle_id=rsvp.gathering.circle_id, membership__person_id=rsvp.person_id
    )


# As ``_invitation_behind``, written by hand: each answer to a gathering asks it.
INVITED = """
SELECT 1 FROM circles_invitation AS invitation
JOIN circles_membership AS membership ON membership.id = invitation.membership_id
WHERE membership.circle_id = %s AND membership.person_id = %s"""


def _was_invited(rsvp: Any) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(INVITED, [rsvp.gathering.circle_id, rsvp.person_id])
        return cursor.fetchone() is not None


@journal.listen("rsvp.seated", concerns=_was_invited)
@journal.listen("rsvp.waitlisted", concerns=_was_invited)
def take_for_a_yes(rsvp: Any) -> None:
    """Whoever asks for a seat at a circle's gathering has said yes to the list that put them on."""
    own = rsvp.gathering.circle.memberships.put_on_a_list().filter(person=rsvp.person)
    if _invitation_behind(rsvp).filter(membership__in=own).delete()[0]:
        searching.write(rsvp.person)

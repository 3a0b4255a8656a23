"""What circles say when the journal speaks: organisers hear of applications, applicants of the answer."""

from typing import Any

from peerhood import journal
from peerhood.circles.models import Invitation, Membership
from peerhood.notices import sending
from peerhood.people import searching


@journal.listen("membership.applied")
def tell_organisers(membership: Membership) -> None:
    for organiser in membership.circle.memberships.organising().select_related("person"):
        sending.send(
            organiser.person, "circles/applied", circle=membership.circle, applicant=membership.person
        )


@journal.listen("membership.accepted")
def tell_accepted(membership: Membership) -> None:
    sending.send(membership.person, "circles/accepted", circle=membership.circle)


@journal.listen("rsvp.seated")
@journal.listen("rsvp.waitlisted")
def take_for_a_yes(rsvp: Any) -> None:
    """Whoever asks for a seat at a circle's gathering has said yes to the list that put them on."""
    own = rsvp.gathering.circle.memberships.put_on_a_list().filter(person=rsvp.person)
    Invitation.objects.filter(membership__in=own).delete()
    searching.write(rsvp.person)

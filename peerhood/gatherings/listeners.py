"""What gatherings do when the journal speaks: whoever leaves a circle leaves its gatherings in good order."""

from django.utils.timezone import now

from peerhood import journal
from peerhood.circles.models import Membership
from peerhood.gatherings import rsvp, searching
from peerhood.gatherings.models import Gathering
from peerhood.gatherings.permissions import can_attend
from peerhood.platform import stamps
from peerhood.search import indexing


@journal.listen("membership.left")
def give_up_duties(membership: Membership) -> None:
    """Host nothing of that circle any more, and see no door of it."""
    gatherings = Gathering.objects.filter(circle_id=membership.circle_id)
    pks = list(gatherings.filter(hosts=membership.person_id).values_list("pk", flat=True))
    names = [f"gatherings/{pk}" for pk in pks]
    membership.person.hosted_gatherings.remove(*pks)
    indexing.write(searching.KIND, pks)
    stamps.bump("gatherings", *names)


@journal.listen("membership.left")
def give_up_seats(membership: Membership) -> None:
    """Where only members may come, the seats ahead go to whoever waits longest."""
    ahead = Gathering.objects.upcoming().filter(circle_id=membership.circle_id, starts_at__gt=now())
    for gathering in ahead.filter(rsvps__in=membership.person.rsvps.held()).select_related("circle"):
        if not can_attend(membership.person, gathering):
            rsvp.withdraw(gathering, membership.person)

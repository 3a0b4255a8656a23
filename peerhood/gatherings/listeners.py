"""What gatherings do when the journal speaks: whoever leaves a circle leaves its gatherings in good order.

A circle that has just opened is asked for its first date, and hears of it when it is announced.
"""

from django.utils.timezone import now

from peerhood import journal
from peerhood.circles.models import Membership, Seed
from peerhood.gatherings import polling, rsvp, searching
from peerhood.gatherings.coming import buddies, greeting, visiting
from peerhood.gatherings.models import CoHosting, Gathering, Rsvp, SlotAnswer
from peerhood.gatherings.permissions import can_attend
from peerhood.gatherings.series import standing
from peerhood.platform import stamps
from peerhood.search import indexing


@journal.listen("membership.left")
def give_up_duties(membership: Membership) -> None:
    """Host nothing of that circle any more, and see no door of it; what another circle of theirs holds, too, stays."""
    inside = Membership.objects.inside().filter(person_id=membership.person_id).values("circle")
    gatherings = Gathering.objects.hosted_by([membership.circle_id]).exclude(
        pk__in=Gathering.objects.hosted_by(inside)
        .filter(co_hostings__state=CoHosting.State.AGREED)
        .values("pk")
    )
    pks = list(gatherings.filter(hosts=membership.person_id).values_list("pk", flat=True))
    names = [f"gatherings/{pk}" for pk in pks]
    membership.person.hosted_gatherings.remove(*pks)
    indexing.write(searching.KIND, pks)
    stamps.bump("gatherings", *names)


@journal.listen("membership.left")
def give_up_seats(membership: Membership) -> None:
    """Where only members may come, the seats ahead go to whoever waits longest: here, and where they were a guest."""
    ahead = Gathering.objects.upcoming().filter(starts_at__gt=now())
    theirs = ahead.hosted_by(membership.circle.family()).filter(rsvps__in=membership.person.rsvps.held())
    for gathering in theirs.select_related("circle"):
        if not can_attend(membership.person, gathering):
            rsvp.withdraw(gathering, membership.person)


@journal.listen("membership.left")
@journal.listen("membership.joined")
@journal.listen("membership.accepted")
def note_where_they_are_at_home(membership: Membership) -> None:
    visiting.look_again(membership.person)


@journal.listen("membership.left")
def stand_no_more(membership: Membership) -> None:
    standing.leave(membership.person, membership.circle)


@journal.listen("membership.left")
def take_answers_off(membership: Membership) -> None:
    """What suits somebody who left is no longer asked."""
    polls = membership.circle.date_polls.open()
    SlotAnswer.objects.filter(slot__poll__in=polls, person=membership.person_id).delete()


def _is_near(rsvp: Rsvp) -> bool:
    return greeting.is_near(rsvp.gathering)


@journal.listen("rsvp.seated", concerns=_is_near)
@journal.listen("rsvp.withdrawn", concerns=_is_near)
def nobody_stands_alone(rsvp: Rsvp) -> None:
    """Shortly before a gathering, whoever comes late is given a greeter, and those of one who cannot come another."""
    greeting.name_for(rsvp.gathering)


@journal.listen("rsvp.withdrawn")
def nobody_waits_for_a_buddy_who_does_not_come(rsvp: Rsvp) -> None:
    buddies.find_another(rsvp)


@journal.listen("seed.sprouted")
def ask_for_the_first_date(seed: Seed) -> None:
    polling.open_first(seed)


@journal.listen("gathering.published")
def seat_those_who_stand(gathering: Gathering) -> None:
    standing.answer_for_all(gathering)


@journal.listen("gathering.published")
def tell_the_date(gathering: Gathering) -> None:
    polling.tell_the_date(gathering)

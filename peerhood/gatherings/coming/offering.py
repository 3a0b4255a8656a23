"""Offering: a place that becomes free shortly before is offered, for a time, to whoever stands first in line.

Who says yes has it, who says no or nothing is passed over, and it goes to the next. The
nearer the gathering, the shorter the time; at night nobody has to wake up for it.
"""

from datetime import datetime, time, timedelta, tzinfo

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now

from peerhood import journal
from peerhood.gatherings.coming import links
from peerhood.gatherings.models import Gathering, Hold, Rsvp
from peerhood.notices import sending
from peerhood.people.models import Person

LONGEST, SHORTEST = timedelta(hours=4), timedelta(minutes=15)
# A sixth of what is left: six people can be asked, one after the other.
SHARE = 6
NIGHT_BEGINS, NIGHT_ENDS = time(22), time(7)
# By then one has to be on the way.
LAST_CALL = timedelta(minutes=30)
# The link in the mail leads somewhere for so long; nothing is held for it any more.
HOLDS_KEPT_FOR = timedelta(days=1)


def ends_at(made_at: datetime, starts_at: datetime, zone: tzinfo) -> datetime:
    """Until when an offer stands that is made then, for a gathering that starts then.

    >>> from datetime import UTC
    >>> day = datetime(2027, 1, 21, 13, tzinfo=UTC)
    >>> [str(ends_at(day - timedelta(hours=hours), day, UTC)) for hours in (24, 6, 1)]
    ['2027-01-20 17:00:00+00:00', '2027-01-21 08:00:00+00:00', '2027-01-21 12:15:00+00:00']
    """
    limit = max(SHORTEST, min(LONGEST, (starts_at - made_at) / SHARE))
    end = made_at + limit
    clock = end.astimezone(zone)
    if clock.time() >= NIGHT_BEGINS or clock.time() < NIGHT_ENDS:
        day = clock.date() + timedelta(days=clock.time() >= NIGHT_BEGINS)
        morning = datetime.combine(day, NIGHT_ENDS, tzinfo=zone) + limit
        # Who asked at dawn for a breakfast is asked now, or nobody comes in time.
        end = max(end, min(morning, starts_at - LAST_CALL))
    return min(end, starts_at)


def offer(rsvp: Rsvp, *, by: Person | None = None) -> None:
    """Offer the place; whoever calls holds the gathering's row."""
    gathering, moment = rsvp.gathering, now()
    rsvp.status, rsvp.offered_at = Rsvp.Status.OFFERED, moment
    rsvp.offer_ends_at = ends_at(moment, gathering.starts_at, gathering.zone)
    rsvp.save(update_fields=["status", "offered_at", "offer_ends_at"])
    journal.record("rsvp.offered", rsvp, by=by)
    key = f"gatherings/offered/{rsvp.pk}/{moment.timestamp():.6f}"
    link = links.link_for(rsvp.person, gathering)
    sending.send(rsvp.person, "gatherings/offered", key=key, gathering=gathering, rsvp=rsvp, link=link)


def end_those_over(gathering: Gathering) -> bool:
    """Take back offers and holds whose time is over; did any end? Whoever calls holds the row."""
    over = gathering.rsvps.offered().filter(offer_ends_at__lte=now()).select_related("person", "gathering")
    ended = list(over)
    for rsvp in ended:
        rsvp.gathering = gathering
        rsvp.status = Rsvp.Status.DECLINED
        rsvp.save(update_fields=["status"])
        journal.record("rsvp.offer_ended", rsvp)
        if gathering.takes_answers() and rsvp.offered_at:
            key = f"gatherings/offer_over/{rsvp.pk}/{rsvp.offered_at.timestamp():.6f}"
            link = links.link_for(rsvp.person, gathering)
            sending.send(
                rsvp.person, "gatherings/offer_over", key=key, gathering=gathering, rsvp=rsvp, link=link
            )
    holds = gathering.holds.taking().over().update(takes_place=False)
    return bool(ended or holds)


def due() -> list[Gathering]:
    """Gatherings that have an offer or a hold whose time is over."""
    offers = Rsvp.objects.offered().filter(offer_ends_at__lte=now()).values("gathering")
    holds = Hold.objects.taking().over().values("gathering")
    return list(Gathering.objects.filter(Q(pk__in=offers) | Q(pk__in=holds)))


@transaction.atomic
def forget_old_holds() -> None:
    Hold.objects.filter(ends_at__lte=now() - HOLDS_KEPT_FOR).delete()

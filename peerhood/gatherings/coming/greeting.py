"""Greeting: whoever comes for the first time is met by somebody whose name they know the day before.

The day before, every first-timer with a seat is given one of those who come: whoever welcomed them
into the circle, else the circles' greeters, its hosts, or its organisers and contact persons, shared
out evenly. Both hear of it. Somebody who comes late is given one at once, and whoever loses theirs,
because the other cannot come, another one. Where nobody is left, those who run the gathering are told
whom nobody meets, and choose.
"""

from collections import Counter, defaultdict
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles.models import Membership
from peerhood.gatherings.models import Gathering, Rsvp
from peerhood.gatherings.permissions import can_greet
from peerhood.gatherings.queries import first_timers
from peerhood.notices import sending
from peerhood.people import silence
from peerhood.people.models import Person
from peerhood.platform import presence, stamps
from peerhood.platform.refusals import Refusal

# Two hours early, so that a worker that stood still has caught up a day before.
NAMED_BEFORE = timedelta(hours=26)
# Whoever takes a seat later than that learns it at the door; the mail would lie unread.
TOO_LATE_TO_WRITE = timedelta(hours=1)


def due() -> QuerySet[Gathering]:
    """Gatherings near enough that their first-timers are to know who meets them."""
    return Gathering.objects.upcoming().filter(starts_at__lt=now() + NAMED_BEFORE)


def is_near(gathering: Gathering) -> bool:
    """Is it one of those that are due?"""
    return gathering.is_announced() and not gathering.is_over() and gathering.starts_at < now() + NAMED_BEFORE


def name_all_due() -> None:
    for gathering in due():
        name_for(gathering)


@transaction.atomic
def name_for(gathering: Gathering) -> None:
    """Give every first-timer without one a greeter, and those of a greeter who does not come another."""
    gathering = _lock(gathering)
    if not is_near(gathering):
        return
    newcomers = newcomers_of(gathering)
    coming = set(may_meet(gathering).values_list("pk", flat=True))
    without = [rsvp for rsvp in newcomers if rsvp.greeter_id not in coming]
    if not without:
        return
    busy = Counter(rsvp.greeter_id for rsvp in newcomers if rsvp.greeter_id in coming)
    changed = _share_out(without, candidates_of(gathering), busy)
    stamps.bump(f"gatherings/{gathering.pk}")
    _tell(gathering, [rsvp for rsvp in changed if rsvp.greeter_id])
    _tell_of_those_alone(gathering, [rsvp for rsvp in without if rsvp.greeter_id is None])


@transaction.atomic
def choose(rsvp: Rsvp, greeter: Person, *, by: Person) -> None:
    """Somebody who runs the gathering, or stands at its door, says who meets a first-timer: anybody who comes."""
    gathering = _lock(rsvp.gathering)
    if not can_greet(by, gathering):
        raise PermissionDenied
    if gathering.is_over() or not gathering.is_announced():
        raise Refusal(_("There is nobody to be met any more."))
    rsvp = gathering.rsvps.going().filter(pk=rsvp.pk).select_related("person").first()
    if rsvp is None or not may_meet(gathering).filter(pk=greeter.pk).exclude(pk=rsvp.person_id).exists():
        raise Refusal(_("Both have to come to the gathering."))
    if rsvp.greeter_id == greeter.pk:
        return
    _name(rsvp, greeter, by=by)
    stamps.bump(f"gatherings/{gathering.pk}")
    _tell(gathering, [rsvp])


def newcomers_of(gathering: Gathering) -> list[Rsvp]:
    """Those with a seat who come for the first time; those nobody meets stand first."""
    going = gathering.rsvps.going().filter(person__in=first_timers(gathering))
    going = going.select_related("person", "greeter").prefetch_related("person__affiliations__employer")
    rsvps = list(going.order_by("person__name", "pk"))
    return sorted(rsvps, key=lambda rsvp: rsvp.greeter_id is not None)


def alone_at(gathering: Gathering) -> list[Person]:
    """First-timers nobody is named for, of a gathering that is near."""
    if not is_near(gathering):
        return []
    return [rsvp.person for rsvp in newcomers_of(gathering) if rsvp.greeter_id is None]


def soonest_with_somebody_alone(person: Person) -> Gathering | None:
    """The next gathering this person runs to which somebody comes whom nobody meets."""
    near = Gathering.objects.run_by(person).filter(pk__in=due().values("pk")).select_related("circle")
    # Who runs more than three on one day has looked at the others when these are settled.
    soonest = near.order_by("starts_at", "pk")[:3]
    return next((gathering for gathering in soonest if alone_at(gathering)), None)


def may_meet(gathering: Gathering) -> QuerySet[Person]:
    """Who can be asked to meet somebody: those with a seat, and its hosts unless they said that they cannot come."""
    answers = gathering.rsvps
    hosts = gathering.hosts.exclude(pk__in=answers.exclude(status__in=Rsvp.HELD).values("person"))
    return Person.objects.filter(
        Q(pk__in=answers.going().values("person")) | Q(pk__in=hosts.values("pk"))
    ).order_by("name", "pk")


def candidates_of(gathering: Gathering) -> list[list[Person]]:
    """Who meets newcomers without being asked first: greeters, else hosts, else organisers and contacts, who come."""
    inside = Membership.objects.inside().filter(circle__in=gathering.hosting_circles())
    coming = may_meet(gathering)
    known_by_all = Q(role=Membership.Role.ORGANISER) | Q(is_contact=True)
    return [
        list(coming.filter(pk__in=inside.filter(role=Membership.Role.GREETER).values("person"))),
        list(coming.filter(hosted_gatherings=gathering)),
        list(coming.filter(pk__in=inside.filter(known_by_all).values("person"))),
    ]


def _share_out(rsvps: list[Rsvp], tiers: list[list[Person]], busy: Counter[int]) -> list[Rsvp]:
    """Name somebody for each of these; whose greeter changed."""
    apart = set(silence.pairs_among({rsvp.person_id for rsvp in rsvps} | {p.pk for t in tiers for p in t}))
    welcomed_by = _welcomed_by(rsvps)
    changed = []
    for rsvp in rsvps:
        # Whoever wrote to them when they joined comes before everybody else.
        theirs = [[one for tier in tiers for one in tier if one.pk in welcomed_by[rsvp.person_id]], *tiers]
        free = [[one for one in tier if _may_greet(one, rsvp, apart)] for tier in theirs]
        greeter = min(next(filter(None, free), []), key=lambda one: (busy[one.pk], one.pk), default=None)
        if greeter or rsvp.greeter_id:
            _name(rsvp, greeter)
            changed.append(rsvp)
        if greeter:
            busy[greeter.pk] += 1
    return changed


def _may_greet(greeter: Person, rsvp: Rsvp, apart: set[frozenset[int]]) -> bool:
    return greeter.pk != rsvp.person_id and frozenset((greeter.pk, rsvp.person_id)) not in apart


def _welcomed_by(rsvps: list[Rsvp]) -> dict[int, set[int]]:
    """Who welcomed each of these into a circle that holds this gathering."""
    circles = rsvps[0].gathering.hosting_circles()
    people = [rsvp.person_id for rsvp in rsvps]
    inside = Membership.objects.inside().filter(circle__in=circles, person__in=people).exclude(greeter=None)
    welcomed_by: dict[int, set[int]] = defaultdict(set)
    for person_id, greeter_id in inside.values_list("person", "greeter"):
        welcomed_by[person_id].add(greeter_id)
    return welcomed_by


def _name(rsvp: Rsvp, greeter: Person | None, *, by: Person | None = None) -> None:
    if greeter:
        presence.hold(greeter)
    rsvp.greeter = greeter
    rsvp.save(update_fields=["greeter"])
    journal.record("rsvp.greeter_named", rsvp, by=by)


def _tell(gathering: Gathering, rsvps: list[Rsvp]) -> None:
    """Write to each newcomer who meets them, and to each greeter whom they meet: once for each pair."""
    if gathering.starts_at - now() < TOO_LATE_TO_WRITE:
        return
    met: dict[Person, list[Rsvp]] = defaultdict(list)
    for rsvp in rsvps:
        if rsvp.greeter:
            met[rsvp.greeter].append(rsvp)
        key = f"gatherings/who_meets_you/{rsvp.pk}/{rsvp.greeter_id}"
        sending.send(rsvp.person, "gatherings/who_meets_you", key=key, gathering=gathering, rsvp=rsvp)
    for greeter, theirs in met.items():
        people = [rsvp.person for rsvp in theirs]
        key = f"gatherings/to_meet/{greeter.pk}/{theirs[0].pk}"
        sending.send(greeter, "gatherings/to_meet", key=key, gathering=gathering, newcomers=people)


def _tell_of_those_alone(gathering: Gathering, alone: list[Rsvp]) -> None:
    """Write to the circle's organisers whom nobody meets, once."""
    if not alone or gathering.starts_at - now() < TOO_LATE_TO_WRITE:
        return
    organising = Membership.objects.organising().filter(circle=gathering.circle_id).values("person")
    people = [rsvp.person for rsvp in alone]
    for person in Person.objects.filter(pk__in=organising).exclude(pk__in=[person.pk for person in people]):
        key = f"gatherings/nobody_meets/{person.pk}/{alone[0].pk}"
        sending.send(person, "gatherings/nobody_meets", key=key, gathering=gathering, newcomers=people)


def _lock(gathering: Gathering) -> Gathering:
    locked = Gathering.objects.select_for_update(of=("self",)).select_related("circle")
    return locked.get(pk=gathering.pk)

"""From a gathering to the engine's problem: who is here, who has met whom, who arrived together, who keeps whom.

People are their primary keys; the engine never sees a name.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from functools import cache
from itertools import product

from django.db.models import Exists, IntegerField, Min, OuterRef, Q
from django.db.models.functions import Cast
from django.utils.timezone import localdate

from peerhood.circles.models import Circle, Competition, Membership
from peerhood.gatherings.models import Gathering, Part
from peerhood.gatherings.queries import first_timers, present_or_going
from peerhood.mixing.engine import Pin, Problem, Wishes, even_tables, milli_repeats
from peerhood.mixing.models import Encounter, Plan, Tie
from peerhood.people import silence
from peerhood.people.models import Affiliation

Pair = Collection[Hashable]

# Beyond this many gatherings back a meeting weighs less than a fiftieth of a repeat.
REMEMBERED_GATHERINGS = 8
# For a second meeting. Having met at the last gathering costs 600, a repeat 1000: with the smaller
# reward two meet again in place of somebody new, but never at the price of a repeat.
REWARDS: dict[str, int] = {Plan.MeetAgain.FEW: 700, Plan.MeetAgain.MORE: 1_500}
# Whoever has met fewer people than that is lonely here: a second meeting is worth a third more to them.
HARDLY_ANYBODY = 5


def people_to_seat(gathering: Gathering) -> list[int]:
    """Who gets a table: those checked in as soon as anybody is, those with a seat until then."""
    return list(present_or_going(gathering).order_by("person_id").values_list("person_id", flat=True))


def parts_of(gathering: Gathering, people: Sequence[int]) -> list[list[int]]:
    """Who can share a table: everybody, or in a hybrid gathering those in the room, and then those online.

    Whoever would be the only one in their part is not left alone: then all of them can.
    """
    if not gathering.is_hybrid():
        return [list(people)]
    in_the_call = gathering.rsvps.filter(part=Part.ONLINE, person__in=people)
    online = set(in_the_call.values_list("person_id", flat=True))
    parts = [[person for person in people if (person in online) == there] for there in (False, True)]
    return parts if all(len(part) > 1 for part in parts) else [list(people)]


def sizes_of(parts: Iterable[Sequence[int]], size: int) -> tuple[int, ...]:
    """The chairs at each table of ``size``, or one more or less: of the first part, then of the next."""
    return tuple(chairs for part in parts for chairs in even_tables(len(part), size))


def problem_of(
    plan: Plan,
    present: Sequence[Collection[int]],
    tables: Sequence[Sequence[int]],
    *,
    pins: Collection[Pin] = (),
    arriving: Collection[int] = (),
) -> Problem:
    """The engine's problem for this plan's wishes.

    Args:
        present: who is there, for each round.
        tables: the chairs at each table, for each round.
        arriving: people of whom a re-mix will hear later; what is known of them waits in the problem.

    Raises ``Contradiction`` where the pins cannot be kept.
    """
    everybody = sorted(set().union(*present))
    known = sorted({*everybody, *arriving})
    history = history_of(plan.gathering, known)
    return Problem(
        everybody,
        tables,
        history=history,
        wishes=_wishes_of(plan, known, history),
        pins=pins,
        absences={number: set(everybody).difference(here) for number, here in enumerate(present, 1)},
    )


def _wishes_of(plan: Plan, people: Collection[int], history: Mapping[Pair, int]) -> Wishes:
    gathering = plan.gathering
    return Wishes(
        companions=_companions(gathering, people),
        competitors=competitors_in(gathering.hosting_circles(), people),
        not_with=[*silence.pairs_among(people), *_across_parts(gathering, people)],
        first_timers=sorted(first_timers(gathering).intersection(people)),
        greeters=_greeters(gathering, people),
        meet_again=_meeting_again(plan, people, history),
    )


def history_of(gathering: Gathering, people: Collection[int]) -> dict[Pair, int]:
    """What it weighs, in milli-repeats, that a pair has met in one of the circles that hold this, or their sisters.

    Lately weighs most.
    """
    families = Circle.objects.families_of(gathering.hosting_circles())
    earlier = Gathering.objects.hosted_by(families).filter(starts_at__lt=gathering.starts_at)
    met = Encounter.objects.filter(gathering__in=earlier, one__in=people, other__in=people)
    rows = list(met.values_list("gathering", "one", "other"))
    ages = _ages({gathering_id for gathering_id, _one, _other in rows})
    history: dict[tuple[int, int], list[int]] = defaultdict(list)
    for gathering_id, one, other in rows:
        if age := ages.get(gathering_id):
            history[one, other].append(age)
    return {pair: _weight(tuple(sorted(ages))) for pair, ages in history.items()}


# Thousands of pairs share a few dozen histories.
_weight = cache(milli_repeats)


def _ages(gatherings: Collection[int]) -> dict[int, int]:
    """How many gatherings ago each of these was; the latest ones only. Tens of them, where meetings are thousands."""
    latest = Gathering.objects.filter(pk__in=gatherings).order_by("-starts_at", "pk")
    return {pk: age for age, pk in enumerate(latest.values_list("pk", flat=True)[:REMEMBERED_GATHERINGS], 1)}


def _across_parts(gathering: Gathering, people: Collection[int]) -> list[frozenset[int]]:
    """A table stands in the room or in the call. Who is where is no wish of anybody's, but it weighs as much."""
    parts = parts_of(gathering, sorted(people))
    return [frozenset(pair) for pair in product(*parts)] if len(parts) > 1 else []


def _companions(gathering: Gathering, people: Collection[int]) -> list[frozenset[int]]:
    came_with = gathering.rsvps.going().exclude(companion=None).values_list("person", "companion")
    return _pairs_among(came_with, people)


def competitors_in(circles: Iterable[Circle], people: Collection[int]) -> list[frozenset[int]]:
    """Pairs whose employers compete in one of these circles, unless both said they may share a table.

    Somebody who belongs to two of them has to have said so in both: what goes in one may not go in the other.
    """
    rivals = Competition.objects.filter(circle__in=circles).values_list("one", "other")
    if not rivals:
        return []
    employees: dict[int, list[int]] = defaultdict(list)
    today = localdate()
    jobs = Affiliation.objects.filter(Q(ended_on=None) | Q(ended_on__gte=today), person__in=people)
    for employer, person in jobs.values_list("employer", "person"):
        employees[employer].append(person)
    said = dict(
        Membership.objects.filter(circle__in=circles, person__in=people)
        .values_list("person")
        .annotate(least=Min(Cast("sits_with_competitors", IntegerField())))
        .order_by()
    )
    consenting = {person for person, least in said.items() if least}
    pairs = [(a, b) for one, other in rivals for a in employees[one] for b in employees[other]]
    return [pair for pair in _pairs_among(pairs, people) if not pair <= consenting]


def _greeters(gathering: Gathering, people: Collection[int]) -> list[int]:
    """The circles' greeters who are here, and the hosts."""
    roles = (Membership.Role.GREETER, Membership.Role.HOST, Membership.Role.ORGANISER)
    inside = Membership.objects.inside().filter(circle__in=gathering.hosting_circles())
    greeting = inside.filter(role__in=roles, person__in=people)
    hosts = gathering.hosts.filter(pk__in=people).values_list("pk", flat=True)
    return sorted({*greeting.values_list("person", flat=True), *hosts})


def _meeting_again(plan: Plan, people: Collection[int], history: Mapping[Pair, int]) -> dict[Pair, int]:
    """Whose second meeting is rewarded, and how much: of a few, one for each person, lonely ones first."""
    if plan.meet_again == Plan.MeetAgain.OFF:
        return {}
    met = Counter(person for pair in history for person in pair)
    rewards: dict[Pair, int] = {}
    taken: set[int] = set()
    for pair in sorted(_fading(plan.gathering, people), key=lambda pair: sorted(met[one] for one in pair)):
        if plan.meet_again == Plan.MeetAgain.MORE or not taken & pair:
            is_lonely = min(met[one] for one in pair) < HARDLY_ANYBODY
            rewards[pair] = REWARDS[plan.meet_again] * (4 if is_lonely else 3) // 3
            taken |= pair
    return rewards


def _fading(gathering: Gathering, people: Collection[int]) -> list[frozenset[int]]:
    """Pairs who keep each other since lately and have not sat together at a gathering since."""
    met_since = Encounter.objects.filter(
        one=OuterRef("one"),
        other=OuterRef("other"),
        gathering__starts_at__gt=OuterRef("made_at"),
        gathering__starts_at__lt=gathering.starts_at,
    )
    young = Tie.objects.filter(made_at__gt=gathering.starts_at - Tie.YOUNG_FOR)
    fading = young.filter(one__in=people, other__in=people).exclude(Exists(met_since))
    return _pairs_among(fading.values_list("one", "other"), people)


def _pairs_among(pairs: Iterable[tuple[int, int]], people: Collection[int]) -> list[frozenset[int]]:
    here = set(people)
    return sorted(
        {frozenset(pair) for pair in pairs if here.issuperset(pair) and pair[0] != pair[1]}, key=sorted
    )

"""From a gathering to the engine's problem: who is here, who has met whom, who arrived together, who keeps whom.

People are their primary keys; the engine never sees a name.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from peerhood.circles.models import Competition, Membership
from peerhood.gatherings.models import Gathering
from peerhood.gatherings.queries import first_timers, present_or_going
from peerhood.mixing.engine import Pin, Problem, Wishes
from peerhood.mixing.models import Encounter, Plan, Tie
from peerhood.people.models import Affiliation

Pair = Collection[Hashable]

# Beyond this many gatherings back a meeting weighs less than a fiftieth of a repeat.
REMEMBERED_GATHERINGS = 8
# For a second meeting. Having met at the last gathering costs 600, a repeat 1000: a few second
# meetings come about where they cost next to nothing, more of them also in place of somebody new.
REWARDS: dict[str, int] = {Plan.MeetAgain.FEW: 700, Plan.MeetAgain.MORE: 1_500}


def people_to_seat(gathering: Gathering) -> list[int]:
    """Who gets a table: those checked in as soon as anybody is, those with a seat until then."""
    return list(present_or_going(gathering).order_by("person_id").values_list("person_id", flat=True))


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
    return Problem(
        everybody,
        tables,
        history=history_of(plan.gathering, known),
        wishes=_wishes_of(plan, known),
        pins=pins,
        absences={number: set(everybody).difference(here) for number, here in enumerate(present, 1)},
    )


def _wishes_of(plan: Plan, people: Collection[int]) -> Wishes:
    gathering = plan.gathering
    reward = REWARDS.get(plan.meet_again, 0)
    return Wishes(
        companions=_companions(gathering, people),
        competitors=_competitors(gathering, people),
        first_timers=sorted(first_timers(gathering).intersection(people)),
        greeters=_greeters(gathering, people),
        meet_again=_fading(gathering, people) if reward else (),
        meet_again_reward=reward,
    )


def history_of(gathering: Gathering, people: Collection[int]) -> dict[Pair, int | Sequence[int]]:
    """For each pair that has met in this circle or its sisters: how many gatherings ago, 1 for the last."""
    met = (
        Encounter.objects.filter(circle__in=gathering.circle.family(), one__in=people, other__in=people)
        .filter(gathering__starts_at__lt=gathering.starts_at)
        .order_by("-gathering__starts_at", "gathering")
        .values_list("gathering", "one", "other")
    )
    ages: dict[int, int] = {}
    history: dict[frozenset[int], list[int]] = defaultdict(list)
    for earlier, one, other in met:
        age = ages.setdefault(earlier, len(ages) + 1)
        if age <= REMEMBERED_GATHERINGS:
            history[frozenset((one, other))].append(age)
    return {pair: tuple(ages) for pair, ages in history.items()}


def _companions(gathering: Gathering, people: Collection[int]) -> list[frozenset[int]]:
    came_with = gathering.rsvps.going().exclude(companion=None).values_list("person", "companion")
    return _pairs_among(came_with, people)


def _competitors(gathering: Gathering, people: Collection[int]) -> list[frozenset[int]]:
    """Pairs whose employers compete in this circle, unless both said they may share a table."""
    rivals = Competition.objects.filter(circle=gathering.circle).values_list("one", "other")
    if not rivals:
        return []
    employees: dict[int, list[int]] = defaultdict(list)
    today = localdate()
    jobs = Affiliation.objects.filter(Q(ended_on=None) | Q(ended_on__gte=today), person__in=people)
    for employer, person in jobs.values_list("employer", "person"):
        employees[employer].append(person)
    consenting = set(
        Membership.objects.filter(circle=gathering.circle, sits_with_competitors=True).values_list(
            "person", flat=True
        )
    )
    pairs = [(a, b) for one, other in rivals for a in employees[one] for b in employees[other]]
    return [pair for pair in _pairs_among(pairs, people) if not pair <= consenting]


def _greeters(gathering: Gathering, people: Collection[int]) -> list[int]:
    """The circle's greeters who are here, and the hosts."""
    roles = (Membership.Role.GREETER, Membership.Role.HOST, Membership.Role.ORGANISER)
    greeting = gathering.circle.memberships.inside().filter(role__in=roles, person__in=people)
    hosts = gathering.hosts.filter(pk__in=people).values_list("pk", flat=True)
    return sorted({*greeting.values_list("person", flat=True), *hosts})


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

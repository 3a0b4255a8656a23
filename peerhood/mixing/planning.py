"""Planning: an organiser mixes the tables, changes what they like, shows a round, and says it took place.

Making a plan again keeps the rounds that were already shown and every pin, and
seats the rest for whoever is here now. The engine runs before the transaction:
no row stays locked while it thinks.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations
from typing import cast

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.gatherings.models import Gathering
from peerhood.gatherings.permissions import can_facilitate, can_host
from peerhood.mixing import engine
from peerhood.mixing.figures import figures_of
from peerhood.mixing.framing import people_to_seat, pins_of, problem_of
from peerhood.mixing.models import Encounter, Plan, Round, Seat
from peerhood.mixing.words import sentences_of
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal

FEWEST_PEOPLE = 4


def make_plan(
    gathering: Gathering, *, by: Person, rounds_count: int, table_size: int, seed: int | None = None
) -> Plan:
    """Seat everybody for so many rounds; ``seed`` None takes the next one, so that asking again differs."""
    if not can_host(by, gathering):
        raise PermissionDenied
    people = people_to_seat(gathering)
    if len(people) < FEWEST_PEOPLE:
        raise Refusal(_("There are too few people to mix. From four on it makes sense."))
    plan = Plan.objects.filter(gathering=gathering).first() or Plan(gathering=gathering, seed=0)
    shown = _shown_rounds(plan)
    plan.table_size, plan.rounds_count = table_size, max(rounds_count, len(shown))
    plan.seed = plan.seed + 1 if seed is None else seed
    try:
        solved = _solve(plan, people, shown)
    except engine.Contradiction as contradiction:
        raise Refusal(" ".join(sentences_of(contradiction))) from contradiction
    return _keep(plan, solved, shown, by)


def _shown_rounds(plan: Plan) -> list[list[list[int]]]:
    """The seats of the rounds that people have seen, which stay as they are."""
    if plan.pk is None:
        return []
    seen = plan.rounds.exclude(state=Round.State.PLANNED).prefetch_related("seats")
    return [_tables(round.seats.all()) for round in seen]


def _tables(seats: Iterable[Seat]) -> list[list[int]]:
    tables: dict[int, list[int]] = defaultdict(list)
    for seat in seats:
        tables[seat.table].append(seat.person_id)
    return [tables[number] for number in range(1, max(tables, default=0) + 1)]


def _solve(plan: Plan, people: list[int], shown: list[list[list[int]]]) -> engine.Plan:
    if not shown:
        return engine.solve(problem_of(plan, people), seed=plan.seed)
    # Whoever sat in a shown round belongs to the problem, even if they have left since.
    before = sorted({person for tables in shown for table in tables for person in table})
    coming = range(len(shown) + 1, plan.rounds_count + 1)
    everybody = sorted({*before, *people})
    sizes = engine.even_tables(len(people), plan.table_size)
    framed = problem_of(plan, everybody, keep_pins=False)
    problem = engine.Problem(
        everybody,
        [[len(table) for table in tables] for tables in shown] + [sizes for _round in coming],
        history=framed.history,
        wishes=framed.wishes,
        pins=[pin for pin in pins_of(plan, people, len(sizes)) if pin.round in coming],
        absences={
            **{number: _missing(everybody, tables) for number, tables in enumerate(shown, 1)},
            **{number: set(everybody) - set(people) for number in coming},
        },
    )
    fresh = engine.solve(problem, seed=plan.seed, moves=1)
    frozen = engine.rebuild(problem, [*shown, *fresh.rounds[len(shown) :]])
    return engine.remix(frozen, after_round=len(shown), seed=plan.seed)


def _missing(everybody: list[int], tables: list[list[int]]) -> set[int]:
    return set(everybody) - {person for table in tables for person in table}


@transaction.atomic
def _keep(plan: Plan, solved: engine.Plan, shown: list, by: Person) -> Plan:
    """Store the seats of the rounds to come; pins stay pinned."""
    if plan.pk:
        _lock(plan)
        if plan.rounds.exclude(state=Round.State.PLANNED).count() != len(shown):
            raise Refusal(_("A round was shown meanwhile. Mix again: that round will be kept."))
    plan.figures, plan.made_by, plan.made_at = figures_of(solved), by, now()
    plan.save()
    pinned = set(
        Seat.objects.filter(round__plan=plan, is_pinned=True).values_list(
            "round__number", "table", "person_id"
        )
    )
    plan.rounds.filter(number__gt=len(shown)).delete()
    rounds = Round.objects.bulk_create(
        Round(plan=plan, number=number) for number in range(len(shown) + 1, plan.rounds_count + 1)
    )
    Seat.objects.bulk_create(
        Seat(round=round, table=table, person_id=person, is_pinned=(round.number, table, person) in pinned)
        for round in rounds
        for table, seated in enumerate(cast(list[list[int]], solved.rounds[round.number - 1]), 1)
        for person in seated
    )
    journal.record("plan.made", plan, by=by)
    return plan


@transaction.atomic
def pin(seat: Seat, *, by: Person, is_pinned: bool) -> Seat:
    """Hold a person at this table in this round whenever the tables are mixed again; or let go."""
    plan = _lock_hosted(seat.round.plan, by)
    (seat,) = _as_they_stand(seat)
    seat.is_pinned = is_pinned
    seat.save(update_fields=["is_pinned"])
    journal.record("seat.pinned" if is_pinned else "seat.unpinned", plan, by=by)
    return seat


@transaction.atomic
def swap(seat: Seat, other: Seat, *, by: Person) -> None:
    """Let two people of one round change places; the figures are reckoned anew."""
    plan = _lock_hosted(seat.round.plan, by)
    seat, other = _as_they_stand(seat, other)
    if seat.round_id != other.round_id:
        raise Refusal(_("These two sit in different rounds."))
    if seat.round.state == Round.State.HELD:
        raise Refusal(_("This round took place; it stays as it was."))
    if seat.is_pinned or other.is_pinned:
        raise Refusal(_("One of the two is pinned. Let go of the pin first."))
    # One person has one seat a round, so the tables change hands and the people stay.
    seat.table, other.table = other.table, seat.table
    Seat.objects.bulk_update([seat, other], ["table"])
    _reckon(plan)
    if seat.round.state == Round.State.PUBLISHED:
        journal.record("round.reseated", seat.round, by=by)


def _as_they_stand(*seats: Seat) -> list[Seat]:
    """The seats read anew under the plan's lock: another host may just have moved these people."""
    found = Seat.objects.select_related("round").in_bulk([seat.pk for seat in seats])
    if len(found) < len({seat.pk for seat in seats}):
        raise Refusal(_("The tables were mixed again meanwhile. Look at them once more."))
    return [found[seat.pk] for seat in seats]


def _reckon(plan: Plan) -> None:
    """Write down what the seats as they stand are worth."""
    rounds = [_tables(round.seats.all()) for round in plan.rounds.prefetch_related("seats")]
    everybody = sorted({person for tables in rounds for table in tables for person in table})
    framed = problem_of(plan, everybody, keep_pins=False)
    problem = engine.Problem(
        everybody,
        [[max(1, len(table)) for table in tables] for tables in rounds],
        history=framed.history,
        wishes=framed.wishes,
        absences={number: _missing(everybody, tables) for number, tables in enumerate(rounds, 1)},
    )
    plan.figures = figures_of(engine.rebuild(problem, rounds))
    plan.save(update_fields=["figures"])


@transaction.atomic
def publish_round(round: Round, *, by: Person) -> Round:
    """Show a round on every phone and on the big screen. Twice is once."""
    _lock_hosted(round.plan, by, may=can_facilitate)
    round.refresh_from_db()
    if round.state == Round.State.PLANNED:
        round.state, round.published_at = Round.State.PUBLISHED, now()
        round.save(update_fields=["state", "published_at"])
        journal.record("round.published", round, by=by)
    return round


@transaction.atomic
def hold_round(round: Round, *, by: Person) -> Round:
    """Say that a round took place: its tables become encounters, once. Who is not here sat with nobody."""
    plan = _lock_hosted(round.plan, by, may=can_facilitate)
    round.refresh_from_db()
    if round.state == Round.State.HELD:
        return round
    if round.state == Round.State.PLANNED:
        raise Refusal(_("This round was never shown."))
    here = set(people_to_seat(plan.gathering))
    Encounter.objects.bulk_create(
        (
            Encounter(
                circle_id=plan.gathering.circle_id,
                gathering=plan.gathering,
                round_number=round.number,
                one_id=one,
                other_id=other,
            )
            for table in _tables(round.seats.all())
            for one, other in combinations(sorted(here.intersection(table)), 2)
        ),
        ignore_conflicts=True,
    )
    round.state, round.held_at = Round.State.HELD, now()
    round.save(update_fields=["state", "held_at"])
    journal.record("round.held", round, by=by)
    return round


def _lock(plan: Plan) -> Plan:
    return Plan.objects.select_for_update(of=("self",)).select_related("gathering__circle").get(pk=plan.pk)


def _lock_hosted(plan: Plan, by: Person, may: Callable[[Person, Gathering], bool] = can_host) -> Plan:
    plan = _lock(plan)
    if not may(by, plan.gathering):
        raise PermissionDenied
    return plan

"""Planning: an organiser mixes the tables, and mixes them again for whoever is here.

Mixing gives valid tables at once; then the worker looks on for better ones
(``searching``). Mixing again keeps the rounds that were shown and every pin, and
seats the rest for whoever is here now. The engine runs before the transaction: no row
stays locked while it thinks, and a plan that was changed meanwhile is left alone.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.gatherings.models import Gathering
from peerhood.gatherings.permissions import can_facilitate, can_host
from peerhood.mixing import engine, searching
from peerhood.mixing.engine import Pin
from peerhood.mixing.figures import figures_of
from peerhood.mixing.framing import parts_of, people_to_seat, problem_of, sizes_of
from peerhood.mixing.models import Plan
from peerhood.mixing.seating import Standing, Tables, as_plan, lay, standing_of
from peerhood.mixing.words import sentences_of
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal

FEWEST_PEOPLE = 4


class Touched(Refusal):
    """Somebody changed the plan while the engine was thinking. What they did stands."""

    def __init__(self) -> None:
        super().__init__(
            _("Somebody changed the tables meanwhile. Look at them, then mix again if you like.")
        )


def make_plan(
    gathering: Gathering,
    *,
    by: Person,
    rounds_count: int,
    table_size: int,
    meet_again: str = Plan.MeetAgain.FEW,
    seed: int | None = None,
) -> Plan:
    """Seat everybody for so many rounds; ``seed`` None takes the next one, so that asking again differs."""
    if not can_host(by, gathering):
        raise PermissionDenied
    begun_at, people = now(), _enough_people(gathering)
    plan = Plan.objects.filter(gathering=gathering).first() or Plan(seed=0)
    plan.gathering = gathering
    standing = standing_of(plan)
    plan.table_size = table_size
    plan.rounds_count = max(rounds_count, standing.shown_count - standing.grouped_count)
    plan.meet_again = meet_again
    plan.seed = plan.seed + 1 if seed is None else seed
    with _clashes_in_words():
        solved = _solved(plan, people, standing)
    try:
        with transaction.atomic():
            _keep(plan, solved, after=standing.shown_count, by=by)
            searching.begin(plan)
    except Touched:
        return _asked_twice(plan, begun_at)
    return plan


def _asked_twice(plan: Plan, begun_at: datetime) -> Plan:
    """Two hosts pressed at once and wanted the same: one of them got it, and that is the other's as well."""
    asked = {name: getattr(plan, name) for name in ("gathering", "table_size", "rounds_count", "meet_again")}
    twin = Plan.objects.filter(**asked, made_at__gte=begun_at).first()
    if twin is None:
        raise Touched
    return twin


def _enough_people(gathering: Gathering) -> list[int]:
    people = people_to_seat(gathering)
    if len(people) < FEWEST_PEOPLE:
        raise Refusal(_("There are too few people to mix. From four on it makes sense."))
    return people


@contextmanager
def _clashes_in_words() -> Iterator[None]:
    """What cannot be seated is refused with the reason."""
    try:
        yield
    except engine.Contradiction as contradiction:
        raise Refusal(" ".join(sentences_of(contradiction))) from contradiction


def _solved(plan: Plan, people: list[int], standing: Standing) -> engine.Plan:
    budget = settings.MIXING["at_once"]
    parts = parts_of(plan.gathering, people)
    sizes = sizes_of(parts, plan.table_size)
    rounds_count = plan.rounds_count + standing.grouped_count
    coming = [sizes] * (rounds_count - standing.shown_count)
    kept = _kept_pins(standing, people, rounds_count, len(sizes))
    if standing.shown_count:
        return _seated_anew(plan, standing, people, standing.shown_count, coming, kept, budget)
    if len(parts) > 1:
        return _solved_by_parts(plan, parts, kept, rounds_count)
    present = [people] * rounds_count
    return engine.solve(problem_of(plan, present, coming, pins=kept), seed=plan.seed, **budget)


def _solved_by_parts(
    plan: Plan, parts: Sequence[Sequence[int]], kept: Sequence[Pin], rounds_count: int
) -> engine.Plan:
    """Room and call each by themselves: one search over both would have to swap whole tables."""
    pins: list[Pin] = []
    sizes: list[int] = []
    rounds: list[list[Any]] = [[] for _ in range(rounds_count)]
    for part in parts:
        own, first = sizes_of([part], plan.table_size), len(sizes)
        # A pin to a table of the other part can be kept no more.
        here = [pin for pin in kept if pin.person in part and first < pin.table <= first + len(own)]
        moved = [Pin(pin.person, pin.round, pin.table - first) for pin in here]
        problem = problem_of(plan, [part] * rounds_count, [own] * rounds_count, pins=moved)
        solved = engine.solve(problem, seed=plan.seed, **settings.MIXING["at_once"])
        for tables, more in zip(rounds, solved.rounds, strict=True):
            tables += more
        pins += here
        sizes += own
    everybody = [person for part in parts for person in part]
    whole = problem_of(plan, [everybody] * rounds_count, [sizes] * rounds_count, pins=pins)
    return engine.rebuild(whole, rounds)


def _kept_pins(standing: Standing, people: list[int], rounds_count: int, table_count: int) -> list[Pin]:
    """The pins of rounds to come, for somebody who is here, at a table that stands today."""
    here = set(people)
    return [
        pin
        for pin in standing.pins
        if standing.shown_count < pin.round <= rounds_count
        and pin.person in here
        and pin.table <= table_count
    ]


def _seated_anew(
    plan: Plan,
    standing: Standing,
    people: list[int],
    frozen: int,
    tables: Sequence[Sequence[int]],
    pins: list[Pin],
    budget: dict[str, Any],
) -> engine.Plan:
    """Seats for whoever is here, from those there are: rounds after ``frozen`` have these tables now."""
    stored = as_plan(plan, standing, pins=pins, arriving=people)
    return engine.remix(
        stored,
        after_round=frozen,
        absent=standing.people.difference(people),
        arrived=people,
        tables=tables,
        seed=plan.seed,
        **budget,
    )


def remix(gathering: Gathering, *, by: Person) -> Plan:
    """Seat whoever is here now, in the round on the screens as well as in those to come.

    Who came late gets a chair, who left gives theirs up. Nobody who was shown a table moves,
    unless they would sit there alone.
    """
    if not can_facilitate(by, gathering):
        raise PermissionDenied
    plan = Plan.objects.filter(gathering=gathering).first()
    if plan is None:
        raise Refusal(_("There are no tables yet. Mix them first."))
    plan.gathering = gathering
    people, standing = _enough_people(gathering), standing_of(plan)
    frozen = standing.shown_count - standing.is_on_screen
    if frozen == len(standing.rounds):
        raise Refusal(_("Every round took place. For another one, mix again on the tables page."))
    parts = parts_of(gathering, people)
    sizes = sizes_of(parts, plan.table_size)
    pins = _kept_pins(standing, people, len(standing.rounds), len(sizes))
    tables: list[Sequence[int]] = [sizes] * (len(standing.rounds) - standing.shown_count)
    if standing.is_on_screen:
        staying = _staying(standing.rounds[frozen], people)
        pins += [Pin(who, frozen + 1, number) for number, table in enumerate(staying, 1) for who in table]
        tables.insert(0, _chairs(staying, parts, standing.group_sizes[frozen] or plan.table_size))
    with _clashes_in_words():
        solved = _seated_anew(plan, standing, people, frozen, tables, pins, settings.MIXING["in_the_room"])
    return _keep(plan, solved, after=frozen, by=by, event="plan.remixed")


def _staying(shown: Tables, people: list[int]) -> Tables:
    """Who keeps the table they were shown: everybody who is here, but whoever nobody will join."""
    here = set(people)
    staying = [[person for person in table if person in here] for table in shown]
    alone_count = sum(len(table) == 1 for table in staying)
    arrived_count = len(here.difference(*shown))
    if alone_count > arrived_count:
        return [table if len(table) > 1 else [] for table in staying]
    return staying


def _chairs(staying: Tables, parts: Sequence[Sequence[int]], table_size: int) -> list[int]:
    """Room at each table for one more than usual; further tables for a part for which that is not enough."""
    chairs = [max(len(table), table_size + 1) for table in staying]
    further = []
    for part in parts:
        own = [seats for table, seats in zip(staying, chairs, strict=True) if not {*table}.difference(part)]
        lacking = len(part) - sum(own)
        further += [table_size] * -(-max(0, lacking) // table_size)
    return chairs + further


@transaction.atomic
def _keep(plan: Plan, solved: engine.Plan, *, after: int, by: Person, event: str = "plan.made") -> Plan:
    """Store the seats of the rounds after this one, unless the plan was changed since it was read."""
    stored, _is_new = Plan.objects.select_for_update().get_or_create(
        gathering=plan.gathering, defaults={"seed": plan.seed}
    )
    if stored.version != plan.version:
        raise Touched
    plan.pk, plan.version = stored.pk, stored.version + 1
    plan.figures, plan.made_by, plan.made_at = figures_of(solved, is_hurried=True), by, now()
    plan.save(force_update=True)
    lay(plan, cast(list[Tables], solved.rounds), after=after)
    journal.record(event, plan, by=by)
    return plan

"""Tables: the rounds that took place at past gatherings, seated by the mixing engine itself.

Each plan reads the encounters of those before it, as a real one does.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator
from datetime import timedelta
from itertools import combinations
from typing import Any, cast

from peerhood.circles.models import Membership
from peerhood.demo.network.content import circle_specs
from peerhood.demo.network.planted import SEED, Planted
from peerhood.demo.network.rows import plant, pour
from peerhood.gatherings.models import Gathering
from peerhood.mixing import engine
from peerhood.mixing.figures import figures_of
from peerhood.mixing.framing import REMEMBERED_GATHERINGS
from peerhood.mixing.models import Encounter, Plan, Round, Seat

# Enough for tables nobody complains of, in a hundredth of a second each.
MOVES = 400
ROUND_MINUTES = 20
# At a circle's first gatherings nearly everybody is new, and nobody is a first-timer among regulars.
ALL_NEW = 3
# At which gatherings, counted from the first, a pair shared a table.
Met = dict[frozenset[int], list[int]]
Seating = list[list[int]]


def plant_tables(planted: Planted) -> str:
    plans = [plan for spec in circle_specs() for plan in _plans(spec, planted)]
    plant(stored for stored, _seatings in plans)
    rounds = plant(round for stored, _seatings in plans for round in _rounds(stored))
    seated = list(zip(rounds, (tables for _stored, seatings in plans for tables in seatings), strict=True))
    seats = [
        (round.pk, number, person)
        for round, tables in seated
        for number, table in enumerate(tables, start=1)
        for person in table
    ]
    pour(Seat, ("round", "table", "person"), seats)
    encounters = [encounter for round, tables in seated for encounter in _encounters(round, tables)]
    pour(Encounter, ("circle", "gathering", "round_number", "one", "other"), encounters)
    planted.met_at = {(one, other): gathering for _circle, gathering, _round, one, other in encounters}
    return f"{len(plans)} plans, {len(rounds)} rounds, {len(seats)} seats, {len(encounters)} encounters"


def _encounters(round: Round, tables: Seating) -> Iterator[tuple[int, int, int, int, int]]:
    gathering = round.plan.gathering
    where = gathering.circle_id, gathering.pk, round.number
    for table in tables:
        for one, other in combinations(sorted(table), 2):
            yield (*where, one, other)


def _plans(spec: dict[str, Any], planted: Planted) -> Iterator[tuple[Plan, list[Seating]]]:
    told = spec["series"]
    met: Met = defaultdict(list)
    been: set[int] = set()
    for number, gathering in enumerate(planted.past[spec["slug"]]):
        here = [person.pk for person in planted.present(gathering)]
        problem = engine.Problem(
            here,
            [engine.even_tables(len(here), told["table_size"])] * told["rounds_count"],
            history=_history(met, number),
            wishes=_wishes(spec, planted, set(here) - been if number >= ALL_NEW else set()),
        )
        solved = engine.solve(problem, seed=SEED, moves=MOVES)
        been |= set(here)
        # The engine calls people whatever it is given; here they are keys.
        seatings = [[cast("list[int]", list(table)) for table in tables] for tables in solved.rounds]
        for tables in seatings:
            for table in tables:
                for pair in combinations(table, 2):
                    met[frozenset(pair)].append(number)
        yield _stored(gathering, solved, told, planted), seatings


def _history(met: Met, number: int) -> dict[Collection[Hashable], list[int]]:
    """How many gatherings ago each pair shared a table, as far back as a plan looks."""
    ages = {
        pair: [number - time for time in times if number - time <= REMEMBERED_GATHERINGS]
        for pair, times in met.items()
    }
    return {pair: listed for pair, listed in ages.items() if listed}


def _wishes(spec: dict[str, Any], planted: Planted, first_timers: set[int]) -> engine.Wishes:
    greeting = (Membership.Role.GREETER, Membership.Role.ORGANISER)
    members = planted.members[spec["slug"]]
    return engine.Wishes(
        competitors=_competitors(members, planted) if spec["employers"] == "forum" else (),
        first_timers=first_timers,
        greeters=[member.person_id for member in members if member.role in greeting],
    )


def _competitors(members: list[Membership], planted: Planted) -> list[tuple[int, int]]:
    """Pairs whose employers compete and who have not both said that they do not mind."""
    slug = members[0].circle.slug
    rivals = {frozenset((c.one_id, c.other_id)) for c in planted.circles[slug].competitions.all()}
    return [
        (one.person_id, other.person_id)
        for one, other in combinations(members, 2)
        if {planted.employer_of[one.person_id].pk, planted.employer_of[other.person_id].pk} in rivals
        and not (one.sits_with_competitors and other.sits_with_competitors)
    ]


def _stored(gathering: Gathering, solved: engine.Plan, told: dict[str, Any], planted: Planted) -> Plan:
    return Plan(
        gathering=gathering,
        table_size=told["table_size"],
        rounds_count=told["rounds_count"],
        seed=SEED,
        figures=figures_of(solved),
        made_at=gathering.starts_at + timedelta(minutes=15),
        made_by=next(rsvp.checked_in_by for rsvp in planted.guests[gathering.pk] if rsvp.checked_in_by),
    )


def _rounds(plan: Plan) -> Iterator[Round]:
    for number in range(1, plan.rounds_count + 1):
        begins = plan.gathering.starts_at + timedelta(minutes=20 + ROUND_MINUTES * (number - 1))
        yield Round(
            plan=plan,
            number=number,
            state=Round.State.HELD,
            published_at=begins,
            held_at=begins + timedelta(minutes=ROUND_MINUTES - 2),
        )

"""Rounds: a host changes the tables by hand, shows a round, and says that it took place.

Each act holds the plan's lock and counts up its version, so that whoever has been
thinking about the plan as it was hears that it changed.
"""

from collections.abc import Callable
from itertools import combinations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.gatherings.models import Gathering
from peerhood.gatherings.permissions import can_facilitate, can_host
from peerhood.mixing.figures import figures_of
from peerhood.mixing.framing import people_to_seat
from peerhood.mixing.models import Encounter, Plan, Round, Seat
from peerhood.mixing.seating import as_plan, lock, standing_of, tables_of
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal


@transaction.atomic
def pin(seat: Seat, *, by: Person, is_pinned: bool) -> Seat:
    """Hold a person at this table in this round whenever the tables are mixed again; or let go."""
    plan = _lock_hosted(seat.round.plan, by)
    (seat,) = _as_they_stand(seat)
    seat.is_pinned = is_pinned
    seat.save(update_fields=["is_pinned"])
    _count_change(plan)
    journal.record("seat.pinned" if is_pinned else "seat.unpinned", plan, by=by)
    return seat


def _lock_hosted(plan: Plan, by: Person, may: Callable[[Person, Gathering], bool] = can_host) -> Plan:
    plan = lock(plan)
    if not may(by, plan.gathering):
        raise PermissionDenied
    return plan


def _as_they_stand(*seats: Seat) -> list[Seat]:
    """The seats read anew under the plan's lock: another host may just have moved these people."""
    found = Seat.objects.select_related("round").in_bulk([seat.pk for seat in seats])
    if len(found) < len({seat.pk for seat in seats}):
        raise Refusal(_("The tables were mixed again meanwhile. Look at them once more."))
    return [found[seat.pk] for seat in seats]


def _count_change(plan: Plan) -> None:
    """Whoever has been thinking about the plan as it was is too late now."""
    plan.version += 1
    plan.save(update_fields=["version", "figures"])


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
    reckon(plan)
    if seat.round.state == Round.State.PUBLISHED:
        journal.record("round.reseated", seat.round, by=by)


@transaction.atomic
def free_chairs(plan: Plan, person: Person) -> None:
    """Give up somebody's chairs in the rounds that nobody has been shown: they are gone for good."""
    plan = lock(plan)
    Seat.objects.filter(round__plan=plan, round__state=Round.State.PLANNED, person=person).delete()
    if Seat.objects.filter(round__plan=plan).exists():
        reckon(plan)


def reckon(plan: Plan) -> None:
    """Write down what the seats as they stand are worth."""
    plan.figures = figures_of(as_plan(plan, standing_of(plan)), is_hurried=True)
    _count_change(plan)


@transaction.atomic
def publish(round: Round, *, by: Person) -> Round:
    """Show a round on every phone and on the big screen. Twice is once."""
    plan = _lock_hosted(round.plan, by, may=can_facilitate)
    round.refresh_from_db()
    if round.state == Round.State.PLANNED:
        round.state, round.published_at = Round.State.PUBLISHED, now()
        round.save(update_fields=["state", "published_at"])
        _count_change(plan)
        journal.record("round.published", round, by=by)
    return round


@transaction.atomic
def hold(round: Round, *, by: Person) -> Round:
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
            for table in tables_of(round.seats.values_list("table", "person"))
            for one, other in combinations(sorted(here.intersection(table)), 2)
        ),
        ignore_conflicts=True,
    )
    round.state, round.held_at = Round.State.HELD, now()
    round.save(update_fields=["state", "held_at"])
    _count_change(plan)
    journal.record("round.held", round, by=by)
    return round

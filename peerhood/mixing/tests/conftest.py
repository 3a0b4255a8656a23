"""An evening of twelve, hosted by Ada, who is one of them."""

import pytest

from peerhood.gatherings.models import Rsvp
from peerhood.mixing import planning, searching
from peerhood.mixing.figures import figures_of
from peerhood.mixing.models import Plan
from peerhood.mixing.seating import as_plan, lay, standing_of


@pytest.fixture
def evening(makers, ada, gathering, person):
    """Twelve people have a seat; Ada hosts and is one of them."""
    evening = gathering(makers, title="Evening", capacity=40)
    evening.hosts.add(ada)
    guests = [ada, *(person(f"Guest{n} Guestson") for n in range(11))]
    for guest in guests:
        evening.rsvps.create(person=guest, status=Rsvp.Status.GOING)
    type(evening).objects.filter(pk=evening.pk).update(going_count=len(guests), room_taken=len(guests))
    return evening


@pytest.fixture
def plan(evening, ada):
    return planning.make_plan(evening, by=ada, rounds_count=3, table_size=4, seed=1)


@pytest.fixture
def spoil():
    """Make a plan as poor as can be, whatever the engine found: every round is like the last one."""

    def spoiled(plan):
        laid = standing_of(plan).rounds
        lay(plan, [laid[-1]] * len(laid), after=0)
        plan.figures = figures_of(as_plan(plan, standing_of(plan)), is_hurried=True)
        plan.save()
        searching.begin(plan)
        return Plan.objects.get(pk=plan.pk)

    return spoiled


@pytest.fixture
def poor(evening, ada, spoil):
    """Seven rounds in which everybody meets the same three again and again; a search is asked for."""
    return spoil(planning.make_plan(evening, by=ada, rounds_count=7, table_size=4, seed=1))


@pytest.fixture
def seats():
    """Every round's tables, as they are stored: ``seats(plan)``."""

    def read(plan):
        return [
            sorted(round.seats.values_list("table", "person_id")) for round in plan.rounds.order_by("number")
        ]

    return read

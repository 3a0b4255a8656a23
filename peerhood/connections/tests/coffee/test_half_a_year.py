"""Half a year of weekly coffee for 41 people, through the acts and the worker, on the database."""

from datetime import datetime, timedelta
from itertools import combinations
from random import Random

import pytest
import time_machine

from peerhood.connections.coffee import joining, memory, rounds
from peerhood.connections.models import CoffeeRound
from peerhood.connections.tests.coffee.conftest import BEFORE, MONDAY, worker
from peerhood.people.models import Person

pytestmark = pytest.mark.django_db
WEEKS = 26


def hold_half_a_year(makers, ada, people):
    """Yields each round's cups and who ought to be in one."""
    draw = Random(7)
    with time_machine.travel(BEFORE, tick=False) as clock:
        rounds.set_cadence(makers, by=ada, every_days=7, first_on=MONDAY)
        for each in people:
            joining.make_a_habit(makers, each, every_round=True, paused_until=None)
        for week in range(WEEKS):
            pairs_at = datetime.combine(MONDAY, datetime.min.time(), BEFORE.tzinfo) + timedelta(weeks=week)
            # Now and then somebody pauses for three weeks; another leaves one round out.
            if week % 3 == 1:
                for away in draw.sample(people, 4):
                    until = pairs_at.date() + timedelta(days=20)
                    joining.make_a_habit(makers, away, every_round=True, paused_until=until)
            clock.move_to(pairs_at - timedelta(days=3))
            worker()
            round = CoffeeRound.objects.open().get()
            joining.skip(round, draw.choice(people))
            expected = set(round.seats.values_list("person", flat=True))
            clock.move_to(pairs_at + timedelta(hours=12))
            worker()
            found = {}
            for pair, person in round.seats.values_list("pair", "person"):
                found.setdefault(pair, []).append(person)
            yield expected, found


@pytest.fixture
def forty_one(makers, ada, ben, chi):
    people = [ada, ben, chi]
    for number in range(38):
        # Without an address: what is sent is the other tests' to see.
        each = Person.objects.create_user(None, name=f"Person {number}")
        makers.memberships.create(person=each)
        people.append(each)
    return people


def test_half_a_year_repeats_nobody_and_drops_nobody(makers, ada, forty_one):
    met, sizes = set(), set()
    for expected, cups in hold_half_a_year(makers, ada, forty_one):
        assert None not in cups
        assert {person for cup in cups.values() for person in cup} == expected
        assert sorted(map(len, cups.values()))[:-1] == [2] * (len(cups) - 1)
        assert sum(map(len, cups.values())) % 2 == (3 in map(len, cups.values()))
        sizes.add(len(expected) % 2)
        pairs = {frozenset(both) for cup in cups.values() for both in combinations(cup, 2)}
        assert not pairs & met
        met |= pairs
    assert sizes == {0, 1}  # odd rounds and even ones were both among them
    assert CoffeeRound.objects.paired().count() == WEEKS


def test_control_without_the_memory_people_meet_again(makers, ada, forty_one, monkeypatch):
    monkeypatch.setattr(memory, "history_of", lambda people: {})
    met, again = set(), 0
    for number, (_expected, cups) in enumerate(hold_half_a_year(makers, ada, forty_one)):
        pairs = {frozenset(both) for cup in cups.values() for both in combinations(cup, 2)}
        again += len(pairs & met)
        met |= pairs
        if number == 8:
            break
    assert again > 0

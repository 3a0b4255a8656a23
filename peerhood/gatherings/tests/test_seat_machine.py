"""The arithmetic of seats, whatever anybody does in whatever order (R9): a state machine of thousands of steps.

After every step the places taken are never more than there are, unless somebody lowered their
number; nobody waits who could have a place; whoever gets one stood first; and the counters on
the row say what stands in the rows below it.
"""

import os
from datetime import timedelta

import pytest
from django.utils.timezone import now
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from peerhood.circles.models import Circle
from peerhood.gatherings import planning, rsvp
from peerhood.gatherings.coming import choosing, holding, line, seats
from peerhood.gatherings.models import Gathering, Hold, Part, Policy, Rsvp
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal

# The whole of it: PEERHOOD_SEAT_STEPS=20000 (some minutes); every run of the tests takes a part of them.
STEPS = int(os.environ.get("PEERHOOD_SEAT_STEPS", "1000"))
STEPS_EACH = 50
PEOPLE = 7
WHO = st.integers(0, PEOPLE - 1)
PARTS = st.sampled_from(list(Part))
Status = Rsvp.Status


class Seats(RuleBasedStateMachine):
    """One gathering in a room and online, seven people, one organiser, and strangers who give an address."""

    @initialize(
        policy=st.sampled_from(list(Policy)),
        needs_approval=st.booleans(),
        capacity=st.integers(1, 4),
        online_capacity=st.integers(1, 3),
    )
    def begin(self, **fields):
        # Each machine runs in the same transaction; the one before it leaves its people, and no gathering.
        Gathering.objects.all().delete()
        circle, _is_new = Circle.objects.get_or_create(
            slug="machine",
            defaults={"name": "Machine", "language": "en", "time_zone": "Europe/Stockholm", "kind": "open"},
        )
        self.people = [
            Person.objects.get_or_create(email=f"m{n}@example.org", defaults={"name": f"M{n} Mason"})[0]
            for n in range(PEOPLE)
        ]
        self.host = Person.objects.get_or_create(email="h@example.org", defaults={"name": "Hedda Host"})[0]
        starts_at = now() + timedelta(days=9)
        self.gathering = Gathering.objects.create(
            circle=circle,
            title="Machine",
            state="published",
            mode="hybrid",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=3),
            time_zone="Europe/Stockholm",
            guests_allowed=2,
            **fields,
        )
        self.gathering.hosts.add(self.host)
        self.allowed = {part: self.gathering.capacity_of(part) for part in Part}

    def try_to(self, act, *args, **kwargs):
        """Do it, or be refused: what is refused changes nothing that the invariants would miss."""
        before = self.line()
        try:
            act(*args, **kwargs)
        except Refusal:
            return
        if act is not choosing.choose:
            self.check_that_nobody_was_passed(before)

    def line(self):
        found = Gathering.objects.get(pk=self.gathering.pk)
        return {part: list(seats.line_of(found, part).values_list("pk", flat=True)) for part in Part}

    def check_that_nobody_was_passed(self, before):
        """Of those who waited and may have a place, whoever got one stood before all who still wait."""
        for part, before_it in before.items():
            answers = Rsvp.objects.filter(pk__in=before_it, part=part).values_list("pk", "status")
            states = dict(answers)
            still = [pk for pk in before_it if states.get(pk) == Status.WAITLISTED]
            given = [pk for pk in before_it if states.get(pk) in Rsvp.TAKING]
            if still and given:
                assert before_it.index(given[-1]) < before_it.index(still[0])

    def answer_of(self, who):
        return self.gathering.rsvps.filter(person=self.people[who]).first()

    @rule(who=WHO, part=PARTS, guests=st.integers(0, 2))
    def attend(self, who, part, guests):
        self.try_to(rsvp.attend, self.gathering, self.people[who], part=part, guests=["Gus"] * guests)

    @rule(who=WHO)
    def withdraw(self, who):
        self.try_to(rsvp.withdraw, self.gathering, self.people[who])

    @rule(who=WHO, guests=st.integers(0, 3))
    def bring(self, who, guests):
        self.try_to(rsvp.bring, self.gathering, self.people[who], ["Gus"] * guests)

    @rule(who=WHO, part=PARTS)
    def take_part_in(self, who, part):
        self.try_to(rsvp.take_part_in, self.gathering, self.people[who], part)

    @rule(capacity=st.integers(1, 6), online_capacity=st.integers(1, 5))
    def resize(self, **sizes):
        before = Gathering.objects.get(pk=self.gathering.pk)
        self.try_to(rsvp.resize, self.gathering, by=self.host, **sizes)
        self.allowed = {
            part: max(size, before.taken_in(part))
            for part, size in ((Part.ROOM, sizes["capacity"]), (Part.ONLINE, sizes["online_capacity"]))
        }

    @rule(who=WHO, is_yes=st.booleans())
    def decide(self, who, is_yes):
        if answer := self.answer_of(who):
            self.try_to(choosing.approve if is_yes else choosing.refuse, answer, by=self.host)

    @rule(who=WHO)
    def choose(self, who):
        if answer := self.answer_of(who):
            self.try_to(choosing.choose, answer, "Because.", by=self.host)

    @rule(policy=st.sampled_from(list(Policy)))
    def change_policy(self, policy):
        version = Gathering.objects.values_list("version", flat=True).get(pk=self.gathering.pk)
        planning.edit(self.gathering, by=self.host, version=version, policy=policy)

    @rule(who=st.integers(0, 2), part=PARTS)
    def hold(self, who, part):
        self.try_to(holding.hold, self.gathering, f"stranger{who}@example.org", part=part)

    @rule(who=st.integers(0, 2))
    def confirm(self, who):
        held = self.gathering.holds.filter(address=f"stranger{who}@example.org").first()
        if held:
            self.try_to(holding.confirm, held, f"Stranger{who}")

    @rule()
    def time_of_offers_and_holds_is_over(self):
        past = now() - timedelta(minutes=1)
        self.gathering.rsvps.offered().update(offer_ends_at=past)
        Hold.objects.taking().update(ends_at=past)
        self.try_to(rsvp.settle, self.gathering)

    @precondition(lambda self: self.gathering.starts_at > now() + timedelta(days=1))
    @rule()
    def the_day_before_has_come(self):
        self.gathering.starts_at = now() + timedelta(hours=20)
        Gathering.objects.filter(pk=self.gathering.pk).update(starts_at=self.gathering.starts_at)

    @invariant()
    def places_are_never_exceeded(self):
        found = Gathering.objects.get(pk=self.gathering.pk)
        for part in Part:
            answers = found.rsvps.taking().filter(part=part).values_list("guests_count", flat=True)
            taken = sum(1 + guests for guests in answers) + found.holds.taking().filter(part=part).count()
            assert taken == found.taken_in(part)
            assert taken <= self.allowed[part]
            self.allowed[part] = max(found.capacity_of(part), taken)

    @invariant()
    def nobody_waits_who_could_have_a_place(self):
        found = Gathering.objects.get(pk=self.gathering.pk)
        if found.policy == Policy.BY_CHOICE:
            return
        for part in Part:
            assert not (found.free_in(part) and seats.line_of(found, part).exists())

    @invariant()
    def counters_say_what_stands_in_the_rows(self):
        found = Gathering.objects.get(pk=self.gathering.pk)
        going = found.rsvps.going().values_list("guests_count", flat=True)
        assert found.going_count == sum(1 + guests for guests in going)
        assert found.waiting_count == found.rsvps.waiting().count()
        assert not found.rsvps.exclude(status=Status.GOING).exclude(guests_count=0).exists()


@pytest.mark.django_db
def test_whatever_anybody_does_no_place_is_given_twice_and_nobody_is_passed():
    _run(STEPS)


@pytest.fixture
def machine():
    """A machine whose steps are taken by hand: four seats in the room, one online."""
    machine = Seats()
    machine.begin(policy=Policy.FIRST_COME, needs_approval=False, capacity=4, online_capacity=1)
    return machine


def fill(machine):
    for who in range(PEOPLE):
        machine.attend(who, Part.ROOM, 0)


@pytest.mark.django_db
def test_control_a_line_that_skips_somebody_is_noticed(machine, monkeypatch):
    fill(machine)
    machine.withdraw(0)
    monkeypatch.setattr(
        line, "move_up", lambda gathering: line.give(gathering.rsvps.waiting().last(), "gatherings/moved_up")
    )
    with pytest.raises(AssertionError):
        machine.withdraw(1)


@pytest.mark.django_db
def test_control_a_count_that_forgets_guests_is_noticed(machine, monkeypatch):
    machine.attend(0, Part.ROOM, 1)
    machine.places_are_never_exceeded()
    for question in ("RECOUNT", "KEEP"):
        forgetful = getattr(seats, question).replace("guests_count + 1", "1")
        monkeypatch.setattr(seats, question, forgetful)
    machine.attend(1, Part.ROOM, 1)
    with pytest.raises(AssertionError):
        machine.places_are_never_exceeded()


@pytest.mark.django_db
def test_control_a_seat_that_is_given_to_nobody_is_noticed(machine, monkeypatch):
    fill(machine)
    machine.nobody_waits_who_could_have_a_place()
    monkeypatch.setattr(line, "move_up", lambda gathering: None)
    machine.withdraw(0)
    with pytest.raises(AssertionError):
        machine.nobody_waits_who_could_have_a_place()


def _run(steps):
    machine = Seats.TestCase
    machine.settings = settings(
        max_examples=max(1, steps // STEPS_EACH),
        stateful_step_count=STEPS_EACH,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    machine("runTest").runTest()

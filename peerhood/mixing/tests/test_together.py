"""Tables at a gathering that two circles hold: what is known in either of them counts."""

import pytest
from django.utils import timezone

from peerhood.circles import competing
from peerhood.circles.models import Circle, Membership
from peerhood.gatherings import co_hosting
from peerhood.gatherings.models import Rsvp
from peerhood.mixing import framing
from peerhood.mixing.models import Encounter
from peerhood.people import affiliations

pytestmark = pytest.mark.django_db


@pytest.fixture
def sowers(makers, dot):
    """Another circle, of no kin to Makers; Dot organises."""
    circle = Circle.objects.create(name="Sowers", slug="sowers", language="en", time_zone="Europe/Stockholm")
    circle.memberships.create(person=dot, role=Membership.Role.ORGANISER)
    return circle


@pytest.fixture
def hall(gathering, makers, sowers, ada, ben, chi, dot):
    """Held by Makers; Ben, Chi and Dot have a seat."""
    hall = gathering(makers, title="Hall")
    hall.hosts.add(ada)
    for person in (ben, chi, dot):
        hall.rsvps.create(person=person, status=Rsvp.Status.GOING)
    return hall


@pytest.fixture
def people(ben, chi, dot):
    return [ben.pk, chi.pk, dot.pk]


def agree(hall, circle, by, answerer):
    return co_hosting.agree(co_hosting.ask(hall, circle, by=by), by=answerer)


def test_who_met_in_the_other_circle_has_met(hall, sowers, gathering, people, ada, ben, chi, dot):
    earlier = gathering(sowers, starts_at=timezone.now() - timezone.timedelta(days=9))
    one, other = sorted((chi, dot), key=lambda person: person.pk)
    Encounter.objects.create(circle=sowers, gathering=earlier, round_number=1, one=one, other=other)
    assert framing.history_of(hall, people) == {}
    agree(hall, sowers, ada, dot)
    assert list(framing.history_of(hall, people)) == [(one.pk, other.pk)]


def test_who_met_together_has_met_when_the_other_circle_meets_next(
    hall, sowers, gathering, people, ada, ben, chi, dot
):
    agree(hall, sowers, ada, dot)
    one, other = sorted((ben, chi), key=lambda person: person.pk)
    Encounter.objects.create(circle=hall.circle, gathering=hall, round_number=1, one=one, other=other)
    later = gathering(sowers, starts_at=hall.starts_at + timezone.timedelta(days=30))
    assert list(framing.history_of(later, people)) == [(one.pk, other.pk)]


@pytest.fixture
def rivals(sowers, ben, dot):
    """Ben's and Dot's employers compete, as Sowers sees it."""
    affiliations.add(ben, "Lindvik")
    affiliations.add(dot, "Havsrud")
    competing.declare(sowers, "Lindvik", "Havsrud", by=dot)
    return [frozenset({ben.pk, dot.pk})]


def test_competitors_of_either_circle_sit_apart(hall, sowers, rivals, people, ada, dot):
    assert framing.competitors_in(hall.hosting_circles(), people) == []
    agree(hall, sowers, ada, dot)
    assert framing.competitors_in(hall.hosting_circles(), people) == rivals


def test_who_belongs_to_both_must_have_said_in_both_that_they_sit_with_competitors(
    hall, makers, sowers, rivals, people, ada, ben, dot
):
    agree(hall, sowers, ada, dot)
    sowers.memberships.create(person=ben)
    Membership.objects.filter(circle=sowers).update(sits_with_competitors=True)
    assert framing.competitors_in(hall.hosting_circles(), people) == rivals
    Membership.objects.filter(circle=makers, person=ben).update(sits_with_competitors=True)
    assert framing.competitors_in(hall.hosting_circles(), people) == []


def test_greeters_of_both_circles_greet(hall, sowers, people, ada, chi, dot):
    hall.circle.memberships.filter(person=chi).update(role=Membership.Role.GREETER)
    assert framing._greeters(hall, people) == [chi.pk]
    agree(hall, sowers, ada, dot)
    assert framing._greeters(hall, people) == sorted([chi.pk, dot.pk])

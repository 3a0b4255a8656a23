from datetime import timedelta
from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.timezone import now

from peerhood.circles.models import Circle
from peerhood.gatherings import door, queries, rsvp
from peerhood.gatherings.models import Gathering
from peerhood.people.models import Affiliation, Employer

pytestmark = pytest.mark.django_db


@pytest.fixture
def earlier(makers, gathering):
    return gathering(makers, title="Earlier", starts_at=now() - timedelta(days=90))


def test_whoever_never_came_is_new_also_after_staying_away(supper, earlier, ada, ben, chi):
    earlier.rsvps.create(person=ben, status="going", checked_in_at=now())
    earlier.rsvps.create(person=chi, status="going")  # had a seat and did not come
    for person in (ada, ben, chi):
        rsvp.attend(supper, person)
    assert queries.first_timers(supper) == {ada.pk, chi.pk}


def test_a_later_gathering_and_another_circle_do_not_count(supper, breakfast, ben, gathering, makers):
    later = gathering(makers, starts_at=supper.starts_at + timedelta(days=30))
    for other in (later, breakfast):
        other.rsvps.create(person=ben, status="going", checked_in_at=now())
    rsvp.attend(supper, ben)
    assert queries.first_timers(supper) == {ben.pk}


def test_in_the_room_are_those_with_a_seat_until_somebody_is_checked_in(gathering, makers, ada, ben, chi):
    hall = gathering(makers)
    seats = [rsvp.attend(hall, person) for person in (ada, ben, chi)]
    assert list(queries.present_or_going(hall).order_by("pk")) == seats
    door.check_in(seats[1], by=ada)
    assert list(queries.present_or_going(hall)) == [seats[1]]


def test_organisations_are_those_people_work_for_today(supper, ada, ben, chi):
    city, power = (Employer.objects.create(name=name) for name in ("City", "Power"))
    for person, employer, until in (
        (ada, city, None),
        (ben, city, None),
        (chi, power, now().date().replace(year=2020)),
    ):
        Affiliation.objects.create(person=person, employer=employer, ended_on=until)
        supper.rsvps.create(person=person, status="going")
    assert queries.organisations_count(supper) == 1


def test_the_forum_is_known_to_those_inside_only(supper, breakfast, ada, ben, chi, dot):
    seen = {
        person: set(Gathering.objects.visible_to(person)) for person in (ada, ben, chi, dot, AnonymousUser())
    }
    assert list(seen.values()) == [{supper, breakfast}, {supper, breakfast}, {supper}, {supper}, {supper}]


def test_what_is_for_everybody_is_seen_by_visitors(gathering, makers):
    """The short question that views ask first says nothing that the long one does not."""
    supper, told_count = gathering(makers), 0
    for state, kind in product(Gathering.State, Circle.Kind):
        Circle.objects.update(kind=kind)
        Gathering.objects.update(state=state)
        supper.refresh_from_db()
        told_count += supper.is_for_everybody()
        seen = Gathering.objects.visible_to(AnonymousUser()).filter(pk=supper.pk).exists()
        assert seen or not supper.is_for_everybody()
    assert told_count


def test_a_draft_is_seen_by_its_hosts_and_the_organisers(gathering, makers, ada, ben, chi):
    draft = gathering(makers, state="draft", published_at=None)
    draft.hosts.add(ben)
    seen = [list(Gathering.objects.visible_to(person)) for person in (ada, ben, chi, AnonymousUser())]
    assert seen == [[draft], [draft], [], []]

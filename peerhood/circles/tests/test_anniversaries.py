"""Anniversaries: by the month, for members, and nobody is named who rests or never said yes."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils.timezone import localdate

from peerhood.circles import anniversaries
from peerhood.circles.models import Invitation, Membership
from peerhood.people import silence

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_day_in_march():
    with time_machine.travel("2027-03-09T12:00:00+01:00", tick=False):
        yield


def since(circle, person, day):
    Membership.objects.filter(circle=circle, person=person).update(joined_on=day)


@pytest.fixture
def years(makers, ada, ben, chi):
    """Ada completes a year in another month, Ben five, Chi one."""
    for person, day in ((ada, date(2020, 4, 1)), (ben, date(2022, 3, 31)), (chi, date(2026, 3, 1))):
        makers.memberships.get_or_create(person=person)
        since(makers, person, day)
    return lambda reader=ada: anniversaries.years_in(makers, reader)


def names(years):
    return [(membership.person.name, count) for membership, count in years.members]


def test_members_are_named_in_the_month_in_which_they_complete_a_year_the_longest_first(years, ben, chi):
    assert names(years()) == [(ben.name, 5), (chi.name, 1)]


def test_the_month_in_which_somebody_joins_is_no_anniversary(years, makers, ben):
    since(makers, ben, localdate() - timedelta(days=1))
    assert [count for _name, count in names(years())] == [1]


def test_who_rests_is_left_in_peace(years, makers, ben):
    Membership.objects.filter(circle=makers, person=ben).update(state=Membership.State.PAUSED)
    assert len(years().members) == 1


def test_whom_a_list_brought_is_not_named_before_they_say_yes(years, makers, ada, ben):
    Invitation.objects.create(membership=makers.memberships.get(person=ben), by=ada, name="Ben")
    assert len(years().members) == 1


def test_who_blocked_the_reader_is_not_named_to_them(years, ada, ben, chi):
    silence.block(ben, ada)
    assert names(years(ada)) == [(chi.name, 1)]
    assert len(years(chi).members) == 2


def test_a_circle_counts_from_the_day_it_says_it_began(years, makers):
    makers.founded_on = date(2011, 3, 30)
    makers.save(update_fields=["founded_on"])
    assert years().circle == 16


def test_a_circle_that_says_no_day_counts_from_when_it_came_here(years, makers):
    makers.created_at = makers.created_at.replace(year=2025, month=3)
    assert years().circle == 2


def test_many_who_joined_on_one_day_are_a_few_names_and_a_number(years, makers, person):
    for number in range(10):
        makers.memberships.create(person=person(f"P{number}"), joined_on=date(2025, 3, 5))
    assert len(years().members) == anniversaries.MOST_NAMED
    assert years().more_count == 12 - anniversaries.MOST_NAMED


def test_the_circles_page_says_it_to_members_and_to_nobody_else(years, as_, makers, ada, dot):
    assert "5 years in the circle" in as_(ada).get(makers.get_absolute_url()).text
    for outside in (Client().get(makers.get_absolute_url()), as_(dot).get(makers.get_absolute_url())):
        assert outside.status_code == 200
        assert "years in the circle" not in outside.text


def test_the_page_of_the_day_says_it_to_whoever_it_is_about(years, as_, ada, ben):
    assert "for 5 years" in as_(ben).get("/").text
    assert "Good that you are here" not in as_(ada).get("/").text


def test_an_organiser_says_since_when_the_circle_has_met_and_not_a_day_to_come(makers, as_, ada):
    address = f"/circles/{makers.slug}/settings/"
    fields = {name: getattr(makers, name) for name in ("name", "purpose", "language", "time_zone", "kind")}
    refused = as_(ada).post(address, fields | {"founded_on": "2027-03-10"})
    assert refused.status_code == 422
    assert as_(ada).post(address, fields | {"founded_on": "2011-03-30"}).status_code == 302
    makers.refresh_from_db()
    assert makers.founded_on == date(2011, 3, 30)

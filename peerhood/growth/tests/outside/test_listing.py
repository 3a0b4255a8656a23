from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from peerhood.growth.models import OutsideEvent, OutsideGoing
from peerhood.growth.outside import going, listing
from peerhood.journal.models import Entry
from peerhood.platform.refusals import Refusal


def test_a_member_lists_a_conference_and_the_journal_says_nothing_of_what_it_is(event, ben):
    assert (event.listed_by, list(OutsideEvent.objects.upcoming())) == (ben, [event])
    entry = Entry.objects.get(name="outside_event.listed")
    assert (entry.by_id, entry.facts) == (ben.pk, {})


def test_nobody_from_outside_lists_one(makers, dot, said):
    with pytest.raises(PermissionDenied):
        listing.list_event(makers, by=dot, **said())


@pytest.mark.parametrize(
    ("starts", "ends"),
    [(-2, -1), (30, 29), (30, 62), (3 * 365, 3 * 365 + 1), (3_000_000 - 740_000, 2_260_000)],
)
def test_days_that_cannot_be_are_refused(makers, ben, said, starts, ends):
    def day(days):
        return min(date.max, localdate() + timedelta(days=days))

    with pytest.raises(Refusal):
        listing.list_event(makers, by=ben, **said(starts_on=day(starts), ends_on=day(ends)))
    assert not OutsideEvent.objects.exists()


def test_one_that_has_begun_and_is_not_over_may_be_listed(makers, ben, said):
    event = listing.list_event(
        makers, by=ben, **said(starts_on=localdate() - timedelta(days=1), ends_on=localdate())
    )
    assert list(OutsideEvent.objects.upcoming()) == [event]


def test_whoever_listed_it_and_an_organiser_change_it_and_nobody_else(event, ada, ben, chi, dot, said):
    for person in (ada, ben):
        listing.change(event, by=person, **said(title=f"By {person.first_name}"))
        event.refresh_from_db()
        assert event.title == f"By {person.first_name}"
    for person in (chi, dot):
        with pytest.raises(PermissionDenied):
            listing.change(event, by=person, **said(title="Mine"))
        with pytest.raises(PermissionDenied):
            listing.remove(event, by=person)
    assert OutsideEvent.objects.get().title == "By Ben"


def test_whoever_listed_it_and_left_changes_it_no_more(event, makers, ben, said):
    makers.memberships.filter(person=ben).update(state="left")
    with pytest.raises(PermissionDenied):
        listing.change(event, by=ben, **said(title="Mine"))


@pytest.mark.parametrize(
    ("other", "stays_shown"),
    [
        ({"title": "Days of Mud"}, False),
        ({"link": "https://mud.example/"}, False),
        ({"ends_on": None}, False),
        ({"why": "For the food.", "place": "Lund"}, True),
    ],
)
def test_who_agreed_to_be_shown_at_one_thing_is_not_shown_at_another(
    event, chi, ada, said, other, stays_shown
):
    going.go(event, chi)
    going.show(event, chi)
    said_now = said(**other)
    said_now["ends_on"] = said_now["ends_on"] or said_now["starts_on"]
    listing.change(event, by=ada, **said_now)
    assert OutsideGoing.objects.get().is_shown is stays_shown


def test_one_that_is_over_stays_as_it_was_and_can_be_removed(event, ben, said):
    OutsideEvent.objects.update(
        starts_on=localdate() - timedelta(days=2), ends_on=localdate() - timedelta(days=1)
    )
    with pytest.raises(Refusal):
        listing.change(event, by=ben, **said(title="Another"))
    assert list(OutsideEvent.objects.past()) == [event]
    listing.remove(event, by=ben)
    assert not OutsideEvent.objects.exists()


def test_removing_it_twice_says_that_it_is_gone(event, ben):
    listing.remove(event, by=ben)
    event.pk = 1
    with pytest.raises(Refusal):
        listing.remove(event, by=ben)


def test_the_database_knows_no_event_that_ends_before_it_starts(event):
    with pytest.raises(IntegrityError), transaction.atomic():
        OutsideEvent.objects.update(ends_on=event.starts_on - timedelta(days=1))

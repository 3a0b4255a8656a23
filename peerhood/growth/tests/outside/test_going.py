from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate, now

from peerhood.circles.models import Invitation
from peerhood.growth.models import OutsideEvent, OutsideGoing
from peerhood.growth.outside import going
from peerhood.journal.models import Entry
from peerhood.people import silence
from peerhood.platform.refusals import Refusal


def agree(event, *people):
    for person in people:
        going.go(event, person)
        going.show(event, person)


def test_going_is_for_oneself_until_one_chooses_to_be_shown(event, ben, chi):
    going.go(event, chi)
    assert list(going.shown_to(ben, event)) == []
    going.show(event, chi)
    assert list(going.shown_to(ben, event)) == [chi]
    going.hide(event, chi)
    assert list(going.shown_to(ben, event)) == []
    assert going.said_by(chi, event).is_shown is False


def test_going_twice_does_not_hide_or_show(event, ben, chi):
    agree(event, chi)
    going.go(event, chi)
    assert list(going.shown_to(ben, event)) == [chi]


def test_not_going_any_more_takes_the_choice_back_as_well(event, ben, chi):
    agree(event, chi)
    going.go_no_more(event, chi)
    assert not OutsideGoing.objects.exists()
    going.go(event, chi)
    assert list(going.shown_to(ben, event)) == []


def test_one_is_shown_only_at_what_one_goes_to(event, chi):
    with pytest.raises(Refusal):
        going.show(event, chi)


def test_nobody_from_outside_goes_or_is_shown(event, dot):
    for act in (going.go, going.show):
        with pytest.raises(PermissionDenied):
            act(event, dot)


@pytest.mark.parametrize("act", [silence.keep_apart, silence.block])
@pytest.mark.parametrize("is_owner", [True, False])
def test_two_who_are_apart_do_not_read_each_other(event, ada, ben, chi, act, is_owner):
    agree(event, ben, chi)
    assert list(going.shown_to(ben, event)) == [chi]  # control
    act(*((ben, chi) if is_owner else (chi, ben)))
    assert list(going.shown_to(ben, event)) == []
    assert list(going.shown_to(chi, event)) == []
    assert list(going.shown_to(ada, event)) == [ben, chi]


def test_whoever_left_is_not_shown_and_not_when_they_come_back_until_they_say_so(event, makers, ben, chi):
    agree(event, chi)
    membership = makers.memberships.filter(person=chi)
    membership.update(state="left")
    assert list(going.shown_to(ben, event)) == []
    membership.update(state="active", came_at=now())
    assert list(going.shown_to(ben, event)) == []
    assert going.said_by(chi, event).is_shown is False
    going.show(event, chi)
    assert list(going.shown_to(ben, event)) == [chi]


def test_a_pause_hides_nobody_and_a_list_puts_nobody_forward(event, makers, ada, ben, chi):
    agree(event, chi)
    membership = makers.memberships.get(person=chi)
    makers.memberships.filter(person=chi).update(state="paused")
    assert list(going.shown_to(ben, event)) == [chi]
    Invitation.objects.create(membership=membership, by=ada, name="Chi", address="chi@example.org")
    assert list(going.shown_to(ben, event)) == []


def test_nothing_of_who_goes_is_in_the_journal(event, chi):
    before = Entry.objects.count()
    agree(event, chi)
    going.hide(event, chi)
    going.go_no_more(event, chi)
    assert Entry.objects.count() == before


def over_since(days):
    last = localdate() - timedelta(days=days)
    OutsideEvent.objects.update(starts_on=last, ends_on=last)


def test_when_it_is_over_nobody_goes_any_more_and_whoever_was_shown_can_still_be_hidden(event, ben, chi):
    agree(event, chi)
    over_since(1)
    for act in (going.go, going.show):
        with pytest.raises(Refusal):
            act(event, ben)
    going.hide(event, chi)
    assert list(going.shown_to(ben, event)) == []


@pytest.mark.parametrize(("days", "kept"), [(30, 1), (31, 0)])
def test_who_was_going_is_forgotten_after_a_month_and_the_event_stays(event, chi, days, kept):
    agree(event, chi)
    over_since(days)
    going.forget_old()
    assert OutsideGoing.objects.count() == kept
    assert OutsideEvent.objects.count() == 1

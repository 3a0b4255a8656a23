"""How somebody comes to belong to a circle, pauses, and leaves."""

import pytest
from django.core.exceptions import PermissionDenied

from peerhood.circles import joining
from peerhood.journal.models import Entry
from peerhood.notices.models import Mail
from peerhood.platform.refusals import Refusal


def state(circle, person):
    return circle.memberships.values_list("state", flat=True).filter(person=person).first()


def events():
    return list(Entry.objects.values_list("name", flat=True))


def test_an_open_circle_is_joined_at_once_and_only_once(studio, dot):
    joining.join(studio, dot)
    joining.join(studio, dot)
    assert state(studio, dot) == "active"
    assert events() == ["membership.joined"]


def test_a_circle_by_application_is_not_simply_joined(makers, dot):
    with pytest.raises(Refusal):
        joining.join(makers, dot)
    assert state(makers, dot) is None


def test_a_closed_circle_takes_no_applications(forum, dot):
    with pytest.raises(Refusal):
        joining.apply(forum, dot)
    with pytest.raises(Refusal):
        joining.join(forum, dot)


def test_an_application_waits_for_an_organiser(makers, dot, ada, ben):
    joining.apply(makers, dot)
    joining.apply(makers, dot)
    applied = makers.memberships.get(person=dot)
    with pytest.raises(PermissionDenied):
        joining.accept(applied, by=ben)
    assert state(makers, dot) == "applied"
    joining.accept(applied, by=ada)
    joining.accept(applied, by=ada)
    assert state(makers, dot) == "active"
    assert events() == ["membership.applied", "membership.accepted"]


def test_the_organisers_hear_of_an_application_and_the_applicant_of_the_answer(
    makers, dot, ada, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        joining.apply(makers, dot)
    with django_capture_on_commit_callbacks(execute=True):
        joining.accept(makers.memberships.get(person=dot), by=ada)
    assert list(Mail.objects.order_by("pk").values_list("address", "subject")) == [
        ("ada@example.org", "Dot Dahl would like to join Makers"),
        ("dot@example.org", "Welcome to Makers"),
    ]


def test_a_declined_applicant_may_apply_again(makers, dot, ada):
    joining.apply(makers, dot)
    joining.decline(makers.memberships.get(person=dot), by=ada)
    assert state(makers, dot) == "declined"
    joining.apply(makers, dot)
    assert state(makers, dot) == "applied"


def test_an_answer_comes_too_late_for_an_application_taken_back(makers, dot, ada):
    joining.apply(makers, dot)
    applied = makers.memberships.get(person=dot)
    joining.leave(makers, dot)
    joining.accept(applied, by=ada)
    assert state(makers, dot) == "left"


def test_who_comes_back_begins_as_a_member_and_keeps_their_years(studio, dot):
    joining.join(studio, dot)
    studio.memberships.filter(person=dot).update(role="host", is_contact=True, joined_on="2019-05-07")
    joining.leave(studio, dot)
    joining.join(studio, dot)
    back = studio.memberships.get(person=dot)
    assert (back.role, back.is_contact, back.joined_on.isoformat()) == ("member", False, "2019-05-07")


def test_who_is_invited_joins_any_circle(forum, dot, ada):
    invited = forum.memberships.create(person=dot, state="invited")
    invited.invitations.create(by=ada, name="D")
    joining.join(forum, dot)
    assert state(forum, dot) == "active"
    assert not invited.invitations.exists()


def test_a_pause_keeps_the_place_and_the_doors_open(makers, ben, ada, dot):
    paused = makers.memberships.get(person=ben)
    joining.pause(paused, by=ben)
    assert state(makers, ben) == "paused"
    assert makers.memberships.inside().filter(person=ben).exists()
    with pytest.raises(PermissionDenied):
        joining.resume(paused, by=dot)
    joining.resume(paused, by=ada)
    assert state(makers, ben) == "active"


def test_only_an_organiser_takes_somebody_off_the_list(makers, ada, ben, chi):
    with pytest.raises(PermissionDenied):
        joining.remove(makers.memberships.get(person=chi), by=ben)
    joining.remove(makers.memberships.get(person=chi), by=ada)
    assert state(makers, chi) == "left"
    assert events() == ["membership.left"]

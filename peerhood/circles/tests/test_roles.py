"""A circle is never without an organiser."""

import pytest
from django.core.exceptions import PermissionDenied

from peerhood.circles import roles
from peerhood.circles.entering import joining
from peerhood.circles.roles import LastOrganiser
from peerhood.journal.models import Entry
from peerhood.platform.refusals import Refusal


@pytest.fixture
def place(makers):
    return lambda person: makers.memberships.get(person=person)


def test_an_organiser_gives_roles_and_names_contact_persons(place, ada, ben):
    roles.change(place(ben), "greeter", is_contact=True, by=ada)
    assert (place(ben).role, place(ben).is_contact) == ("greeter", True)
    entry = Entry.objects.get(name="role.changed")
    assert (entry.by, entry.facts) == (ada, {"before": "member", "after": "greeter"})


def test_a_member_gives_no_roles(place, ben):
    with pytest.raises(PermissionDenied):
        roles.change(place(ben), "organiser", is_contact=False, by=ben)


def test_the_last_organiser_cannot_step_down_leave_or_be_removed(place, makers, ada):
    for step in (
        lambda: roles.change(place(ada), "member", is_contact=True, by=ada),
        lambda: joining.leave(makers, ada),
        lambda: joining.remove(place(ada), by=ada, reason="Myself."),
    ):
        with pytest.raises(LastOrganiser):
            step()
    assert place(ada).role == "organiser"


def test_with_a_second_organiser_the_first_may_go(place, makers, ada, ben):
    roles.change(place(ben), "organiser", is_contact=False, by=ada)
    joining.leave(makers, ada)
    assert [one.person for one in makers.memberships.organising()] == [ben]


def test_somebody_outside_has_no_role(makers, ada, dot):
    applied = makers.memberships.create(person=dot, state="applied")
    with pytest.raises(Refusal):
        roles.change(applied, "organiser", is_contact=False, by=ada)

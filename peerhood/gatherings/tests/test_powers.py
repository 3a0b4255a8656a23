"""What a role may do with a gathering is what the circle's table of powers says; hosts come beside it."""

import pytest

from peerhood.circles.models import Membership
from peerhood.circles.permissions import can_organise
from peerhood.circles.powers import Power, may
from peerhood.gatherings import permissions


@pytest.mark.parametrize("state", Membership.State.values)
@pytest.mark.parametrize("role", Membership.Role.values)
def test_what_is_asked_of_a_person_is_what_the_table_says(makers, dot, gathering, state, role):
    makers.memberships.create(person=dot, state=state, role=role)
    here = gathering(makers)
    asked = {
        Power.RUN: permissions.can_host(dot, here),
        Power.LOOK_IN: permissions.can_see_guests(dot, here),
        Power.VISIT: permissions.can_attend(dot, here),
        Power.GREET: permissions.can_greet(dot, here),
        Power.FACILITATE: permissions.can_facilitate(dot, here),
        Power.DRAFT: permissions.can_draft(dot, makers),
    }
    assert asked == {power: may(power, state, role) for power in asked}


def test_a_gatherings_host_runs_that_gathering_whatever_their_role(supper, ben, makers):
    supper.hosts.add(ben)
    assert permissions.can_host(ben, supper)
    assert not can_organise(ben, makers)

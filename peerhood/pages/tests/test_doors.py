"""From a gathering's page to the room: for those who may run it, and for nobody who would be turned away."""

import pytest

from peerhood.circles.models import Membership


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Membership.Role.MEMBER, 403),
        (Membership.Role.GREETER, 403),
        (Membership.Role.FACILITATOR, 200),
        (Membership.Role.ORGANISER, 200),
    ],
)
def test_the_way_to_the_room_is_shown_to_whoever_is_let_in(client, supper, makers, ben, role, status):
    makers.memberships.filter(person=ben).update(role=role)
    client.force_login(ben)
    room = f"/gatherings/{supper.pk}/room/"
    assert client.get(room).status_code == status
    assert (f'href="{room}"' in client.get(supper.get_absolute_url()).text) == (status == 200)

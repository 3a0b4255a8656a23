"""From a gathering's page to the later steps: each door is shown to whoever is let in, and to nobody else."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from peerhood.circles.models import Membership
from peerhood.gatherings.models import Gathering
from peerhood.mixing.models import Encounter


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


@pytest.fixture
def past(supper, ada, ben, chi, dot):
    """Supper is over. Ada and Ben shared a table; Chi came and sat at none; Dot was not there."""
    one, other = sorted((ada, ben), key=lambda person: person.pk)
    Encounter.objects.create(circle=supper.circle, gathering=supper, round_number=1, one=one, other=other)
    supper.rsvps.create(person=chi, status="going", checked_in_at=now())
    Gathering.objects.update(starts_at=now() - timedelta(hours=4), ends_at=now() - timedelta(hours=1))
    return supper


def those_asked_whom_they_met(client, gathering, people):
    asked = []
    for person in people:
        client.logout()
        if person:
            client.force_login(person)
        page = client.get(gathering.get_absolute_url()).text
        if f'href="/connections/met/{gathering.pk}/"' in page:
            asked.append(person)
    return asked


def test_whoever_sat_at_a_table_is_asked_whom_they_met_and_nobody_else(client, past, ada, ben, chi, dot):
    assert those_asked_whom_they_met(client, past, [ada, ben, chi, dot, None]) == [ada, ben]
    client.force_login(ben)
    assert "Ada Andersson" in client.get(f"/connections/met/{past.pk}/").text


def test_nobody_is_asked_whom_they_met_before_it_is_over(client, past, ada, ben):
    Gathering.objects.update(ends_at=now() + timedelta(hours=1))
    assert those_asked_whom_they_met(client, past, [ada, ben]) == []


def test_a_table_at_another_gathering_is_asked_about_there(client, past, makers, gathering, ben):
    other = gathering(makers, starts_at=now() - timedelta(days=9))
    assert those_asked_whom_they_met(client, other, [ben]) == []

"""The page of the day: whom did you meet is asked while there is somebody to say it of."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from peerhood.connections import connecting
from peerhood.gatherings.models import Gathering
from peerhood.mixing.models import Encounter
from peerhood.pages.today import today_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def lately(supper, ada, ben):
    """Ada and Ben shared a table at the supper, two days ago."""
    supper.starts_at, supper.ends_at = now() - timedelta(days=2, hours=3), now() - timedelta(days=2)
    supper.save()
    _sat(supper, ada, ben)
    return supper


def _sat(gathering, *pair):
    one, other = sorted(pair, key=lambda person: person.pk)
    Encounter.objects.create(
        circle=gathering.circle, gathering=gathering, round_number=1, one=one, other=other
    )


def another(supper, days):
    """Of the same circle, so many days ago."""
    ends_at = now() - timedelta(days=days)
    return Gathering.objects.create(
        circle=supper.circle,
        title="Lunch",
        state=Gathering.State.PUBLISHED,
        published_at=now(),
        starts_at=ends_at - timedelta(hours=3),
        ends_at=ends_at,
        time_zone="Europe/Stockholm",
        capacity=9,
    )


def test_whoever_sat_at_a_table_is_asked_whom_they_met(lately, ada):
    assert (today_of(ada).asked.kind, today_of(ada).asked.subject) == ("met", lately)


def test_whoever_has_said_it_of_somebody_is_asked_no_more(lately, ada, ben):
    connecting.say_met(ada, ben, lately)
    assert today_of(ada).asked.kind != "met"


def test_whoever_sat_with_people_they_keep_already_is_not_asked(lately, ada, ben):
    connecting.say_met(ada, ben, lately)
    lunch = another(lately, 1)
    _sat(lunch, ada, ben)
    assert today_of(ada).asked.kind != "met"


def test_control_with_one_new_face_they_are(lately, ada, ben, chi):
    connecting.say_met(ada, ben, lately)
    lunch = another(lately, 1)
    _sat(lunch, ada, ben)
    _sat(lunch, ada, chi)
    assert today_of(ada).asked.subject == lunch

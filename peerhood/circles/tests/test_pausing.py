"""A rest keeps the place, and may end by itself on a day of the circle's own zone."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from peerhood.circles import pausing
from peerhood.circles.entering import joining
from peerhood.circles.pausing import today_in
from peerhood.circles.roles import LastOrganiser
from peerhood.journal.models import Entry
from peerhood.platform.refusals import Refusal


@pytest.fixture
def place(makers):
    return lambda person: makers.memberships.get(person=person)


@pytest.fixture
def pauses_until(makers):
    """Somebody's pause, as it stands when its day has come or not: ``pauses_until(ben, day)``."""

    def make(person, day, circle=makers):
        circle.memberships.filter(person=person).update(state="paused", paused_until=day)
        return circle.memberships.get(person=person)

    return make


def test_a_pause_keeps_the_place_and_the_doors_open(makers, place, ben, ada, dot, state):
    paused = place(ben)
    pausing.pause(paused, by=ben)
    assert state(makers, ben) == "paused"
    assert makers.memberships.inside().filter(person=ben).exists()
    with pytest.raises(PermissionDenied):
        pausing.resume(paused, by=dot)
    pausing.resume(paused, by=ada)
    assert state(makers, ben) == "active"


def test_a_pause_may_end_on_a_day_ahead_only(makers, place, ben):
    today = today_in(makers)
    for day in (today, today - timedelta(days=1)):
        with pytest.raises(Refusal):
            pausing.pause(place(ben), by=ben, until=day)
    pausing.pause(place(ben), by=ben, until=today + timedelta(days=30))
    pausing.pause(place(ben), by=ben, until=today + timedelta(days=60))
    assert place(ben).paused_until == today + timedelta(days=60)
    pausing.resume(place(ben), by=ben)
    assert (place(ben).state, place(ben).paused_until) == ("active", None)


def test_on_its_day_a_pause_ends_by_itself_and_only_once(makers, place, ben, chi, pauses_until):
    pauses_until(ben, today_in(makers))
    pauses_until(chi, today_in(makers) + timedelta(days=1))
    assert [pausing.resume_those_due() for _run in "ab"] == [1, 0]
    assert (place(ben).state, place(chi).state) == ("active", "paused")
    assert [(entry.name, entry.by) for entry in Entry.objects.all()] == [("membership.resumed", None)]


def test_the_day_is_one_of_the_circles_own_zone(makers, forum, ben, pauses_until):
    """There is an hour every day at which it is tomorrow in Kiritimati and not yet in Niue."""
    for circle, zone in ((makers, "Pacific/Kiritimati"), (forum, "Pacific/Niue")):
        circle.time_zone = zone
        circle.save()
    east, west = today_in(makers), today_in(forum)
    assert west < east
    pauses_until(ben, east, makers)
    pauses_until(ben, east, forum)
    assert pausing.resume_those_due() == 1
    assert makers.memberships.get(person=ben).state == "active"
    assert forum.memberships.get(person=ben).state == "paused"


def test_what_was_changed_in_the_meantime_stands(place, ben, pauses_until, makers):
    due = pauses_until(ben, today_in(makers))
    joining.leave(makers, ben)
    assert pausing.resume_if_due(due.pk) is False
    assert place(ben).state == "left"


def test_the_last_active_organiser_cannot_pause(makers, place, ada, ben):
    with pytest.raises(LastOrganiser):
        pausing.pause(place(ada), by=ada)
    makers.memberships.filter(person=ben).update(role="organiser", state="paused")
    with pytest.raises(LastOrganiser):
        pausing.pause(place(ada), by=ada)
    pausing.resume(place(ben), by=ben)
    pausing.pause(place(ada), by=ada)
    assert place(ada).state == "paused"


def test_a_pause_is_taken_and_changed_on_its_page(client, makers, place, ben):
    client.force_login(ben)
    assert client.get("/circles/makers/pause/").status_code == 200
    for nonsense in ("2020-01-01", "9999-12-31", "soon", "2026-13-45"):
        answer = client.post("/circles/makers/pause/", {"until": nonsense})
        assert (answer.status_code, nonsense in answer.text) == (422, True)
    day = today_in(makers) + timedelta(days=40)
    assert client.post("/circles/makers/pause/", {"until": day.isoformat()}).url == "/circles/makers/"
    assert f"You take a pause until {day.day} " in client.get("/circles/makers/").text
    client.post("/circles/makers/pause/", {"until": ""})
    assert (place(ben).state, place(ben).paused_until) == ("paused", None)
    client.post("/circles/makers/resume/")
    assert place(ben).state == "active"


def test_a_list_that_makes_somebody_active_ends_the_pause(bring_in, place, ben, pauses_until, makers):
    pauses_until(ben, date(2199, 1, 1))
    bring_in("name,email,state\nBen Berg,ben@example.org,active\n")
    assert (place(ben).state, place(ben).paused_until) == ("active", None)

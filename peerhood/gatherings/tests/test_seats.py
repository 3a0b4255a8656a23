"""Seats in two parts, guests who need one, and a room that becomes a call."""

import pytest
from django.db import IntegrityError, transaction

from peerhood.gatherings import planning, rsvp
from peerhood.gatherings.models import Gathering
from peerhood.notices.models import Mail
from peerhood.platform.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def both(gathering, makers):
    """In a room with one seat, and online with two."""
    return gathering(makers, mode="hybrid", capacity=1, online_capacity=2, guests_allowed=2)


@pytest.fixture
def hall(gathering, makers, ada):
    """Three seats, and each may bring two guests."""
    hall = gathering(makers, capacity=3, guests_allowed=2)
    hall.hosts.add(ada)
    return hall


def standing(gathering):
    gathering = Gathering.objects.get(pk=gathering.pk)
    return gathering.room_taken, gathering.online_taken, gathering.going_count, gathering.waiting_count


def test_the_room_and_the_call_fill_and_have_lines_of_their_own(both, ada, ben, chi):
    assert rsvp.attend(both, ada).part == "room"
    assert rsvp.attend(both, ben, part="room").is_waiting()
    assert rsvp.attend(both, chi, part="online").is_going()
    assert standing(both) == (1, 1, 2, 1)
    assert Gathering.objects.get(pk=both.pk).places_left() == "Places left: 0 in the room, 1 online"


def test_a_freed_seat_in_the_room_goes_to_nobody_who_waits_for_the_call(both, ada, ben, chi, seated):
    seated(rsvp.resize(both, by=ada, online_capacity=1), 1)
    rsvp.attend(both, ada, part="online")
    waits_online = rsvp.attend(both, ben, part="online")
    waits_outside = rsvp.attend(both, chi, part="room")
    assert (waits_online.place_in_line(), waits_outside.place_in_line()) == (1, 1)
    rsvp.withdraw(both, both.rsvps.going().get(part="room").person)
    waits_online.refresh_from_db()
    waits_outside.refresh_from_db()
    assert (waits_online.status, waits_outside.status) == ("waitlisted", "going")


def test_a_seat_is_left_only_for_another_one(both, ada, ben):
    rsvp.attend(both, ada)
    rsvp.attend(both, ben, part="online")
    with pytest.raises(Refusal, match="no place free there"):
        rsvp.take_part_in(both, ben, "room")
    rsvp.take_part_in(both, ada, "online")
    assert rsvp.take_part_in(both, ben, "room").part == "room"
    assert standing(both) == (1, 1, 2, 0)


def test_whoever_waits_for_the_room_may_join_online_meanwhile(both, ada, ben):
    rsvp.attend(both, ada)
    assert rsvp.attend(both, ben).is_waiting()
    assert rsvp.take_part_in(both, ben, "online").is_going()
    assert standing(both) == (1, 1, 2, 0)


def test_guests_need_places_of_their_own(hall, ada, ben, chi):
    rsvp.attend(hall, ada, guests=["Gus Guest"])
    with pytest.raises(Refusal, match="There is 1 place left"):
        rsvp.attend(hall, ben, guests=["Gil Guest"])
    assert rsvp.attend(hall, ben).is_going()
    assert standing(hall) == (3, 0, 3, 0)
    assert rsvp.attend(hall, chi, guests=["Gil Guest"]).guests_count == 0  # the line is for one


def test_nobody_brings_more_guests_than_are_allowed(hall, ada):
    with pytest.raises(Refusal, match="fewer guests"):
        rsvp.attend(hall, ada, guests=["One", "Two", "Three"])


def test_guests_who_stay_at_home_leave_their_places_to_the_line(hall, ada, ben):
    rsvp.attend(hall, ada, guests=["Gus", "Gil"])
    assert rsvp.attend(hall, ben).is_waiting()
    rsvp.bring(hall, ada, ["Gus"])
    assert standing(hall) == (3, 0, 3, 0)
    with pytest.raises(Refusal, match="2 places left for you and your guests"):
        rsvp.bring(hall, ada, ["Gus", "Gil"])
    rsvp.withdraw(hall, ada)
    assert standing(hall) == (1, 0, 1, 0)


def test_moving_online_keeps_every_place_and_tells_everybody(hall, ada, ben, chi, person, makers):
    late = person("Lou Late")
    makers.memberships.create(person=late)
    Gathering.objects.filter(pk=hall.pk).update(online_capacity=2)
    for each in (ada, ben, chi, late):
        rsvp.attend(hall, each)
    Mail.objects.all().delete()
    moved = planning.move_online(hall, "https://meet.example.org/room", by=ada)
    assert (moved.mode, moved.state, moved.online_capacity) == ("online", "moved-online", 3)
    assert standing(hall) == (0, 3, 3, 1)
    assert set(hall.rsvps.values_list("part", flat=True)) == {"online"}
    told = Mail.objects.filter(kind="gatherings/moved_online")
    assert {mail.address for mail in told} == {each.email for each in (ada, ben, chi, late)}
    assert "meet.example.org" not in told.first().text  # the link is shown an hour before


def test_moving_online_seats_the_line_where_the_call_has_more_places(hall, ada, ben, chi, person, makers):
    late = person("Lou Late")
    makers.memberships.create(person=late)
    for each in (ada, ben, chi, late):
        rsvp.attend(hall, each)
    planning.move_online(hall, "https://meet.example.org/room", by=ada)
    assert standing(hall) == (0, 4, 4, 0)


def test_moving_online_twice_writes_once(hall, ada, ben):
    rsvp.attend(hall, ben)
    for _time in range(2):
        planning.move_online(hall, "https://meet.example.org/room", by=ada)
    assert Mail.objects.filter(kind="gatherings/moved_online").count() == 1


def test_when_the_call_is_given_up_those_in_it_come_to_the_room(both, ada, ben, chi):
    both.hosts.add(ada)
    for each, part in ((ada, "room"), (ben, "online"), (chi, "online")):
        rsvp.attend(both, each, part=part)
    moved = planning.edit(both, by=ada, version=0, mode="in-person")
    assert (moved.room_taken, moved.online_taken, moved.over_capacity()) == (3, 0, 2)


def test_a_gathering_online_has_a_place():
    with pytest.raises(IntegrityError), transaction.atomic():
        Gathering.objects.update_or_create(pk=1, defaults={"online_capacity": 0})


# Through the browser's door


def test_there_is_a_button_for_each_part(client, both, ben):
    client.force_login(ben)
    page = client.get(f"/gatherings/{both.pk}/").text
    assert "I’ll be there" in page
    assert "I’ll join online" in page
    client.post(f"/gatherings/{both.pk}/rsvp/", {"part": "online"})
    assert both.rsvps.get().part == "online"
    client.post(f"/gatherings/{both.pk}/part/room/")
    assert both.rsvps.get().part == "room"


def test_a_part_there_is_not_is_the_one_there_is(client, hall, ben):
    client.force_login(ben)
    client.post(f"/gatherings/{hall.pk}/rsvp/", {"part": "moon"})
    assert hall.rsvps.get().part == "room"


def test_guests_are_named_where_they_are_allowed(client, hall, supper, ada):
    client.force_login(ada)
    assert "guest_1" not in client.get(f"/gatherings/{supper.pk}/place/").text
    path = f"/gatherings/{hall.pk}/place/"
    assert "guest_2" in client.get(path).text
    client.post(path, {"guest_1": "Gus Guest", "guest_2": ""})
    assert hall.rsvps.get().guest_names == ["Gus Guest"]
    assert "Gus Guest" in client.get(f"/gatherings/{hall.pk}/guests/").text


def test_moving_online_asks_for_the_link_first(client, hall, ada, ben):
    client.force_login(ben)
    assert client.get(f"/gatherings/{hall.pk}/online/").status_code == 403
    client.force_login(ada)
    path = f"/gatherings/{hall.pk}/online/"
    assert client.post(path, {"online_url": "not a link"}).status_code == 422
    client.post(path, {"online_url": "https://meet.example.org/room"})
    assert Gathering.objects.get(pk=hall.pk).state == "moved-online"

"""Until the last part whoever is in the room gets no page but the room's; what leaves by which route, tests/access says."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from peerhood.gatherings.models import Gathering
from peerhood.rooms import running
from peerhood.rooms.formats import first_names, stepping
from peerhood.rooms.formats.recipe import Step
from peerhood.themes.models import Theme

GATHERINGS = "/gatherings/"
WORDS = "First names only, until the last part"


@pytest.fixture
def room(room_with, ada):
    """The step before the reveal."""
    return running.start(room_with(Step("Challenge"), Step("Reveal"), first_names_only=True), by=ada)


@pytest.fixture
def guest(room):
    """A phone that came in by the code, and nothing else is known of it."""
    client = Client()
    client.get(reverse("rooms:phone", args=[room.code]))
    return client


def asks(client, path=GATHERINGS):
    return client.get(path).status_code


def test_other_pages_say_why_they_are_closed_and_lead_back(room, come, as_):
    (peer,) = come(room, 1)
    response = as_(peer).get(GATHERINGS)
    assert response.status_code == 409
    assert WORDS in response.text
    assert reverse("rooms:phone", args=[room.code]) in response.text
    assert reverse("rooms:run", args=[room.gathering_id]) not in response.text
    assert response["Cache-Control"] == "private, no-store"


def test_whoever_leads_finds_back_to_the_desk(room, ada, as_):
    assert reverse("rooms:run", args=[room.gathering_id]) in as_(ada).get(GATHERINGS).text


def test_at_the_reveal_they_are_open_and_going_back_closes_them(room, ada, come, as_):
    (peer,) = come(room, 1)
    room = stepping.next_step(room, by=ada)
    assert asks(as_(peer)) == 200
    room = running.undo(room, by=ada)
    assert asks(as_(peer)) == 409
    running.close_room(room, by=ada)
    assert asks(as_(peer)) == 200


def test_whoever_has_a_place_is_kept_from_them_before_their_phone_is_in(room, ben, as_):
    assert asks(as_(ben)) == 200
    room.gathering.rsvps.create(person=ben, status="going")
    assert asks(as_(ben)) == 409


def test_whoever_stayed_at_home_is_not_once_somebody_is_checked_in(room, come, ben, as_):
    room.gathering.rsvps.create(person=ben, status="going")
    (peer,) = come(room, 1)
    room.participants.all().delete()
    room.gathering.rsvps.filter(person=peer).update(checked_in_at=now())
    assert (asks(as_(peer)), asks(as_(ben))) == (409, 200)


def test_whoever_has_a_place_online_is_kept_from_them_though_the_door_checks_others_in(room, come, ben, as_):
    place = room.gathering.rsvps.create(person=ben, status="going", part="online")
    (peer,) = come(room, 1)
    room.gathering.rsvps.filter(person=peer).update(checked_in_at=now())
    assert asks(as_(ben)) == 409
    # Control: with a place in the room they have stayed at home.
    room.gathering.rsvps.filter(pk=place.pk).update(part="room")
    assert asks(as_(ben)) == 200


@pytest.mark.parametrize(("minutes_ago", "status"), [(55, 409), (65, 200)])
def test_a_room_that_was_forgotten_before_its_reveal_closes_nothing_for_long(
    room, come, as_, guest, minutes_ago, status
):
    (peer,) = come(room, 1)
    ended_at = now() - timedelta(minutes=minutes_ago)
    Gathering.objects.update(starts_at=ended_at - timedelta(hours=2), ends_at=ended_at)
    assert (asks(as_(peer)), asks(guest)) == (status, status)


def test_a_guest_is_known_by_a_mark_that_goes_with_the_reveal(room, guest, ada):
    # What was kept for other visitors is not for this one.
    assert asks(Client()) == 200
    assert asks(guest) == 409
    stepping.next_step(room, by=ada)
    assert asks(guest) == 200
    guest.get(reverse("rooms:phone", args=[room.code]))
    assert first_names.MARK not in {name for name, cookie in guest.cookies.items() if cookie.value}


@pytest.mark.parametrize("said", ["\0", "NOWHERE-1", "å" * 5_000])
def test_a_mark_that_says_nonsense_closes_nothing(room, said):
    stranger = Client()
    stranger.cookies[first_names.MARK] = said
    assert asks(stranger) == 200


def test_a_form_that_was_open_in_another_tab_writes_nothing_and_says_so(room, ada, makers, as_):
    response = as_(ada).post(
        reverse("themes:propose", args=[makers.slug]), {"title": "Benefits", "description": ""}
    )
    assert response.status_code == 409
    assert "Nothing was changed" in response.text
    assert not Theme.objects.filter(title="Benefits").exists()


def test_an_item_that_was_taken_off_the_agenda_closes_nothing(room, come, as_):
    (peer,) = come(room, 1)
    room.item.delete()
    assert asks(as_(peer)) == 200


def test_control_a_format_without_the_rule_closes_nothing(room_with, come, ada, as_):
    room = running.start(room_with(Step("Challenge"), Step("Reveal")), by=ada)
    (peer,) = come(room, 1)
    assert asks(as_(peer)) == 200

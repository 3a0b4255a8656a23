"""The room beside a call: its link, each group's call, and who sees which."""

import re

import pytest

from peerhood.gatherings.models import AgendaItem, Gathering, Part, Rsvp
from peerhood.rooms import rounds, running
from peerhood.rooms.online import jitsi
from peerhood.rooms.tests.online.conftest import CALL

Kind = AgendaItem.Kind
JITSI = re.compile(r"https://meet\.example\.org/[0-9a-f]{32}")


@pytest.fixture
def with_jitsi(settings):
    settings.JITSI_HOST = "meet.example.org"


@pytest.fixture
def in_groups(online, plan, ada, go_to):
    """The room of the afternoon online, with its first round on the screens."""
    return rounds.show_next(go_to(running.open_room(online, by=ada), Kind.MIXING), by=ada)


def phone_of(client, room, person=None):
    if person:
        client.force_login(person)
    return client.get(f"/r/{room.code}/").text


def desk_of(client, room, person):
    client.force_login(person)
    return client.get(f"/gatherings/{room.gathering_id}/room/").text


def test_each_group_round_and_room_has_a_call_of_its_own(in_groups, plan, gathering, makers, ada, with_jitsi):
    one, two = plan.rounds.all()
    elsewhere = running.open_room(gathering(makers, title="Another"), by=ada)
    calls = {jitsi.address(room, shown, group) for room in (in_groups, elsewhere) for shown in (one, two) for group in (1, 2)}  # fmt: skip
    assert len(calls) == 8
    assert all(JITSI.fullmatch(call) for call in calls)


def test_a_call_stays_the_same_for_as_long_as_its_round(in_groups, plan, with_jitsi):
    shown = plan.rounds.first()
    assert jitsi.address(in_groups, shown, 1) == jitsi.address(in_groups, shown, 1)


def test_whoever_knows_all_the_numbers_cannot_reckon_a_call_without_the_secret(
    in_groups, plan, with_jitsi, settings
):
    shown = plan.rounds.first()
    ours = jitsi.address(in_groups, shown, 1)
    settings.SECRET_KEY = "a guess"  # noqa: S105
    guessed = jitsi.address(in_groups, shown, 1)
    assert JITSI.fullmatch(guessed)
    assert guessed != ours


def test_a_phone_opens_the_call_of_its_own_group_and_of_no_other(client, in_groups, plan, ben, with_jitsi):
    page = phone_of(client, in_groups, ben)
    shown = plan.rounds.first()
    assert "Open your group’s call" in page
    assert set(JITSI.findall(page)) == {jitsi.address(in_groups, shown, 1)}
    assert 'target="_blank" rel="noopener noreferrer"' in page


@pytest.mark.parametrize("who", ["guest", "no seat", "gave it up"])
def test_whoever_sits_in_no_group_is_given_no_call(client, in_groups, online, person, ben, with_jitsi, who):
    somebody = None
    if who == "no seat":
        somebody = person("Eve Ek")
        online.rsvps.create(person=somebody, status=Rsvp.Status.GOING, part="online")
    if who == "gave it up":
        somebody = ben
        online.rsvps.filter(person=ben).update(status=Rsvp.Status.CANCELLED)
    page = phone_of(client, in_groups, somebody)
    assert not JITSI.search(page)
    assert "Find your table" in page or somebody == ben


def test_the_desk_has_every_groups_call(client, in_groups, plan, ada, with_jitsi):
    shown = plan.rounds.first()
    found = set(JITSI.findall(desk_of(client, in_groups, ada)))
    assert found == {jitsi.address(in_groups, shown, group) for group in (1, 2)}


def test_in_a_hybrid_gathering_a_group_in_the_room_needs_no_call(
    client, in_groups, online, plan, ada, ben, with_jitsi
):
    """Unless somebody online is in it: then all of it has the call."""
    Gathering.objects.filter(pk=online.pk).update(mode=Gathering.Mode.HYBRID)
    shown = plan.rounds.first()
    calls = [jitsi.address(in_groups, shown, group) for group in (1, 2)]
    for in_the_room, of_ben, of_desk in (
        ([ada], calls[:1], calls),
        ([ada, ben], [], calls[1:]),
    ):
        online.rsvps.filter(person__in=in_the_room).update(part=Part.ROOM)
        assert JITSI.findall(phone_of(client, in_groups, ben)) == of_ben
        assert JITSI.findall(desk_of(client, in_groups, ada)) == of_desk


def test_without_a_jitsi_there_are_no_groups_calls(client, in_groups, ada, ben):
    assert "Open your group’s call" not in phone_of(client, in_groups, ben)
    assert "Each group’s call" not in desk_of(client, in_groups, ada)


def test_where_everybody_is_in_one_place_nothing_is_said_of_a_call(client, in_groups, ada, ben, with_jitsi):
    Gathering.objects.update(mode=Gathering.Mode.IN_PERSON)
    pages = phone_of(client, in_groups, ben) + desk_of(client, in_groups, ada)
    assert not JITSI.search(pages)
    assert CALL not in pages
    assert "Breakout rooms" not in pages


def test_the_gatherings_call_is_on_the_phones_of_those_with_a_place_online(
    client, in_groups, online, ben, chi
):
    online.rsvps.filter(person=chi).update(part="room")
    assert CALL in phone_of(client, in_groups, ben)
    assert CALL not in phone_of(client, in_groups, chi)
    client.logout()
    assert CALL not in phone_of(client, in_groups)


def test_the_desk_of_a_host_has_the_gatherings_call(client, in_groups, ada):
    page = desk_of(client, in_groups, ada)
    assert CALL in page
    assert f"/gatherings/{in_groups.gathering_id}/room/breakouts/" in page


def test_the_lobby_says_how(client, online, ada, ben):
    room = running.open_room(online, by=ada)
    assert "Keep this page open beside the call." in phone_of(client, room, ben)
    Gathering.objects.update(mode=Gathering.Mode.IN_PERSON)
    assert "Keep this page open" not in phone_of(client, room, ben)


def test_a_phone_beside_a_call_asks_the_database_little(
    client, in_groups, ben, with_jitsi, django_assert_max_num_queries
):
    phone_of(client, in_groups, ben)
    with django_assert_max_num_queries(14):
        client.get(f"/r/{in_groups.code}/", headers={"HX-Request": "true"})

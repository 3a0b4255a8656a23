import math

import pytest

from peerhood.circles.entering import joining
from peerhood.platform import guesses
from peerhood.platform.refusals import Refusal
from peerhood.rooms import codes, presence, running
from peerhood.rooms.models import Participant, Room

HERE, ELSEWHERE = "192.0.2.1", "192.0.2.2"


def wrong(address, times):
    for _ in range(times):
        with pytest.raises(Room.DoesNotExist):
            presence.find("NEST-99", address=address)


def test_a_code_is_found_however_it_is_typed(room):
    word, number = room.code.split("-")
    for typed in (room.code, room.code.lower(), f" {word} {number}", f"{word}{number}"):
        assert presence.find(typed, address=HERE) == room


def test_twenty_wrong_codes_a_minute_and_then_even_the_right_one_must_wait(room):
    wrong(HERE, 20)
    with pytest.raises(Refusal):
        presence.find(room.code, address=HERE)
    assert presence.find(room.code, address=ELSEWHERE) == room


def test_sixty_wrong_codes_an_hour(room, time_machine):
    time_machine.move_to("2027-01-21T12:00:00+01:00", tick=False)
    for _ in range(3):
        wrong(HERE, 20)
        time_machine.shift(61)
    with pytest.raises(Refusal):
        presence.find(room.code, address=HERE)
    time_machine.shift(60 * 60)
    assert presence.find(room.code, address=HERE) == room


def test_right_codes_are_never_counted(room):
    for _ in range(40):
        presence.find(room.code, address=HERE)
    assert guesses.are_used_up(codes.GUESSED, HERE) is False


def test_a_phone_that_is_in_stays_in_whatever_its_neighbour_tries(room):
    token = presence.enter(room)
    wrong(HERE, 20)
    assert presence.find(room.code, address=HERE, token=token) == room


def test_only_the_hash_of_a_token_is_stored(room):
    token = presence.enter(room)
    kept = Participant.objects.get()
    assert (kept.token_hash, kept.person) == (presence.hashed(token), None)
    assert [field.name for field in Participant._meta.fields] == [
        "id",
        "room",
        "person",
        "token_hash",
        "is_listening",
        "has_acknowledged",
    ]


def test_a_person_is_one_participant_on_all_their_phones(room, ben):
    presence.enter(room, ben)
    second = presence.recognise(room, token="", person=ben)
    presence.enter(room, ben)
    assert list(Participant.objects.all()) == [second]


def test_a_guest_who_signs_in_is_linked_and_keeps_their_vote(room, ben):
    token = presence.enter(room)
    guest = presence.recognise(room, token=token)
    assert presence.recognise(room, token=token, person=ben) == guest
    assert Participant.objects.get().person == ben


def test_whoever_borrows_a_phone_is_not_taken_for_its_owner(room, ben, chi):
    token = presence.enter(room, ben)
    assert presence.recognise(room, token=token, person=chi) is None


def test_a_token_opens_its_own_room_only(room, makers, ada, gathering):
    other = running.open_room(gathering(makers), by=ada)
    assert presence.recognise(other, token=presence.enter(room)) is None


def test_no_word_of_a_code_holds_a_letter_that_looks_like_a_digit():
    assert [word for word in codes.WORDS if set(word) & set("ILO")] == []
    assert len(codes.WORDS) == len(set(codes.WORDS)) == 156
    assert len(codes.WORDS) * len(codes.NUMBERS) == 14_040


@pytest.fixture
def removed(makers, ben, ada):
    membership = makers.memberships.get(person=ben)
    joining.remove(membership, by=ada, reason="Not this time.")
    return membership


def test_whom_an_organiser_removed_does_not_come_in_as_themselves(room, removed, ben):
    for come in (lambda: presence.enter(room, ben), lambda: presence.recognise(room, token="", person=ben)):
        with pytest.raises(Refusal):
            come()


def test_control_others_come_in_and_so_does_whoever_was_asked_in_again(room, removed, ben, chi):
    assert presence.enter(room, chi)
    removed.removals.update(ended_at=room.opened_at)
    assert presence.enter(room, ben)


def test_a_code_lets_nobody_in_once_its_room_has_closed(room, afternoon, ada, client):
    running.close_room(room, by=ada)
    assert client.get(f"/r/{room.code}/").status_code == 200  # the goodbye
    assert Participant.objects.count() == 0


def test_control_while_its_room_is_open_a_code_lets_in(room, client):
    client.get(f"/r/{room.code}/")
    assert Participant.objects.count() == 1


def test_whoever_guesses_all_afternoon_hardly_ever_finds_a_room():
    """Ten rooms are open for three hours, and somebody tries from one address as fast as the limit lets them."""
    codes_count = len(codes.WORDS) * len(codes.NUMBERS)
    guesses_count = 3 * guesses.WINDOWS[60 * 60]
    found = 1 - math.prod(1 - 10 / (codes_count - tried) for tried in range(guesses_count))
    assert found < 0.13
    # One room: a chance in eighty. Without a limit, at twenty guesses a second, every code is tried in twelve minutes.
    assert guesses_count / codes_count < 1 / 77
    assert codes_count / 20 < 12 * 60


def test_whoever_tries_codes_in_a_browser_is_told_to_wait(room, client):
    for _ in range(20):
        assert client.get("/r/NEST-99/").status_code == 404
    assert client.get(f"/r/{room.code}/").status_code == 409


def test_control_without_the_limit_every_code_could_be_tried(room, client, monkeypatch):
    monkeypatch.setattr(guesses, "WINDOWS", {})
    for _ in range(40):
        assert client.get("/r/NEST-99/").status_code == 404
    assert client.get(f"/r/{room.code}/").status_code == 200

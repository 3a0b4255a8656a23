"""One after the other: whose turn it is and who is next, passing, and only listening."""

import pytest

from peerhood.platform.refusals import Refusal
from peerhood.rooms import presence, queries, running
from peerhood.rooms.formats import queries as formats
from peerhood.rooms.formats import speaking, stepping
from peerhood.rooms.formats.recipe import Clock, Step
from peerhood.rooms.formats.standing import standing_of
from peerhood.rooms.models import Room

IN_TURN = Step("Suggestions", clock=Clock.PER_PERSON, seconds=60)


@pytest.fixture
def room(room_with, come, ada):
    """Four people take turns of a minute."""
    room = room_with(IN_TURN, Step("Thanks"))
    come(room, 4)
    return running.start(room, by=ada)


def now_and_next(room):
    said = formats.speaking_in(room, standing_of(room))
    return said.now, said.next


def participant(room, pk):
    return room.participants.get(pk=pk)


def test_everybody_has_one_turn_in_an_order_drawn_by_lot(room, ada):
    assert sorted(room.speakers) == sorted(room.participants.values_list("pk", flat=True))
    had = [room.speakers[0]]
    for _ in range(3):
        room = stepping.next_turn(room, by=ada)
        had.append(room.speakers[room.turn])
    assert had == room.speakers
    assert formats.speaking_in(stepping.next_turn(room, by=ada), standing_of(room)).is_over
    with pytest.raises(Refusal):
        stepping.next_turn(room, by=ada)


def test_the_lot_is_fair(room):
    """Over 400 draws of four everybody is first about a hundred times; half or more than one and a half times that is one in millions."""
    first = [speaking.drawn(room)[0] for _ in range(400)]
    assert all(50 < first.count(pk) < 160 for pk in room.speakers)


def test_who_speaks_and_who_is_next_is_said_by_first_name(room, ada):
    names = {p.pk: p.person.name.split()[0] for p in room.participants.select_related("person")}
    assert now_and_next(room) == (names[room.speakers[0]], names[room.speakers[1]])


def test_a_guest_of_whom_nothing_is_known_has_a_turn_like_anybody(room_with, ada):
    room = room_with(IN_TURN)
    presence.enter(room)
    room = running.start(room, by=ada)
    said = formats.speaking_in(room, standing_of(room), room.participants.get())
    assert (said.now, said.is_mine, said.can_pass) == ("", True, True)


def test_each_turn_has_its_full_time(room, ada):
    running.pause(room, by=ada)
    room = stepping.next_turn(room, by=ada)
    assert (queries.face_of(room, standing_of(room)).left, room.is_paused()) == (60, False)


def test_undo_gives_the_word_back(room, ada):
    first = now_and_next(room)
    stepping.next_turn(room, by=ada)
    assert now_and_next(running.undo(room, by=ada)) == first


def test_who_passes_before_their_turn_is_not_asked(room, ada):
    third = room.speakers[2]
    room = speaking.pass_on(room, participant(room, third))
    had = [room.speakers[room.turn]]
    while (room := stepping.next_turn(room, by=ada)).turn < len(room.speakers):
        had.append(room.speakers[room.turn])
    assert third not in had
    assert len(had) == 3


def test_who_passes_while_it_is_their_turn_gives_the_word_to_the_next(room):
    second = room.speakers[1]
    room = speaking.pass_on(room, participant(room, room.speakers[0]))
    assert room.speakers[room.turn] == second
    assert queries.face_of(room, standing_of(room)).left == 60


def test_passing_twice_is_passing_once(room):
    mine = participant(room, room.speakers[0])
    for _ in range(2):
        room = speaking.pass_on(room, mine)
    assert room.turn == 1


def test_who_only_listens_takes_no_turn_and_may_change_their_mind(room, ada):
    mine = participant(room, room.speakers[1])
    room = speaking.only_listen(room, mine, listens=True)
    assert mine.pk not in room.speakers[room.turn :]
    room = speaking.only_listen(room, mine, listens=False)
    assert room.speakers[-1] == mine.pk
    assert len(set(room.speakers)) == 4


def test_who_only_listens_is_not_in_the_next_lot(room_with, come, ada):
    room = room_with(IN_TURN)
    come(room, 3)
    listener = room.participants.first()
    speaking.only_listen(room, listener, listens=True)
    room = running.start(room, by=ada)
    assert listener.pk not in room.speakers
    assert len(room.speakers) == 2


def test_who_comes_while_others_speak_is_last(room, ada):
    presence.enter(room)
    room = stepping.next_turn(room, by=ada)
    assert room.speakers[-1] == room.participants.order_by("pk").last().pk
    assert len(room.speakers) == 5


def test_the_order_is_forgotten_with_the_step(room, ada):
    stepping.next_step(room, by=ada)
    assert Room.objects.get(pk=room.pk).speakers == []


def test_nothing_keeps_who_spoke_after_whom_and_an_undo_draws_anew(room, ada):
    order = list(room.speakers)
    for _ in range(2):
        room = stepping.next_turn(room, by=ada)
    stepping.next_step(room, by=ada)
    kept = [moment.before for moment in room.moments.all()]
    assert [before for before in kept if str(order) in str(before) or "speakers" in before] == []
    room = running.undo(Room.objects.get(pk=room.pk), by=ada)
    assert (sorted(room.speakers), room.turn) == (sorted(order), 0)


def test_phones_say_whose_turn_it_is_and_pass(room, client, ada):
    mine = participant(room, room.speakers[0])
    client.force_login(mine.person)
    page = client.get(f"/r/{room.code}/")
    assert "It is your turn." in page.text
    passed = client.post(f"/r/{room.code}/pass/", headers={"HX-Request": "true"})
    assert "It is your turn." not in passed.text
    assert Room.objects.get(pk=room.pk).turn == 1


def test_only_listening_is_a_button_on_every_phone(room, client):
    mine = participant(room, room.speakers[3])
    client.force_login(mine.person)
    client.post(f"/r/{room.code}/listen/")
    mine.refresh_from_db()
    assert mine.is_listening
    assert "You only listen" in client.get(f"/r/{room.code}/").text


def test_the_facilitators_main_button_is_the_next_turn_until_all_had_theirs(room, client, ada):
    client.force_login(ada)
    url = f"/gatherings/{room.gathering_id}/room/"
    name = now_and_next(room)[1]
    assert f"Next turn: {name}" in client.get(url).text
    for _ in range(3):
        stepping.next_turn(room, by=ada)
    page = client.get(url).text
    assert "Next turn:" not in page
    assert "Next: Thanks" in page


def test_the_projector_names_nobody(room, client):
    page = client.get(f"/r/{room.code}/screen/").text
    assert "Peer" not in page.replace("Peerhood", "")

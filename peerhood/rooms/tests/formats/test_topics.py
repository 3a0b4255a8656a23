"""Lean Coffee: topics are written, given dots, and talked about one after the other; thumbs give them more time."""

import pytest

from peerhood.rooms import queries, running, turns
from peerhood.rooms.formats import shipped, stepping, topics
from peerhood.rooms.formats.standing import standing_of
from peerhood.rooms.models import Note, Pot, Room
from peerhood.rooms.pot import opening, pouring


@pytest.fixture
def room(room_with, come, ada):
    """A Lean Coffee of six that has begun: topics are being written."""
    room = room_with(*shipped.shipped("lean-coffee", "en").parts)
    come(room, 6)
    return running.start(room, by=ada)


@pytest.fixture
def written(room):
    """Three topics, of which the second has most dots and the third the fewest."""
    pot = Pot.objects.get(room=room)
    Pot.objects.filter(pk=pot.pk).update(state=Pot.State.POURED)
    for text, dots in (("Tools", 2), ("Budgets", 5), ("Travel", 0)):
        Note.objects.create(pot=pot, text=text, nullifier=text, dots=dots)
    return pot


def on(room):
    agenda = topics.agenda_of(room, standing_of(room))
    return [topic and topic.text for topic in (agenda.now, agenda.next)]


def to(room, title, ada):
    while standing_of(room).step.title != title:
        room = stepping.next_step(room, by=ada)
    # The dots have been counted by the time people talk.
    Pot.objects.filter(room=room, kind=Pot.Kind.DOTS).exclude(place=room.place).update(
        state=Pot.State.POURED, voter_count=6
    )
    return room


def test_pitches_go_topic_by_topic_with_half_a_minute_each(room, written, ada):
    Note.objects.update(dots=None)
    room, heard = to(room, "Pitch", ada), []
    for _ in range(3):
        heard.append(on(room)[0])
        assert queries.face_of(room, standing_of(room)).left == 30
        room = stepping.next_turn(room, by=ada)
    assert sorted(heard) == ["Budgets", "Tools", "Travel"]
    assert on(room) == [None, None]


def test_topics_with_most_dots_come_first_and_one_time_round_is_one_topic(room, written, ada):
    room = to(room, "Talk", ada)
    assert on(room) == ["Budgets", "Tools"]
    assert on(stepping.next_step(room, by=ada)) == ["Tools", "Travel"]
    assert on(stepping.next_step(room, by=ada)) == ["Travel", None]
    assert on(running.undo(room, by=ada)) == ["Tools", "Travel"]


def test_what_was_taken_off_the_screens_is_no_topic(room, written, ada):
    Note.objects.filter(text="Budgets").update(is_hidden=True)
    assert on(to(room, "Talk", ada)) == ["Tools", "Travel"]


def test_dots_open_with_their_step_three_each(room, written, ada):
    to(room, "Three dots each", ada)
    dots = Pot.objects.get(kind=Pot.Kind.DOTS)
    assert (dots.about, dots.votes_each, dots.is_open()) == (written, 3, True)


def test_where_nobody_wrote_anything_there_are_no_dots_and_the_evening_goes_on(room, ada):
    Pot.objects.update(state=Pot.State.POURED)
    assert not Pot.objects.filter(kind=Pot.Kind.DOTS, room=to(room, "Three dots each", ada)).exists()
    assert standing_of(stepping.onward(to(room, "Talk", ada), by=ada)).step.title == "Takeaways"


def test_a_topic_is_given_two_minutes_then_one_and_then_no_more(room, written, ada, time_machine):
    time_machine.move_to("2027-01-21T18:00:00+01:00", tick=False)
    room = to(room, "Talk", ada)
    left = [queries.face_of(room, standing_of(room)).left]
    for _ in range(2):
        room = stepping.extend(room, by=ada)
        left.append(queries.face_of(room, standing_of(room)).left)
    assert left == [300, 420, 480]
    with pytest.raises(turns.Stale):
        stepping.extend(room, by=ada)
    assert stepping.extend(stepping.next_step(room, by=ada), by=ada).extended_count == 1


def test_thumbs_are_counted_in_secret_and_only_totals_are_told(room, written, ada, settings):
    from peerhood.rooms.pot import drawing, envelope, hat

    room = to(room, "Talk", ada)
    pot = opening.open_thumbs(room, by=ada)
    opening.stand(pot)
    for participant, thumb in zip(room.participants.all(), ["up", "up", "down", "side", "up"], strict=False):
        ticket = drawing.draw(room, participant)
        hat.take_in(settings.POT_SPOOL, pot.key, envelope.Envelope(ticket, thumb))
    pouring.pour(pot)
    pot.refresh_from_db()
    assert (pot.thumbs, pot.voter_count) == ({"up": 3, "side": 1, "down": 1}, 5)


def test_thumbs_of_one_topic_are_not_on_the_screens_at_the_next(room, written, ada):
    room = to(room, "Talk", ada)
    pot = opening.open_thumbs(room, by=ada)
    Pot.objects.filter(pk=pot.pk).update(state=Pot.State.POURED, thumbs={"up": 1, "side": 0, "down": 0})
    assert queries.pot_of(Room.objects.get(pk=room.pk)) == pot
    assert queries.pot_of(stepping.next_step(room, by=ada)) != pot


def test_every_screen_says_what_is_talked_about_and_the_desk_has_its_buttons(room, written, ada, client):
    room = to(room, "Talk", ada)
    for page in (f"/r/{room.code}/", f"/r/{room.code}/screen/"):
        assert "Budgets" in client.get(page).text
    client.force_login(ada)
    desk = client.get(f"/gatherings/{room.gathering_id}/room/").text
    for button in ("Next topic: Tools", "On to: Takeaways", "+ 2 min for this topic", "Ask for thumbs"):
        assert button in desk

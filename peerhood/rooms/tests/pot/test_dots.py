"""Dots on notes that were poured out: so many each, only totals, and the notes in their order."""

import pytest

from peerhood.platform.refusals import Refusal
from peerhood.rooms import presence
from peerhood.rooms.models import Note, Pot
from peerhood.rooms.pot import closing, drawing, moderating, opening, showing
from peerhood.rooms.tests.pot.conftest import token

pytestmark = pytest.mark.django_db


@pytest.fixture
def noted(pot, outside, pour):
    """Three notes on the screens, called 0, 1 and 2."""
    for number in range(3):
        outside.hand_in(pot, token(number), f"Note {number}")
    return pour(pot)


@pytest.fixture
def dots(noted, commit, ada):
    return commit(opening.open_dots, noted.room, by=ada, votes_each=3)


@pytest.fixture
def give(dots, outside):
    """Give dots as a participant: ``give(0, 0, 2)``. A phone for each call."""
    phones = iter(dots.room.participants.order_by("pk"))

    def hand_in(*numbers):
        notes = {note.text[-1]: note.pk for note in Note.objects.all()}
        ticket = drawing.draw(dots.room, next(phones))
        return outside.hand_in(dots, ticket, " ".join(str(notes[str(n)]) for n in numbers)).status

    return hand_in


def in_order(pot):
    return [(note.text, note.dots) for note in showing.shown(pot).notes]


def test_the_notes_come_in_the_order_of_their_dots(dots, give, pour):
    for given in [(2, 2, 2), (2, 2, 1), (1, 1, 2), (2,), (1, 0)]:
        assert give(*given) == 200
    assert in_order(pour(dots)) == [("Note 2", 7), ("Note 1", 4), ("Note 0", 1)]
    assert Pot.objects.get(kind="dots").voter_count == 5


def test_a_vote_with_more_dots_than_one_has_counts_as_none(dots, give, pour):
    assert [give(*given) for given in [(0,), (0,), (0,), (0,), (1, 1, 1, 1)]] == [200, 200, 200, 200, 400]
    assert pour(dots).is_held_back()
    assert set(Note.objects.values_list("dots", flat=True)) == {None}


def test_before_the_close_no_note_has_a_dot(dots, give):
    give(0)
    assert set(Note.objects.values_list("dots", flat=True)) == {None}


def test_a_phone_without_javascript_sees_how_it_fell(dots, give, pour, client):
    for _phone in range(5):
        give(2, 2, 2)
    pour(dots)
    page = client.get(f"/r/{dots.room.code}/").text
    assert "5 people gave dots." in page
    assert "Everyone agrees." in page
    assert page.index("Note 2") < page.index("Note 0")


def test_where_the_item_is_open_one_vote_is_enough(room, ada, spool_folder, commit, pour, outside, go_to):
    phone = presence.recognise(room, token=presence.enter(room))
    room = go_to(room, "arrival")
    pot = commit(opening.open_pot, room, by=ada)
    outside.hand_in(pot, token(1), "Note 1")
    pour(pot)
    dots = commit(opening.open_dots, room, by=ada)
    outside.hand_in(dots, drawing.draw(room, phone), f"{Note.objects.get().pk}")
    assert in_order(pour(dots)) == [("Note 1", 1)]


def test_notes_of_a_promise_keep_it_when_the_dots_are_given_in_an_open_item(noted, ada, commit, go_to):
    room = go_to(noted.room, "mixing")
    assert commit(opening.open_dots, room, by=ada).fewest_notes == 5


def test_notes_are_voted_on_once(dots, give, pour, ada):
    for _phone in range(5):
        give(0)
    pour(dots)
    with pytest.raises(Refusal, match="have been voted on"):
        opening.open_dots(dots.room, by=ada)


def test_without_notes_there_is_nothing_to_vote_on(full_room, ada, spool_folder):
    with pytest.raises(Refusal, match="no notes"):
        opening.open_dots(full_room, by=ada)


def test_what_is_hidden_takes_no_dots(noted, give_to_hidden):
    assert give_to_hidden.is_held_back()


@pytest.fixture
def give_to_hidden(noted, commit, ada, outside, pour):
    hidden = noted.notes.get(text="Note 0")
    moderating.hide(noted.room, hidden, by=ada)
    dots = commit(opening.open_dots, noted.room, by=ada)
    for phone in dots.room.participants.all()[:5]:
        outside.hand_in(dots, drawing.draw(dots.room, phone), str(hidden.pk))
    return pour(dots)


def test_a_note_that_is_hidden_meanwhile_takes_its_dots_along_and_not_the_rest(dots, give, pour, ada):
    for _phone in range(5):
        give(0, 1)
    moderating.hide(dots.room, Note.objects.get(text="Note 0"), by=ada)
    assert in_order(pour(dots))[0] == ("Note 1", 5)
    assert Pot.objects.get(kind="dots").voter_count == 5


def test_dots_that_are_thrown_away_leave_the_notes_where_they_were(dots, ada, commit, client):
    commit(closing.discard, dots.room, by=ada)
    assert "Note 1" in client.get(f"/r/{dots.room.code}/").text


def test_at_most_ten_dots_and_at_least_one(noted, ada, commit):
    dots = commit(opening.open_dots, noted.room, by=ada, votes_each=99)
    assert dots.votes_each == 10
    commit(closing.discard, noted.room, by=ada)
    assert commit(opening.open_dots, noted.room, by=ada, votes_each=0).votes_each == 1

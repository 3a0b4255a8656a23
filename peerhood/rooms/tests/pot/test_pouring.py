"""Pouring out: everything at once, in an order that says nothing, or nothing at all."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from peerhood.journal.models import Entry
from peerhood.platform.refusals import Refusal
from peerhood.rooms import running
from peerhood.rooms.models import Note, Pot, Room
from peerhood.rooms.pot import closing, door, envelope, opening, pouring, spool
from peerhood.rooms.pot.envelope import Envelope
from peerhood.rooms.tests.pot.conftest import token

pytestmark = pytest.mark.django_db


@pytest.fixture
def handed_in(pot, outside):
    """Five notes, in the order of their numbers."""
    for number in range(5):
        assert outside.hand_in(pot, token(number), f"Note {number}").status == 200
    return pot


def test_all_notes_come_at_once_without_anything_but_their_text(handed_in, pour, spool_folder):
    assert Note.objects.count() == 0
    pot = pour(handed_in)
    assert pot.state == Pot.State.POURED
    assert {note.text for note in pot.notes.all()} == {f"Note {number}" for number in range(5)}
    assert {field.name for field in Note._meta.fields} == {
        "id",
        "pot",
        "text",
        "nullifier",
        "is_hidden",
        "dots",
        "group",
    }
    assert {(note.is_hidden, note.dots) for note in pot.notes.all()} == {(False, None)}
    assert pot.closes_at is None
    assert list(spool_folder.iterdir()) == []


def test_the_order_is_that_of_the_keyed_names(handed_in, pour, spool_folder):
    folder = spool.folder_of(spool_folder, handed_in.key)
    expected = [
        Envelope(token(number), "").nullifier
        for number in sorted(
            range(5),
            key=lambda n: spool._name(folder, Envelope(token(n), "").nullifier),
        )
    ]
    poured = pour(handed_in)
    order = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT nullifier FROM {Note._meta.db_table} ORDER BY {order}")  # noqa: S608
        assert [row[0] for row in cursor.fetchall()] == expected
    assert poured.notes.count() == 5


def test_pouring_twice_pours_once(handed_in, pour):
    pour(handed_in)
    pour(handed_in)
    assert Note.objects.count() == 5


def test_with_fewer_than_three_notes_nothing_shows(pot, outside, pour):
    for number in range(2):
        outside.hand_in(pot, token(number), "x")
    assert pour(pot).state == Pot.State.HELD_BACK
    assert Note.objects.count() == 0


def test_with_fewer_than_five_present_nothing_shows(handed_in, pour):
    Pot.objects.update(present_count=4)
    assert pour(handed_in).state == Pot.State.HELD_BACK
    assert Note.objects.count() == 0


def test_empty_envelopes_do_not_count(pot, outside, pour):
    for number, text in enumerate(["One", "Two", "  ", ""]):
        assert outside.hand_in(pot, token(number), text).status == 200
    assert pour(pot).state == Pot.State.HELD_BACK


def test_who_is_present_is_frozen_at_the_opening(pot, full_room):
    full_room.participants.all().delete()
    pot.refresh_from_db()
    assert pot.present_count == 6


def test_where_an_item_is_open_one_note_is_enough(room, ada, go_to, spool_folder, outside, pour):
    room = go_to(room, "arrival")
    pot = opening.open_pot(room, by=ada)
    opening.stand(pot)
    outside.hand_in(pot, token(1), "Only me")
    assert pour(pot).state == Pot.State.POURED


def test_what_was_held_back_may_collect_more(pot, outside, pour, ada, django_capture_on_commit_callbacks):
    outside.hand_in(pot, token(1), "One")
    pour(pot)
    assert outside.hand_in(pot, token(2), "Two").status == 410
    with django_capture_on_commit_callbacks(execute=True):
        closing.collect_more(pot.room, by=ada)
    for number in (2, 3):
        assert outside.hand_in(pot, token(number), f"More {number}").status == 200
    assert pour(pot).state == Pot.State.POURED
    assert Note.objects.count() == 3


def test_what_was_held_back_may_be_thrown_away(
    pot, outside, pour, ada, spool_folder, django_capture_on_commit_callbacks
):
    outside.hand_in(pot, token(1), "One")
    pour(pot)
    with django_capture_on_commit_callbacks(execute=True):
        closing.discard(pot.room, by=ada)
    assert Pot.objects.get().state == Pot.State.DISCARDED
    assert list(spool_folder.iterdir()) == []
    assert Note.objects.count() == 0


def test_a_member_neither_opens_nor_discards_a_pot(pot, full_room, ben):
    for act in (closing.discard, closing.collect_more, closing.begin, closing.pour_now):
        with pytest.raises(PermissionDenied):
            act(full_room, by=ben)
    with pytest.raises(PermissionDenied):
        opening.open_pot(full_room, by=ben)


def test_one_pot_at_a_time(pot, full_room, ada):
    with pytest.raises(Refusal):
        opening.open_pot(full_room, by=ada)


def test_a_crash_before_the_commit_shows_nothing_and_loses_nothing(handed_in, pour, monkeypatch):
    def crash(*args, **kwargs):
        raise RuntimeError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(type(Note.objects), "bulk_create", crash)
        with pytest.raises(RuntimeError):
            pour(handed_in)
    assert Note.objects.count() == 0
    assert Pot.objects.get().state == Pot.State.OPEN
    pour(handed_in)
    assert Note.objects.count() == 5


def test_a_crash_after_the_commit_leaves_a_spool_that_is_swept(handed_in, spool_folder):
    # Without the callbacks of the commit, as if the process had died between the two.
    pouring.pour(handed_in)
    assert len(list(spool_folder.iterdir())) == 1
    pouring.pour_due()
    assert list(spool_folder.iterdir()) == []
    assert Note.objects.count() == 5


def test_the_sweep_leaves_a_live_pot_alone(handed_in, spool_folder):
    pouring.pour_due()
    assert len(spool.close(spool_folder, handed_in.key)) == 5


def test_after_a_power_cut_the_pot_is_held_back_and_the_phones_hand_in_again(
    handed_in, pour, spool_folder, outside, ada, django_capture_on_commit_callbacks
):
    spool.forget(spool_folder, handed_in.key)
    assert pour(handed_in).state == Pot.State.HELD_BACK
    with django_capture_on_commit_callbacks(execute=True):
        closing.collect_more(handed_in.room, by=ada)
    for number in range(5):
        assert outside.hand_in(handed_in, token(number), f"Note {number}").status == 200
    assert pour(handed_in).state == Pot.State.POURED


def test_the_close_gives_a_quarter_of_a_minute_and_then_the_worker_pours(
    handed_in, ada, outside, django_capture_on_commit_callbacks
):
    closing.begin(handed_in.room, by=ada)
    pouring.pour_due()
    assert outside.hand_in(handed_in, token(9), "The end of a sentence").status == 200
    Pot.objects.update(closes_at=pouring.now())
    pouring.pour_due()
    assert Note.objects.count() == 6


def test_the_journal_knows_that_a_pot_was_poured_and_nothing_of_what_was_in_it(handed_in, pour):
    pour(handed_in)
    told = [str(vars(entry)) for entry in Entry.objects.all()]
    assert any("pot.poured" in words for words in told)
    assert not any("Note 1" in words or handed_in.key in words for words in told)


def test_every_screen_hears_of_the_pouring_once(handed_in, pour):
    before = Room.objects.get().version
    pour(handed_in)
    assert Room.objects.get().version == before + 1


def test_a_note_is_taken_back_by_its_token_before_and_after_the_pouring(handed_in, outside, pour):
    back = f"{door.address(handed_in.key)}back/"
    assert outside("POST", back, envelope.padded(token(0), "")).status == 200
    pour(handed_in)
    assert {note.text for note in Note.objects.all()} == {f"Note {n}" for n in range(1, 5)}
    assert outside("POST", back, envelope.padded(token(1), "")).status == 200
    assert outside("POST", back, envelope.padded("not-a-token-of-anybody", "")).status == 200
    assert {note.text for note in Note.objects.all()} == {f"Note {n}" for n in range(2, 5)}


def back(outside, pot, number):
    return outside("POST", f"{door.address(pot.key)}back/", envelope.padded(token(number), "")).status


def test_what_is_taken_back_while_it_is_held_back_does_not_come_with_the_rest(
    pot, outside, pour, ada, django_capture_on_commit_callbacks
):
    outside.hand_in(pot, token(1), "One")
    pour(pot)
    assert back(outside, pot, 1) == 200
    with django_capture_on_commit_callbacks(execute=True):
        closing.collect_more(pot.room, by=ada)
    for number in (2, 3, 4):
        outside.hand_in(pot, token(number), f"More {number}")
    pour(pot)
    assert "One" not in [note.text for note in Note.objects.all()]


@pytest.fixture
def taken_back_on_the_way(handed_in, outside, monkeypatch):
    """The first note is taken back after the spool was read and before it is in the database."""
    real = type(Note.objects).bulk_create

    def slow(*args, **kwargs):
        assert back(outside, handed_in, 0) == 200
        return real(*args, **kwargs)

    monkeypatch.setattr(type(Note.objects), "bulk_create", slow)
    return handed_in


def test_what_is_taken_back_on_its_way_into_the_database_is_not_shown(taken_back_on_the_way, pour):
    pour(taken_back_on_the_way)
    assert {note.text for note in Note.objects.all()} == {f"Note {n}" for n in range(1, 5)}


def test_control_without_a_second_look_it_is_shown(taken_back_on_the_way, pour, monkeypatch):
    monkeypatch.setattr(pouring, "_forget", lambda pot, poured: None)
    pour(taken_back_on_the_way)
    assert "Note 0" in {note.text for note in Note.objects.all()}


def test_a_pot_that_opens_while_the_worker_sweeps_is_left_alone(
    handed_in, full_room, ada, spool_folder, monkeypatch, django_capture_on_commit_callbacks
):
    closing.discard(full_room, by=ada)
    real = spool.folders

    def slow(folder):
        # Whoever asks the database before this does not know of the pot that is found here.
        with django_capture_on_commit_callbacks(execute=True):
            opening.open_pot(full_room, by=ada)
        return real(folder)

    monkeypatch.setattr(spool, "folders", slow)
    pouring.pour_due()
    assert [folder.name for folder in spool_folder.iterdir()] == [
        spool.folder_of(spool_folder, Pot.objects.get(state=Pot.State.OPEN).key).name
    ]


@pytest.mark.parametrize("forgotten", [False, True])
def test_a_pot_ends_with_its_room(
    pot, full_room, ada, outside, spool_folder, forgotten, django_capture_on_commit_callbacks
):
    outside.hand_in(pot, token(1), "Only me")
    with django_capture_on_commit_callbacks(execute=True):
        running.close_forgotten(full_room) if forgotten else running.close_room(full_room, by=ada)
    assert outside.hand_in(pot, token(2), "Late").status == 404
    assert Pot.objects.get().state == Pot.State.DISCARDED
    assert list(spool_folder.iterdir()) == []


def test_what_enough_people_wrote_is_poured_out_when_the_room_closes(
    handed_in, full_room, ada, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        running.close_room(full_room, by=ada)
    assert Note.objects.count() == 5

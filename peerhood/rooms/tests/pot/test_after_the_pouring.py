"""What is on the table: hidden and put back, taken back, left behind at the goodbye; and a pot that somebody floods."""

import re

import pytest
from django.core.exceptions import PermissionDenied

from peerhood.journal.models import Entry
from peerhood.rooms import presence, running, turns
from peerhood.rooms.models import Note, Pot, Room
from peerhood.rooms.pot import closing, door, envelope, moderating, spool
from peerhood.rooms.tests.pot.conftest import token

pytestmark = pytest.mark.django_db


@pytest.fixture
def noted(pot, outside, pour):
    for number in range(3):
        outside.hand_in(pot, token(number), f"Note {number}")
    return pour(pot)


def seen(client, room, page=""):
    return {f"Note {n}" for n in range(4) if f"Note {n}" in client.get(f"/r/{room.code}/{page}").text}


def test_a_hidden_note_is_on_no_screen_and_may_be_put_back(noted, client, ada):
    note = noted.notes.get(text="Note 1")
    room = moderating.hide(noted.room, note, by=ada)
    assert seen(client, room) == seen(client, room, "screen/") == {"Note 0", "Note 2"}
    moderating.show_again(room, note, by=ada)
    assert len(seen(client, room)) == 3


def test_control_notes_with_keys_in_their_order_stand_in_it_on_every_screen(noted, client):
    """D5: what the random keys keep apart. Numbered ones would tell who wrote first."""
    kept = {note.text: note.nullifier for note in noted.notes.all()}
    noted.notes.all().delete()
    in_order = ["Note 2", "Note 0", "Note 1"]
    Note.objects.bulk_create(
        Note(pk=f"00000000-0000-4000-8000-{number:012}", pot=noted, text=text, nullifier=kept[text])
        for number, text in enumerate(in_order)
    )
    for page in ("", "screen/"):
        shown = client.get(f"/r/{noted.room.code}/{page}").text
        assert list(dict.fromkeys(re.findall(r"Note \d", shown))) == in_order


def test_hiding_tells_the_screens_and_the_journal_and_nothing_of_the_note(noted, ada):
    version = Room.objects.get().version
    note = noted.notes.first()
    moderating.hide(noted.room, note, by=ada)
    assert Room.objects.get().version == version + 1
    entry = Entry.objects.get(name="note.hidden")
    assert str(note.pk) not in str(vars(entry))
    assert note.text not in str(vars(entry))


def test_a_member_hides_nothing_and_nobody_hides_what_is_not_there(noted, ada, ben):
    note = noted.notes.first()
    with pytest.raises(PermissionDenied):
        moderating.hide(noted.room, note, by=ben)
    moderating.hide(noted.room, note, by=ada)
    with pytest.raises(turns.Stale):
        moderating.hide(noted.room, note, by=ada)


def test_the_run_page_offers_to_hide_and_to_put_back(noted, client, ada):
    client.force_login(ada)
    first, second = noted.notes.all()[:2]
    run = f"/gatherings/{noted.room.gathering_id}/room/"
    client.post(f"{run}pot/notes/{first.pk}/hide/", {"version": Room.objects.get().version})
    page = client.get(run).text
    assert f"notes/{first.pk}/show/" in page
    assert f"notes/{second.pk}/hide/" in page
    assert "2 notes are on the screens." in page


def test_what_is_taken_back_leaves_the_projector_too(noted, outside, client):
    version = Room.objects.get().version
    outside("POST", f"{door.address(noted.key)}back/", envelope.padded(token(1), ""))
    assert Room.objects.get().version == version + 1
    assert seen(client, noted.room, "screen/") == {"Note 0", "Note 2"}


def test_a_secret_of_nobody_tells_the_screens_nothing(noted, outside):
    version = Room.objects.get().version
    outside("POST", f"{door.address(noted.key)}back/", envelope.padded(token(9), ""))
    assert Room.objects.get().version == version


# The goodbye.


@pytest.fixture
def inside(client, full_room):
    """A browser that was in the room."""
    client.cookies[presence.COOKIE] = presence.enter(full_room)
    return client


def test_the_goodbye_shows_what_the_close_poured_out_to_those_who_were_there(
    inside, pot, outside, commit, ada
):
    for number in range(3):
        outside.hand_in(pot, token(number), f"Note {number}")
    room = commit(running.close_room, pot.room, by=ada)
    assert len(seen(inside, room)) == 3
    inside.cookies.clear()
    assert seen(inside, room) == set()


def test_the_goodbye_has_a_place_for_what_a_phone_did_not_hand_in(inside, pot, commit, ada):
    room = commit(running.close_room, pot.room, by=ada)
    assert Pot.objects.get().state == Pot.State.DISCARDED
    page = inside.get(f"/r/{room.code}/").text
    assert f'kept="{room.code} {pot.pk}"' in page
    assert "It is still on this phone:" in page


def test_the_goodbye_shows_no_hidden_note(inside, noted, commit, ada):
    moderating.hide(noted.room, noted.notes.get(text="Note 1"), by=ada)
    room = commit(running.close_room, Room.objects.get(), by=ada)
    assert seen(inside, room) == {"Note 0", "Note 2"}


# Another key.


def test_under_another_key_the_notes_stay_and_the_old_address_leads_nowhere(pot, outside, commit, ada, pour):
    for number in range(3):
        outside.hand_in(pot, token(number), f"Note {number}")
    commit(closing.give_another_key, pot.room, by=ada)
    moved = Pot.objects.get()
    assert outside.hand_in(pot, token(7), "Flood").status == 404
    assert outside.hand_in(moved, token(8), "Late but welcome").status == 200
    # The same again at the new address is the same.
    assert outside.hand_in(moved, token(0), "Note 0").status == 200
    assert pour(moved).notes.count() == 4


def test_a_flooded_pot_takes_notes_again_under_another_key(pot, outside, commit, ada, monkeypatch):
    monkeypatch.setattr(spool, "MOST_NOTES", 2)
    assert [outside.hand_in(pot, token(n), "Flood").status for n in range(3)] == [200, 200, 429]
    commit(closing.give_another_key, pot.room, by=ada)
    moved = Pot.objects.get()
    assert [outside.hand_in(moved, token(n), "Note").status for n in range(4, 7)] == [200, 200, 429]


def test_a_page_that_was_quicker_than_the_move_loses_no_note(pot, outside, ada, commit, settings):
    outside.hand_in(pot, token(1), "Before")
    other = "b" * 32
    spool.lay_out(settings.POT_SPOOL, other, {})
    spool.give_another_key(settings.POT_SPOOL, pot.key, other)
    assert [note.text for note in spool.close(settings.POT_SPOOL, other)] == ["Before"]
    assert not spool.is_there(settings.POT_SPOOL, pot.key)


def test_a_vote_needs_no_other_key(secret_ballot, ada):
    with pytest.raises(turns.Stale):
        closing.give_another_key(secret_ballot.room, by=ada)


def test_every_phone_gets_the_new_address(pot, client, commit, ada):
    commit(closing.give_another_key, pot.room, by=ada)
    page = client.get(f"/r/{pot.room.code}/").text
    assert door.address(Pot.objects.get().key) in page
    assert pot.key not in page

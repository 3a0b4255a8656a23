"""What handing in leaves behind, looked at on a running server with all its logs: D2 to D6, D8, D9, D13 of the threat model.

What the same is of votes: test_vote_traces.
"""

import re
import types
import urllib.error
from urllib.parse import urlsplit

import pytest

from bench.promise import game
from peerhood.rooms.pot import spool
from peerhood.rooms.tests.server import Phone
from tests.promise import looking
from tests.promise.looking import on_disk, page, said

# One worker for all of them: a table is laid once.
pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("promise")]
CANARY, SECRET = "canary-of-one-note", "canary-that-only-one-test-writes"


def hand_in(table, room, text=CANARY, token="a-token-of-one-phone", **headers):
    return looking.hand_in(table, room["key"], text, token, **headers)


def test_d2_two_backups_around_a_note_do_not_differ(table, room):
    member = table.members()[0]
    page(table, f"/r/{room['code']}/", member)
    before = on_disk(table)
    assert hand_in(table, room)[0] == 200
    assert on_disk(table) == before


def test_control_a_page_that_a_member_opens_does_leave_something(table, room):
    before = looking.in_database(table)
    page(table, f"/r/{room['code']}/", table.members()[0])
    assert looking.in_database(table) != before


def test_d3_a_note_is_in_its_table_and_in_no_log_mail_or_file(table, room):
    for number in range(5):
        hand_in(table, room, f"{SECRET} {number}", f"a-token-of-one-phone-{number}")
    assert not any(SECRET.encode() in content for content in on_disk(table).values())
    table.ask("pour", room["pot"])
    # The backup is of the database.
    assert found_in_files(table, SECRET) <= {"peerhood.sqlite3", "peerhood.sqlite3-wal", "backup"}
    assert "backup" in found_in_files(table, SECRET)
    assert room["key"] not in table.log.read_text()


def test_control_a_door_that_logs_what_comes_in_is_found_out(table):
    assert "server.log" not in found_in_files(table, "a-word-of-the-twin")
    game.ask(table, "/twin/logged/0/", table.members()[0], text="a-word-of-the-twin")
    assert "server.log" in found_in_files(table, "a-word-of-the-twin")


def found_in_files(table, word):
    files = [path for path in table.home.rglob("*") if path.is_file()]
    return {path.name for path in files if word.encode() in path.read_bytes()}


def test_d4_and_d6_nothing_in_the_room_moves_when_a_note_falls_in(table, room):
    member = table.members()[0]
    before = page(table, f"/r/{room['code']}/", member)
    hand_in(table, room)
    after = page(table, f"/r/{room['code']}/", member)
    assert said(before) == said(after)


def test_control_when_all_are_poured_out_the_room_does_move(table, room):
    member = table.members()[0]
    before = page(table, f"/r/{room['code']}/", member)
    for number in range(5):
        hand_in(table, room, f"Note {number}", f"a-token-of-one-phone-{number}")
    table.ask("pour", room["pot"])
    assert said(before) != said(page(table, f"/r/{room['code']}/", member))


def test_d6_the_stream_speaks_of_the_pouring_and_of_no_note(table, room):
    """The word that the pouring sends is the control: a word that a note had sent would stand before it."""
    phone = Phone(types.SimpleNamespace(port=urlsplit(table.server.url).port), room["code"])
    try:
        first = phone.next()
        for number in range(5):
            hand_in(table, room, f"Note {number}", f"a-token-of-one-phone-{number}")
        table.ask("pour", room["pot"])
        assert phone.next() == first + 1
    finally:
        phone.hang_up()


def test_d8_the_page_of_somebody_who_wrote_is_that_of_somebody_who_did_not(table, room):
    one, other = table.members()[:2]
    page(table, f"/r/{room['code']}/", one)
    page(table, f"/r/{room['code']}/", other)
    hand_in(table, room)
    assert said(page(table, f"/r/{room['code']}/", one)) == said(page(table, f"/r/{room['code']}/", other))


def test_d5_what_is_shown_has_no_time_and_no_writer_and_the_order_of_random_keys(table, room):
    for number in range(8):
        hand_in(table, room, f"Note {number}", f"a-token-of-one-phone-{number}")
    keys = table.ask("pour", room["pot"])["notes"]["keys"]
    shown = re.search(r'<ul class="notes".*?</ul>', page(table, f"/r/{room['code']}/"), re.DOTALL)[0]
    assert re.findall(r"Note \d", shown) == keys
    assert set(re.findall(r"<li[^>]*>", shown)) == {'<li class="note-card">'}


def test_d9_neither_language_nor_program_of_a_phone_changes_anything(table, room):
    answers = [
        hand_in(table, room, f"Text {number}", f"a-token-of-one-phone-{number}", **headers)
        for number, headers in enumerate(
            [{}, {"User-Agent": "Phone/1"}, {"Accept-Language": "sv"}, {"X-Forwarded-For": "192.0.2.7"}]
        )
    ]
    assert all(answer == answers[0] for answer in answers)


def test_control_an_ordinary_page_speaks_the_language_of_whoever_asks(table):
    pages = [page(table, "/r/", **{"Accept-Language": language}) for language in ("en", "sv")]
    assert said(pages[0]) != said(pages[1])


def test_d13_who_brings_a_session_is_refused_and_nothing_is_kept(table, room):
    with pytest.raises(urllib.error.HTTPError) as refused:
        hand_in(table, room, Cookie=f"sessionid={table.sessions[table.members()[0]]}")
    refused.value.close()
    assert refused.value.code == 400
    assert list((spool.folder_of(table.home / "pot", room["key"]) / "notes").iterdir()) == []

"""What handing in leaves behind, looked at on a running server with all its logs: D2 to D6, D8 and D9 of the threat model."""

import re
import urllib.error
import urllib.request

import pytest

from bench.promise import game
from peerhood.rooms.pot import envelope, spool

# One worker for all of them: a table is laid once.
pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("promise")]
CANARY, SECRET = "canary-of-one-note", "canary-that-only-one-test-writes"


@pytest.fixture(scope="module")
def table():
    with game.laid("sqlite", 7) as table:
        yield table


@pytest.fixture
def room(table):
    return table.ask("open")


def page(table, path, member=None, **headers):
    if member:
        headers["Cookie"] = f"sessionid={table.sessions[member]}"
    with urllib.request.urlopen(urllib.request.Request(table.server.url + path, headers=headers)) as answer:
        return answer.read().decode()


def hand_in(table, room, text=CANARY, token="a-token-of-one-phone", **headers):
    body = envelope.padded(token, text)
    address = f"{table.server.url}/pot/{room['key']}/"
    request = urllib.request.Request(
        address, data=body, headers={"Content-Type": "application/json", **headers}
    )
    with urllib.request.urlopen(request) as answer:
        return answer.status, answer.read(), {n: v for n, v in answer.headers.items() if n != "date"}


def on_disk(table):
    """Every byte of the database, its log and the server's log."""
    var = table.home / "var"
    return {path.name: path.read_bytes() for path in (*var.glob("peerhood.sqlite3*"), table.log)}


def test_d2_two_backups_around_a_note_do_not_differ(table, room):
    member = table.members()[0]
    page(table, f"/r/{room['code']}/", member)
    before = on_disk(table)
    assert hand_in(table, room)[0] == 200
    assert on_disk(table) == before


def test_control_a_page_that_a_member_opens_does_leave_something(table, room):
    before = on_disk(table)
    page(table, f"/r/{room['code']}/", table.members()[0])
    assert on_disk(table) != before


def test_d3_a_note_is_in_its_table_and_in_no_log_mail_or_file(table, room):
    for number in range(5):
        hand_in(table, room, f"{SECRET} {number}", f"a-token-of-one-phone-{number}")
    assert not any(SECRET.encode() in content for content in on_disk(table).values())
    table.ask("pour", room["pot"])
    found = [
        path.name for path in table.home.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()
    ]
    assert set(found) <= {"peerhood.sqlite3", "peerhood.sqlite3-wal"}
    assert found
    assert room["key"] not in table.log.read_text()


def test_d4_and_d6_nothing_in_the_room_moves_when_a_note_falls_in(table, room):
    member = table.members()[0]
    before = page(table, f"/r/{room['code']}/", member)
    hand_in(table, room)
    after = page(table, f"/r/{room['code']}/", member)
    assert _said(before) == _said(after)


def test_d8_the_page_of_somebody_who_wrote_is_that_of_somebody_who_did_not(table, room):
    one, other = table.members()[:2]
    page(table, f"/r/{room['code']}/", one)
    page(table, f"/r/{room['code']}/", other)
    hand_in(table, room)
    assert _said(page(table, f"/r/{room['code']}/", one)) == _said(page(table, f"/r/{room['code']}/", other))


def test_d5_what_is_shown_has_no_time_and_no_writer_and_the_order_of_random_keys(table, room):
    for number in range(8):
        hand_in(table, room, f"Note {number}", f"a-token-of-one-phone-{number}")
    keys = table.ask("pour", room["pot"], False)["notes"]["keys"]
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


def test_d13_who_brings_a_session_is_refused_and_nothing_is_kept(table, room):
    with pytest.raises(urllib.error.HTTPError) as refused:
        hand_in(table, room, Cookie=f"sessionid={table.sessions[table.members()[0]]}")
    refused.value.close()
    assert refused.value.code == 400
    assert list((spool.folder_of(table.home / "pot", room["key"]) / "notes").iterdir()) == []


def _said(page):
    """A page without what is drawn anew each time: tokens of forms, and the clock."""
    return re.sub(r'(csrfmiddlewaretoken" value|server-now|left|value)="[^"]*"|>\d+:\d\d<', "", page)

"""The stream through a real server: pages in threads, streams on the loop, other processes beside it."""

import time

import pytest

from peerhood.rooms.tests.server import Phone

pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("rooms")]


@pytest.fixture
def staged(server):
    return server.stage("set")


@pytest.fixture
def phone(server):
    phones = []

    def connect(staged, session=""):
        phones.append(Phone(server, staged["code"], session))
        return phones[-1]

    yield connect
    for connected in phones:
        connected.hang_up()


def test_a_stream_begins_with_the_version_the_room_has(phone, staged):
    connected = phone(staged)
    assert connected.next() == staged["version"]
    assert connected.headers["Content-Type"] == "text/event-stream"
    assert connected.headers["Cache-Control"] == "no-store"
    assert connected.headers["X-Accel-Buffering"] == "no"


def test_every_phone_hears_the_facilitators_press(server, phone, staged):
    phones = [phone(staged) for _ in range(5)]
    for connected in phones:
        connected.until(staged["version"])
    version = server.press(staged, "next", staged["version"])
    assert [connected.until(version)[-1] for connected in phones] == [version] * 5


def test_a_stale_press_is_not_heard_because_nothing_happened(server, phone, staged):
    connected = phone(staged)
    version = server.press(staged, "next", staged["version"])
    assert server.press(staged, "next", staged["version"]) == version
    assert connected.until(version)[-1] == version
    assert connected.heard.empty()


def test_whoever_comes_back_hears_where_the_room_is_now(server, phone, staged):
    away = phone(staged)
    away.until(staged["version"])
    away.hang_up()
    version = server.press(staged, "next", staged["version"])
    version = server.press(staged, "pause", version)
    assert phone(staged).next() == version


def test_an_act_in_another_process_is_heard_too(server, phone, staged):
    connected = phone(staged)
    connected.until(staged["version"])
    done = server.stage("press", staged["room"], "next_item")
    assert connected.until(done["version"])[-1] == done["version"]


def test_the_stream_ends_with_the_room_and_does_not_begin_again(server, phone, staged):
    connected = phone(staged)
    server.press(staged, "close", staged["version"])
    assert connected.until(None)[-1] is None
    assert phone(staged).status == 204


def test_the_stream_ends_when_another_process_closes_the_room(server, phone, staged):
    connected = phone(staged)
    server.stage("press", staged["room"], "close_room")
    assert connected.until(None)[-1] is None


def test_an_unknown_code_has_no_stream(phone):
    assert phone({"code": "NEST-99"}).status == 404


def test_a_stream_ends_with_the_session_it_was_opened_under(server, phone, staged):
    """And with no other: a neighbour who is nobody, or somebody else, goes on listening."""
    other = server.stage("set")
    theirs, guests, another = (
        phone(staged, staged["session"]),
        phone(staged),
        phone(staged, other["session"]),
    )
    for connected in (theirs, guests, another):
        connected.until(staged["version"])
    begun = time.monotonic()
    server.stage("sign_out", staged["session"])
    assert theirs.until(None)[-1] is None
    assert theirs.last_event == "signed-out"
    print(f"cut after {time.monotonic() - begun:.1f} s")
    version = server.press(other | {"gathering": staged["gathering"]}, "next", staged["version"])
    assert [connected.until(version)[-1] for connected in (guests, another)] == [version] * 2


def test_a_session_that_has_ended_already_is_a_visitors(server, phone, staged):
    server.stage("sign_out", staged["session"])
    connected = phone(staged, staged["session"])
    assert connected.next() == staged["version"]
    version = server.stage("press", staged["room"], "next_item")["version"]
    assert connected.until(version)[-1] == version


def test_a_removed_members_stream_closes_and_nobody_elses(server, phone, staged):
    """Control: another member of the circle, who was not removed, goes on listening."""
    removed, other = (server.stage("member", staged["room"]) for _ in range(2))
    theirs, others = phone(staged, removed["session"]), phone(staged, other["session"])
    for connected in (theirs, others):
        connected.until(staged["version"])
    server.stage("remove", removed["membership"])
    begun = time.monotonic()
    assert theirs.until(None)[-1] is None
    assert theirs.last_event == "signed-out"
    print(f"cut after {time.monotonic() - begun:.1f} s")
    version = server.press(staged, "next", staged["version"])
    assert others.until(version)[-1] == version


def test_whom_an_organiser_removed_gets_no_stream_and_no_page_under_their_name(server, phone, staged):
    removed = server.stage("member", staged["room"])
    assert phone(staged, removed["session"]).status == 200
    server.stage("remove", removed["membership"])
    assert phone(staged, removed["session"]).status == 403
    assert server.get(f"/r/{staged['code']}/", removed["session"]) == 409

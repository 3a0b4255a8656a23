"""The pot's door: it takes in what nobody signed, and nothing that could tell who asks."""

import json
import logging

import pytest

from peerhood.rooms.pot import door, envelope, pouring, spool
from peerhood.rooms.tests.pot.conftest import token

pytestmark = pytest.mark.django_db


def notes_in(pot, folder):
    return sorted(path.name for path in (spool.folder_of(folder, pot.key) / "notes").iterdir())


def test_a_note_falls_in(pot, outside, spool_folder):
    assert outside.hand_in(pot, token(1), "One report less").status == 200
    assert len(notes_in(pot, spool_folder)) == 1


@pytest.mark.parametrize("telling", ["HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_REFERER"])
def test_what_could_tell_who_asks_is_refused_unread(pot, outside, spool_folder, telling):
    answer = outside.hand_in(pot, token(1), "One report less", **{telling: "sessionid=abc"})
    assert answer.status == 400
    assert notes_in(pot, spool_folder) == []


def test_control_without_the_refusal_a_cookie_comes_in(pot, outside, spool_folder, monkeypatch):
    monkeypatch.setattr(door, "TELLING", ())
    assert outside.hand_in(pot, token(1), "One report less", HTTP_COOKIE="sessionid=abc").status == 200
    assert len(notes_in(pot, spool_folder)) == 1


def test_handing_in_asks_the_database_nothing_and_logs_nothing(
    pot, outside, django_assert_num_queries, caplog
):
    caplog.set_level(logging.DEBUG)
    caplog.clear()
    with django_assert_num_queries(0):
        outside.hand_in(pot, token(1), "One report less")
        outside.hand_in(pot, token(1), "Another text")
        outside("POST", door.address(pot.key), b"nonsense")
    assert caplog.records == []


def test_every_answer_is_the_same_whatever_was_written(pot, outside):
    answers = [outside.hand_in(pot, token(n), "word " * n) for n in range(1, 9)]
    assert len({(each.status, each.body, tuple(each.headers.items())) for each in answers}) == 1
    assert "Set-Cookie" not in answers[0].headers
    assert answers[0].headers["Cache-Control"] == "no-store"
    assert answers[0].headers["Referrer-Policy"] == "no-referrer"


def test_every_body_has_one_size():
    assert {len(envelope.padded(token(n), "ö" * n * 100)) for n in range(9)} == {envelope.SIZE}


def test_the_same_again_is_a_safe_retry_and_another_text_is_not(pot, outside, spool_folder):
    assert outside.hand_in(pot, token(1), "One report less").status == 200
    assert outside.hand_in(pot, token(1), "One report less").status == 200
    assert outside.hand_in(pot, token(1), "Two reports less").status == 409
    assert len(notes_in(pot, spool_folder)) == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{}", 400),
        (b" " * envelope.SIZE, 400),
        (json.dumps([1, 2]).encode().ljust(envelope.SIZE), 400),
        (json.dumps({"token": 7, "text": "x"}).encode().ljust(envelope.SIZE), 400),
        (json.dumps({"token": "short", "text": "x"}).encode().ljust(envelope.SIZE), 400),
        (json.dumps({"token": "../../../../etc/passwd", "text": "x"}).encode().ljust(envelope.SIZE), 400),
        (b'{"token": "tttttttttttttttttttt", "text": "\\ud800"}'.ljust(envelope.SIZE), 400),
        (json.dumps({"token": token(1), "text": "x" * 1900}).encode().ljust(envelope.SIZE), 413),
        (b"\xff" * envelope.SIZE, 400),
        (b"x" * (3 * envelope.SIZE + 1), 413),
        (b"[" * envelope.SIZE, 400),
    ],
    ids=range(12),
)
def test_what_is_no_envelope_is_refused(pot, outside, spool_folder, body, status):
    assert outside("POST", door.address(pot.key), body).status == status
    assert notes_in(pot, spool_folder) == []


def test_a_body_without_a_length_is_refused(pot, outside):
    assert outside("POST", door.address(pot.key), CONTENT_LENGTH="").status == 400
    assert outside("POST", door.address(pot.key), CONTENT_LENGTH="-1").status == 400


@pytest.mark.parametrize("path", ["/pot/", "/pot/KAFFE-42/", "/pot/" + "0" * 33 + "/", "/pot/../settings/"])
def test_an_address_that_is_none_is_not_there(outside, path):
    assert outside("POST", path, envelope.padded(token(1), "x")).status == 404


def test_a_key_that_nobody_has_leads_nowhere(pot, outside):
    assert outside("POST", door.address("0" * 32), envelope.padded(token(1), "x")).status == 404


def test_other_methods_are_not_known(pot, outside):
    for method in ("PUT", "DELETE", "OPTIONS", "PATCH"):
        assert outside(method, door.address(pot.key)).status == 405


def test_what_comes_after_the_close_is_refused(pot, outside, full_room):
    for number in range(3):
        outside.hand_in(pot, token(number), f"Note {number}")
    spool.close(door.settings.POT_SPOOL, pot.key)
    assert outside.hand_in(pot, token(7), "Late").status == 410


def test_after_the_pouring_there_is_no_pot(pot, outside, django_capture_on_commit_callbacks):
    for number in range(3):
        outside.hand_in(pot, token(number), f"Note {number}")
    with django_capture_on_commit_callbacks(execute=True):
        pouring.pour(pot)
    assert outside.hand_in(pot, token(7), "Late").status == 404


def test_a_form_from_a_page_without_javascript_is_taken(pot, outside, spool_folder):
    form = "token=abcd-efgh-jkmn-pqrs&text=En+rapport+mindre+%C3%A5r"
    answer = outside(
        "POST", door.address(pot.key), form.encode(), CONTENT_TYPE="application/x-www-form-urlencoded"
    )
    assert answer.status == 200
    assert "It is in the pot" in answer.text
    assert len(notes_in(pot, spool_folder)) == 1


def test_the_page_without_javascript_asks_and_promises(pot, outside):
    page = outside("GET", door.address(pot.key))
    assert page.status == 200
    assert "What did you stop doing?" in page.text
    assert "without any link to a person" in page.text
    assert "script" not in page.text


def test_the_page_is_not_shown_to_a_browser_with_cookies(pot, outside):
    assert outside("GET", door.address(pot.key), HTTP_COOKIE="sessionid=abc").status == 400


def test_on_the_pots_own_host_there_is_nothing_but_the_pot(pot, outside, settings):
    settings.POT_HOST = "pot.peers.example"
    assert outside("GET", "/gatherings/", HTTP_HOST="pot.peers.example").status == 404
    assert outside("GET", "/static/x.css", HTTP_HOST="pot.peers.example").text == "pages"
    assert outside("GET", door.address(pot.key), HTTP_HOST="pot.peers.example").status == 200
    assert outside("GET", "/gatherings/").text == "pages"


def test_in_production_the_pot_is_https_only(pot, outside, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert outside.hand_in(pot, token(1), "x").status == 400
    assert outside.hand_in(pot, token(1), "x", HTTP_X_FORWARDED_PROTO="https").status == 200


def test_a_pot_that_somebody_fills_takes_no_more(pot, outside, monkeypatch):
    monkeypatch.setattr(spool, "MOST_NOTES", 3)
    assert [outside.hand_in(pot, token(n), "x").status for n in range(5)] == [200, 200, 200, 429, 429]

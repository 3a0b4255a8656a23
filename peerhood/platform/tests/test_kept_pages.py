import gzip
import re

import pytest
from django.test import Client

from peerhood.platform import stamps

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("peerhood.platform.tests.urls"),
    pytest.mark.usefixtures("minute_stands"),
]


@pytest.fixture(autouse=True)
def fresh_stamps():
    stamps.bump("cups")


def token_in(response) -> str:
    return re.search(r'value="([^"]+)"', response.text).group(1)


def test_a_visitors_page_is_rendered_once_per_stamp(client):
    first = client.get("/cups/").text
    assert client.get("/cups/").text == first
    stamps.bump("cups")
    assert client.get("/cups/").text != first


def test_control_another_stamp_changes_nothing(client):
    first = client.get("/cups/").text
    stamps.bump("saucers")
    assert client.get("/cups/").text == first


def test_a_stamp_may_be_about_one_thing(client):
    first, other = client.get("/cups/1/").text[-3:], client.get("/cups/2/").text[-3:]
    stamps.bump("cups/1")
    assert client.get("/cups/1/").text[-3:] != first
    assert client.get("/cups/2/").text[-3:] == other


def test_a_kept_page_costs_one_query(client, django_assert_num_queries):
    client.get("/cups/")
    with django_assert_num_queries(1):
        client.get("/cups/")


def test_what_did_not_change_is_not_sent_again(client):
    etag = client.get("/cups/")["ETag"]
    again = client.get("/cups/", headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_a_page_without_a_gap_is_zipped_once_and_reads_the_same(client):
    plain = client.get("/cups/")
    zipped = client.get("/cups/", headers={"Accept-Encoding": "gzip, br"})
    assert (zipped["Content-Encoding"], zipped["ETag"]) == ("gzip", plain["ETag"])
    assert gzip.decompress(zipped.content) == plain.content
    assert client.get("/cups/", headers={"Accept-Encoding": "gzip"}).content == zipped.content
    assert "Accept-Encoding" in plain["Vary"]


def test_a_kept_page_is_not_for_a_host_that_is_not_ours(client):
    assert client.get("/cups/").status_code == 200
    assert client.get("/cups/", headers={"Host": "elsewhere.example"}).status_code == 400


def test_a_kept_page_has_the_headers_of_any_other(client):
    first, kept = client.get("/cups/"), client.get("/cups/")
    assert first.headers == kept.headers
    assert "default-src 'none'" in kept["Content-Security-Policy"]
    assert kept["X-Frame-Options"] == "DENY"


def test_each_visitor_gets_a_form_token_of_their_own():
    one, other = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    first, second = one.get("/cups/1/"), other.get("/cups/1/")
    assert token_in(first) != token_in(second)
    assert first.cookies["csrftoken"].value != second.cookies["csrftoken"].value
    assert first["Cache-Control"] == "private, no-cache"
    assert one.post("/cups/1/", {"csrfmiddlewaretoken": token_in(first)}).status_code == 200
    assert one.post("/cups/1/", {"csrfmiddlewaretoken": token_in(second)}).status_code == 403


def test_nothing_is_kept_of_what_a_signed_in_person_sees(client, ada):
    client.force_login(ada)
    first = client.get("/cups/")
    assert client.get("/cups/").text != first.text
    assert first["Cache-Control"] == "private, no-store"


def test_each_language_is_kept_apart(client):
    english = client.get("/cups/", headers={"Accept-Language": "en"}).text
    assert client.get("/cups/", headers={"Accept-Language": "sv"}).text != english

import os
import subprocess
import sys

import pytest
from django.conf import settings as configured

from peerhood.demo import cast
from peerhood.notices.models import Mail
from peerhood.people.models import Person


@pytest.fixture
def doors(monkeypatch):
    """Only Ada and somebody who is not in the data may be come in as."""
    told = [("nobody@example.org", "Is not there"), ("ada@example.org", "Organises the circle")]
    monkeypatch.setattr(cast, "CAST", told)


@pytest.fixture
def mail(db):
    def make(subject, **fields):
        fields = {"address": "ada@example.org", "kind": "tests/letter", "language": "en"} | fields
        return Mail.objects.create(subject=subject, text="See http://127.0.0.1:8000/7/", **fields)

    return make


def signed_in_as(client):
    key = client.session.get("_auth_user_id")
    return key and Person.objects.get(pk=key)


def test_the_doors_lead_to_those_of_the_cast_who_are_there(client, doors, makers):
    page = client.get("/demo/").text
    assert [said in page for said in ("Ada Andersson", "Organises the circle", "Organiser in Makers")] == [
        True
    ] * 3
    assert [said in page for said in ("Is not there", "Ben Berg")] == [False, False]


def test_one_comes_in_with_one_button(client, doors, ada):
    assert client.post("/demo/come-in/", {"person": ada.pk}).url == "/"
    assert signed_in_as(client) == ada


@pytest.mark.parametrize("who", ["ben", "", "x", "٣", "99999"])
def test_one_comes_in_only_as_one_of_the_cast(client, doors, ben, who):
    answer = client.post("/demo/come-in/", {"person": ben.pk if who == "ben" else who})
    assert (answer.status_code, signed_in_as(client)) == (404, None)


def test_coming_in_takes_a_button(client, doors, ada):
    assert client.get("/demo/come-in/").status_code == 405


def test_an_empty_demo_says_so(client, db, monkeypatch):
    monkeypatch.setattr(cast, "CAST", [])
    assert "The people of the demo will be here." in client.get("/demo/").text


def test_the_doors_are_shown_on_the_way_in(client, ada):
    assert 'href="/demo/"' in client.get("/sign-in/").text
    client.post("/sign-in/", {"address": "ada@example.org"})
    assert 'href="/mail/"' in client.get("/sign-in/code/").text


def test_the_cast_is_asked_for_at_once(client, doors, makers, forum, django_assert_num_queries):
    with django_assert_num_queries(2):  # people, their places
        client.get("/demo/")


def test_mails_are_listed_newest_first_and_the_dead_on_top(client, mail):
    for number in range(60):
        mail(f"Mail {number:02}")
    mail("Lost", state=Mail.State.DEAD, last_error="ConnectionRefusedError: nobody there")
    page = client.get("/mail/").text
    assert (
        page.index("Given up after two days")
        < page.index("Lost")
        < page.index("Mail 59")
        < page.index("Mail 58")
    )
    assert ("ConnectionRefusedError: nobody there" in page, "Mail 05" in page) == (True, False)
    assert "Mail 05" in client.get("/mail/?page=2").text


@pytest.mark.parametrize("count", [3, 300])
def test_the_list_asks_the_same_number_of_questions(client, mail, count, django_assert_num_queries):
    for number in range(count):
        mail(f"Mail {number}")
    with django_assert_num_queries(3):  # how many, the page of them, the dead
        client.get("/mail/")


def test_a_mail_is_read_as_text_and_as_html(client, mail):
    hello = mail("Hello <b>")
    page = client.get(f"/mail/{hello.pk}/")
    assert "<h1>Hello &lt;b&gt;</h1>" in page.text
    assert f'src="/mail/{hello.pk}/html/"' in page.text
    assert "frame-src 'self'" in page["Content-Security-Policy"]


def test_links_in_a_mail_can_be_followed(client, mail):
    assert '<a href="http://127.0.0.1:8000/7/"' in client.get(f"/mail/{mail('Hello').pk}/").text


def test_the_html_part_may_be_framed_by_us_and_runs_nothing(client, mail):
    part = client.get(f"/mail/{mail('Hello').pk}/html/")
    policy = part["Content-Security-Policy"]
    assert "<title>Hello</title>" in part.text
    assert part["X-Frame-Options"] == "SAMEORIGIN"
    for rule in ("script-src 'none'", "frame-ancestors 'self'", "style-src 'unsafe-inline'"):
        assert rule in policy


def test_a_mail_that_is_not_there(client, db):
    assert client.get("/mail/7/").status_code == client.get("/mail/7/html/").status_code == 404


ASK = """
import django; django.setup()
from django.apps import apps
from django.urls import Resolver404, resolve
for path in ("/demo/", "/demo/come-in/", "/mail/", "/mail/1/", "/mail/1/html/"):
    try: print(path, resolve(path).view_name)
    except Resolver404: print(path, "nothing")
print(apps.is_installed("peerhood.demo"))
"""


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        (
            "production",
            [
                "/demo/ nothing",
                "/demo/come-in/ nothing",
                "/mail/ nothing",
                "/mail/1/ nothing",
                "/mail/1/html/ nothing",
                "False",
            ],
        ),
        (
            "demo",
            [
                "/demo/ demo:come_in",
                "/demo/come-in/ demo:come_in_as",
                "/mail/ demo:mails",
                "/mail/1/ demo:mail",
                "/mail/1/html/ demo:mail_html",
                "True",
            ],
        ),
    ],
)
def test_the_doors_exist_in_a_demo_and_nowhere_else(mode, expected, tmp_path):
    surroundings = os.environ | {
        "PEERHOOD_MODE": mode,
        "PEERHOOD_HOME": str(tmp_path),
        "SECRET_KEY": "x" * 60,
        "ALLOWED_HOSTS": "x",
        "DJANGO_SETTINGS_MODULE": "peerhood.config.settings",
        "DATABASE_URL": "",
    }
    answer = subprocess.run(
        [sys.executable, "-c", ASK],
        env=surroundings,
        cwd=configured.ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.splitlines() == expected

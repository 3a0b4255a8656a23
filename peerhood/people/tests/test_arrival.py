import re
import threading
from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from peerhood.notices.models import Mail
from peerhood.people import arrival, tasks
from peerhood.people.models import Person

pytestmark = pytest.mark.django_db


def signed_in_as(client):
    key = client.session.get("_auth_user_id")
    return key and Person.objects.get(pk=key)


def shown(response):
    """What a page shows, without what is new on every page."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.text)


def test_whoever_types_the_code_is_in(client, ada, come_in):
    response = come_in("ada@example.org")
    assert (signed_in_as(client), response.status_code, response.url) == (ada, 302, "/")


def test_capitals_and_spaces_make_no_difference(client, ada, latest_code):
    client.post("/sign-in/", {"address": " Ada@Example.ORG "})
    code = latest_code("ada@example.org").lower().replace("-", " ")
    client.post("/sign-in/code/", {"code": f" {code} "})
    assert signed_in_as(client) == ada


def test_the_answer_is_the_same_for_known_and_unknown(client, ada):
    answers = []
    for address in ("ada@example.org", "new@example.org"):
        client.cookies.clear()
        response = client.post("/sign-in/", {"address": address, "next": "/circles/"})
        page = client.get(response.url)
        answers.append(
            (response.status_code, response.url, page.status_code, shown(page).replace(address, "…"))
        )
    assert answers[0] == answers[1]
    assert answers[0][:3] == (302, "/sign-in/code/?next=%2Fcircles%2F", 200)


def test_an_unknown_address_becomes_a_person_without_a_name(client, come_in):
    response = come_in("new@example.org")
    newcomer = Person.objects.get()
    assert (newcomer.name, newcomer.email, str(newcomer)) == ("", "new@example.org", "Somebody new")
    assert (signed_in_as(client), response.url) == (newcomer, "/welcome/")
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [
        ("new@example.org", True, True)
    ]
    assert newcomer.has_usable_password() is False


def test_a_newcomer_gets_the_language_they_came_in(client):
    client.post(
        "/sign-in/", {"address": "new@example.org"}, headers={"Accept-Language": "sv-SE,sv;q=0.9,en;q=0.5"}
    )
    assert (Person.objects.get().language, Mail.objects.get().language) == ("sv", "sv")


def test_the_code_comes_in_the_language_of_the_person_not_of_the_browser(client, person):
    person("Eva", language="sv")
    client.post("/sign-in/", {"address": "eva@example.org"}, headers={"Accept-Language": "en"})
    assert Mail.objects.get().language == "sv"


def written_by_signing_in(address):
    with CaptureQueriesContext(connection) as said:
        Client().post("/sign-in/", {"address": address})
    written = [re.match(r'(INSERT INTO|UPDATE|DELETE FROM) "(\w+)"', query["sql"]) for query in said]
    return Counter(found[0] for found in written if found)


def test_an_unknown_address_costs_two_small_rows_more_and_no_slow_step(ada, monkeypatch):
    """What it comes to in time is measured by ``bin/bench alike``: both take as long, but for a few milliseconds."""

    def slow(*_args, **_kwargs):
        raise AssertionError("a password was hashed")

    monkeypatch.setattr(PBKDF2PasswordHasher, "encode", slow)
    more = written_by_signing_in("new@example.org")
    more.subtract(written_by_signing_in("ada@example.org"))
    assert {what: number for what, number in more.items() if number} == {
        'INSERT INTO "people_person"': 1,
        'INSERT INTO "account_emailaddress"': 1,
    }


def test_control_a_password_that_is_hashed_is_noticed(ada, monkeypatch):
    monkeypatch.setattr(arrival, "make_password", lambda _none: make_password("a word"))
    monkeypatch.setattr(PBKDF2PasswordHasher, "encode", lambda *_args, **_kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        written_by_signing_in("new@example.org")


def test_only_the_mailbox_learns_who_is_a_member(client, ada):
    client.post("/sign-in/", {"address": "ada@example.org"})
    client.post("/sign-in/", {"address": "new@example.org"})
    assert list(Mail.objects.order_by("pk").values_list("kind", "address")) == [
        ("people/login_code", "ada@example.org"),
        ("people/login_code", "new@example.org"),
    ]


def test_giving_an_address_twice_makes_one_person(client):
    for _ in range(2):
        client.post("/sign-in/", {"address": "new@example.org"})
    assert Person.objects.count() == 1


def test_only_the_latest_code_opens(client, ada, latest_code):
    client.post("/sign-in/", {"address": "ada@example.org"})
    first = latest_code("ada@example.org")
    client.post("/sign-in/", {"address": "ada@example.org"})
    client.post("/sign-in/code/", {"code": first})
    assert signed_in_as(client) is None
    client.post("/sign-in/code/", {"code": latest_code("ada@example.org")})
    assert signed_in_as(client) == ada


def test_a_code_opens_only_the_browser_that_asked(client, ada, latest_code):
    client.post("/sign-in/", {"address": "ada@example.org"})
    code = latest_code("ada@example.org")
    client.cookies.clear()
    response = client.post("/sign-in/code/", {"code": code})
    assert (signed_in_as(client), response.url) == (None, "/sign-in/again/")


def test_a_code_opens_once(client, ada, come_in, latest_code):
    come_in("ada@example.org")
    client.post("/sign-out/")
    client.post("/sign-in/code/", {"code": latest_code("ada@example.org")})
    assert signed_in_as(client) is None


def test_a_wrong_code_says_what_to_do(client, ada):
    client.post("/sign-in/", {"address": "ada@example.org"})
    page = client.post("/sign-in/code/", {"code": "BBBB-BBBB"})
    assert "Take the one from our latest mail, or ask for a new one." in page.text
    assert 'aria-describedby="id_code_helptext id_code_error"' in page.text


def test_the_code_field_may_be_pasted_into_and_is_filled_in_by_the_phone(client, ada):
    client.post("/sign-in/", {"address": "ada@example.org"})
    page = client.get("/sign-in/code/")
    assert 'autocomplete="one-time-code"' in page.text
    assert "onpaste" not in page.text


def test_after_five_wrong_codes_a_new_one_is_needed(client, ada, latest_code):
    client.post("/sign-in/", {"address": "ada@example.org", "next": "/circles/"})
    for _ in range(5):
        response = client.post("/sign-in/code/", {"code": "BBBB-BBBB", "next": "/circles/"})
    assert response.url == "/sign-in/again/?next=%2Fcircles%2F"
    page = client.get(response.url)
    assert "Write your address again and we send you a new one." in page.text
    assert '<input type="hidden" name="next" value="/circles/">' in page.text
    client.post("/sign-in/code/", {"code": latest_code("ada@example.org")})
    assert signed_in_as(client) is None


def test_a_code_runs_out_after_fifteen_minutes_and_the_way_goes_on(client, ada, latest_code):
    client.post("/sign-in/", {"address": "ada@example.org", "next": "/circles/"})
    with time_machine.travel(now() + timedelta(minutes=16)):
        response = client.post(
            "/sign-in/code/", {"code": latest_code("ada@example.org"), "next": "/circles/"}
        )
        assert (signed_in_as(client), response.url) == (None, "/sign-in/again/?next=%2Fcircles%2F")
        assert "each works once, for 15 minutes" in client.get(response.url).text


def test_afterwards_one_is_where_one_was_going(client, ada, come_in):
    assert come_in("ada@example.org", next="/circles/?page=2").url == "/circles/?page=2"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "javascript:alert(1)", "http:///evil.example", "\\\\evil"],
)
def test_sign_in_leads_nowhere_else(client, ada, come_in, elsewhere, settings):
    settings.ALLOWED_HOSTS = ["testserver", "evil.example"]
    settings.CSRF_TRUSTED_ORIGINS = ["https://evil.example"]
    assert come_in("ada@example.org", next=elsewhere).url == "/"


def test_whoever_is_in_already_goes_on_without_a_code(client, ada):
    client.force_login(ada)
    assert client.post("/sign-in/", {"address": "ben@example.org", "next": "/circles/"}).url == "/circles/"
    assert client.get("/sign-in/").url == "/"
    assert Mail.objects.count() == 0


def test_a_closed_account_gets_the_same_page_and_no_mail(client, person):
    person("Eva", is_active=False)
    response = client.post("/sign-in/", {"address": "eva@example.org"})
    assert (response.url, Mail.objects.count()) == ("/sign-in/code/", 0)
    assert client.get("/sign-in/code/").status_code == 200
    client.post("/sign-in/code/", {"code": ""})
    client.post("/sign-in/code/", {"code": "-"})
    assert signed_in_as(client) is None


def test_an_imported_person_comes_in_by_the_address_an_organiser_wrote(client, come_in):
    imported = Person.objects.create(name="Ida", email="Ida@Example.org", welcomed_at=now())
    come_in("ida@example.org")
    assert signed_in_as(client) == imported
    assert EmailAddress.objects.get().verified is True


def test_any_proven_address_opens(client, ada, come_in):
    EmailAddress.objects.create(user=ada, email="ada@home.example", verified=True)
    come_in("ada@home.example")
    assert signed_in_as(client) == ada


def test_the_session_gets_a_new_key_at_sign_in(client, ada, come_in):
    client.get("/sign-in/")
    client.post("/sign-in/", {"address": "ada@example.org"})
    before = client.session.session_key
    come_in("ada@example.org")
    assert client.session.session_key not in {before, None}


@pytest.mark.parametrize(
    "address", ["", "ada", "ada@", f"{'a' * 250}@example.org", "a\nb@example.org", "ada@example.org\x00"]
)
def test_what_is_no_address_is_said_on_the_form(client, address):
    response = client.post("/sign-in/", {"address": address})
    assert (response.status_code, Person.objects.count()) == (422, 0)
    assert 'aria-invalid="true"' in response.text


def test_a_caller_without_a_form_is_told_that_this_is_no_address(rf):
    request = rf.post("/")
    request.user = AnonymousUser()
    with pytest.raises(ValidationError):
        arrival.begin(request, "nonsense", "")


def test_too_many_tries_for_one_address_get_our_page_and_no_mail(client, ada):
    answers = [client.post("/sign-in/", {"address": "ada@example.org"}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert "<h1>One moment</h1>" in answers[-1].text
    assert Mail.objects.count() == 3


def test_a_room_on_one_network_address_comes_in_within_a_minute(client):
    codes = [client.post("/sign-in/", {"address": f"p{n}@example.org"}).status_code for n in range(30)]
    assert codes == [302] * 30


def test_many_addresses_from_one_network_address_are_too_many_in_the_end(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"request_login_code": "3/m/ip"}
    codes = [client.post("/sign-in/", {"address": f"p{n}@example.org"}).status_code for n in range(5)]
    assert codes == [302, 302, 302, 429, 429]


@pytest.mark.django_db(transaction=True)
def test_two_first_tries_at_the_same_moment_make_one_person():
    start, codes = threading.Barrier(3), []

    def give_address():
        start.wait()
        try:
            codes.append(Client().post("/sign-in/", {"address": "new@example.org"}).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=give_address) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (codes, Person.objects.count(), EmailAddress.objects.count()) == ([302, 302, 302], 1, 1)


def test_sign_up_is_sign_in(client):
    assert client.get("/sign-up/?next=/circles/").url == "/sign-in/?next=%2Fcircles%2F"


def test_signing_out_takes_a_button(client, ada):
    client.force_login(ada)
    assert client.get("/sign-out/").status_code == 200
    assert signed_in_as(client) == ada
    assert client.post("/sign-out/").url == "/"
    assert signed_in_as(client) is None


def test_sign_in_pages_are_not_kept(client, ada):
    assert "no-store" in client.get("/sign-in/")["Cache-Control"]
    client.post("/sign-in/", {"address": "ada@example.org"})
    assert "no-store" in client.get("/sign-in/code/")["Cache-Control"]


@pytest.mark.parametrize(
    "path", ["/sign-in/", "/sign-in/code/", "/sign-in/passkey/", "/sign-out/", "/welcome/", "/me/"]
)
def test_every_form_needs_its_token(path, ada):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)
    assert client.post(path, {}).status_code == 403


@pytest.fixture
def unconfirmed(client):
    """Somebody who gave an address a day ago and never came."""
    with time_machine.travel(now() - timedelta(days=1, hours=1)):
        client.post("/sign-in/", {"address": "new@example.org"})
    return Person.objects.get(email="new@example.org")


def test_whoever_never_confirms_is_forgotten_after_a_day(unconfirmed, ada):
    tasks.forget_the_unconfirmed.call_local()
    assert list(Person.objects.all()) == [ada]


def test_whoever_asked_for_a_code_today_is_not_forgotten(unconfirmed, client):
    client.post("/sign-in/", {"address": "new@example.org"})
    assert (arrival.forget_unconfirmed(), Person.objects.count()) == (0, 1)


def test_whoever_came_in_is_not_forgotten(client, come_in):
    with time_machine.travel(now() - timedelta(days=3)):
        come_in("new@example.org")
    assert (arrival.forget_unconfirmed(), Person.objects.count()) == (0, 1)


def test_whoever_holds_something_is_not_forgotten(unconfirmed, makers):
    makers.memberships.create(person=unconfirmed)
    assert arrival.forget_unconfirmed() == 0
    makers.memberships.filter(person=unconfirmed).delete()
    assert arrival.forget_unconfirmed() == 1


def test_whoever_an_organiser_imported_is_not_forgotten(db):
    Person.objects.create(name="Ida", email="ida@example.org", joined_at=now() - timedelta(days=9))
    assert (arrival.forget_unconfirmed(), Person.objects.count()) == (0, 1)

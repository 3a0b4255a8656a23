import pytest
from django.utils.timezone import now

from peerhood import packs
from peerhood.journal.models import Entry
from peerhood.people import profiles
from peerhood.people.models import Person


@pytest.fixture
def newcomer(db):
    return Person.objects.create_user("new@example.org", name="")


@pytest.fixture
def page(client, newcomer):
    client.force_login(newcomer)
    return client


@pytest.fixture
def an_answer():
    """The first question that the network's pack asks newcomers, and its first answer."""
    field = next(field for field in packs.current().fields.values() if field.asked_first)
    return field.key, next(iter(field.answers))


def test_a_newcomer_answers_three_questions_once(page, newcomer, an_answer):
    key, answer = an_answer
    said = {"name": "Nova Nilsson", "work": "one of one", "ask_me_about": "coffee", f"profile_{key}": answer}
    assert page.post("/welcome/", said).url == "/people/like-me/"
    newcomer.refresh_from_db()
    assert (newcomer.name, newcomer.work, newcomer.ask_me_about) == ("Nova Nilsson", "one of one", "coffee")
    assert newcomer.profile == {key: answer}
    assert page.get("/welcome/").url == "/"
    assert list(Entry.objects.values_list("name", flat=True)) == ["profile.changed", "person.welcomed"]


def test_the_questions_may_be_skipped_and_do_not_come_back(page, newcomer):
    assert page.post("/welcome/", {"skip": "1", "name": "Half"}).url == "/"
    newcomer.refresh_from_db()
    assert (newcomer.name, newcomer.welcomed_at is not None) == ("", True)
    assert page.get("/welcome/").status_code == 302


def test_afterwards_one_goes_where_one_was_going(page):
    assert (
        '<input type="hidden" name="next" value="/gatherings/7/">'
        in page.get("/welcome/?next=/gatherings/7/").text
    )
    assert page.post("/welcome/", {"skip": "1", "next": "/gatherings/7/"}).url == "/gatherings/7/"


def test_the_questions_lead_nowhere_else(page):
    assert page.post("/welcome/", {"skip": "1", "next": "https://evil.example/"}).url == "/"


def test_a_name_is_needed_unless_one_skips(page, newcomer):
    answer = page.post("/welcome/", {"name": " \n "})
    newcomer.refresh_from_db()
    assert (answer.status_code, newcomer.welcomed_at) == (422, None)


def test_an_answer_the_pack_does_not_offer_is_not_taken(page, newcomer, an_answer):
    assert page.post("/welcome/", {"name": "Nova", f"profile_{an_answer[0]}": "pirate"}).status_code == 422


def test_a_name_stays_on_its_line(page, newcomer):
    page.post("/welcome/", {"name": "Nova\r\nBcc: all\u202e\x07  Nilsson"})
    newcomer.refresh_from_db()
    assert newcomer.name == "Nova Bcc: all Nilsson"


def test_the_questions_are_for_newcomers(client, ada):
    assert client.get("/welcome/").url == "/sign-in/?next=/welcome/"
    client.force_login(ada)
    assert client.get("/welcome/").url == "/"


def test_welcoming_keeps_what_was_answered_elsewhere(newcomer):
    newcomer.profile = {"kept": "yes"}
    newcomer.save()
    profiles.welcome(newcomer)
    newcomer.refresh_from_db()
    assert (newcomer.profile, newcomer.welcomed_at <= now()) == ({"kept": "yes"}, True)

"""My people: searched, taken along, and a word on the day one wanted to get back to somebody."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
import vobject

from peerhood.circles.entering import joining
from peerhood.connections import connecting, noting, queries, reminding
from peerhood.gatherings.models import AgendaItem
from peerhood.notices import choices
from peerhood.notices.models import Mail
from peerhood.people import affiliations
from peerhood.platform import spreadsheets

LIST = "/connections/"


@pytest.fixture
def keep(after_supper):
    def both(one, other, gathering=after_supper):
        connecting.say_met(one, other, gathering)
        connecting.say_met(other, one, gathering)

    return both


@pytest.fixture
def kept(keep, ada, ben, chi):
    """Ada keeps Ben and Chi."""
    keep(ada, ben)
    keep(ada, chi)


@pytest.fixture
def later(supper):
    """Another gathering, a week after the supper."""
    gathering = type(supper).objects.get(pk=supper.pk)
    gathering.pk, gathering.title, gathering.uid = None, "Lunch", uuid4()
    gathering.starts_at, gathering.ends_at = (
        at + timedelta(days=7) for at in (supper.starts_at, supper.ends_at)
    )
    gathering.save()
    return gathering


def found(as_, person, words):
    return [kept.person.first_name for kept in as_(person).get(LIST, {"q": words}).context["page"]]


def contacts(as_, person):
    text = as_(person).get(f"{LIST}cards/").content.decode()
    return {card.fn.value: card for card in vobject.readComponents(text)}


def rows(as_, person):
    text = as_(person).get(f"{LIST}spreadsheet/").content.decode().removeprefix(spreadsheets.MARK)
    return {row["name"]: row for row in csv.DictReader(io.StringIO(text))}


# Searching.


def test_people_are_found_by_name_work_note_topic_and_where_we_met(as_, kept, ada, ben, chi):
    affiliations.add(ben, "Norrköping Hospital", title="Head of PMO")
    chi.ask_me_about = "Benefits"
    chi.save()
    noting.note(ada, chi, "Lent me a book on RISK")
    for words, names in (
        ("ben berg", ["Ben"]),
        ("HOSPITAL", ["Ben"]),
        ("norrköping head", ["Ben"]),
        ("benefits", ["Chi"]),
        ("risk book", ["Chi"]),
        ("supper", ["Chi", "Ben"]),
        ("hospital risk", []),
    ):
        assert sorted(found(as_, ada, words)) == sorted(names), words


def test_what_somebody_shows_to_nobody_is_not_found(as_, kept, ada, ben, chi):
    affiliations.add(ben, "Norrköping Hospital", title="Head")
    ben.visibility, chi.visibility = {"job": "me", "work": "me"}, {"ask_me_about": "me"}
    chi.ask_me_about = "Benefits"
    ben.save()
    chi.save()
    assert [found(as_, ada, words) for words in ("hospital", "benefits")] == [[], []]
    assert "Benefits" not in as_(ada).get(LIST).text


def test_somebody_elses_note_finds_nobody(as_, kept, ada, ben):
    noting.note(ben, ada, "Owes me a coffee")
    assert found(as_, ada, "coffee") == []


@pytest.mark.parametrize("words", ["\0", "x" * 9_000, "%", "'", "\\", "a\u0301" * 200])
def test_any_words_may_be_looked_for(as_, kept, ada, words):
    assert as_(ada).get(LIST, {"q": words}).status_code == 200


def test_where_nobody_says_it_the_page_says_so_and_leads_back(as_, kept, ada):
    page = as_(ada).get(LIST, {"q": "xyzzy"}).text
    assert "None of your people says “xyzzy”" in page


# Where and when.


def test_every_gathering_at_which_we_sat_together_is_named(as_, kept, ada, ben, later, share_a_table):
    share_a_table(later, ada, ben)
    (one,) = [each for each in queries.my_people(ada) if each.person == ben]
    assert [each.gathering.title for each in one.meetings] == ["Supper", "Lunch"]
    page = as_(ada).get(LIST).text
    assert page.count("Lunch</span>") == 1


def test_what_they_are_happy_to_be_called_about_is_said(as_, kept, ada, ben):
    ben.ask_me_about = "stage gates"
    ben.save()
    assert "Happy to be called about: stage gates" in as_(ada).get(LIST).text


def test_my_people_are_mine_when_i_leave_the_circle_and_when_they_change_job_and_address(
    as_, kept, ada, ben, makers
):
    joining.leave(makers, ben)
    affiliations.add(ada, "Another City", title="Chief")
    ada.email = "ada@another.example"
    ada.save()
    assert found(as_, ben, "another city") == ["Ada"]
    assert "mailto:ada@another.example" in as_(ben).get(LIST).text


# Taken along.


def test_a_contact_card_holds_what_is_shown_and_my_note(as_, kept, ada, ben):
    affiliations.add(ben, "Åkers; Verk, AB", title="Chef\\Head")
    noting.note(ada, ben, "Line one\r\nLine two; with a semicolon, and a comma", date(2027, 1, 21))
    card = contacts(as_, ada)["Ben Berg"]
    assert (card.version.value, card.n.value.family, card.n.value.given) == ("3.0", "Berg", "Ben")
    assert card.email.value == "ben@example.org"
    assert (card.org.value, card.title.value) == (["Åkers; Verk, AB"], "Chef\\Head")
    assert card.note.value.startswith("Line one\nLine two; with a semicolon, and a comma\nMet at Supper, ")


def test_lines_are_folded_within_75_octets_and_no_letter_is_cut(as_, kept, ada, ben):
    noting.note(ada, ben, "åäö" * 200)
    answer = as_(ada).get(f"{LIST}cards/")
    assert answer["Content-Type"] == "text/vcard; charset=utf-8"
    lines = answer.content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() is not None for line in lines)
    assert contacts(as_, ada)["Ben Berg"].note.value.startswith("åäö" * 200)


@pytest.mark.parametrize("name", ["Bo", "Eve\r\nEMAIL:x@y.example", "Anna-Karin af Å"])
def test_any_name_is_one_card(as_, kept, ada, ben, name):
    ben.name = name
    ben.save()
    assert sorted(contacts(as_, ada)) == sorted(["Chi Chen", " ".join(name.split())])


def test_a_spreadsheet_has_a_row_for_each_and_no_formula(as_, kept, ada, ben):
    noting.note(ada, ben, "=1+1", date(2027, 1, 21))
    row = rows(as_, ada)["Ben Berg"]
    assert (row["email"], row["my_note"], row["follow_up_on"]) == ("ben@example.org", "'=1+1", "2027-01-21")
    assert row["met_at"].startswith("Met at Supper, ")


@pytest.mark.parametrize(("level", "is_told"), [("open", True), ("chatham", False), ("agenda-only", False), ("confidential", False)])  # fmt: skip
def test_where_we_met_leaves_with_a_file_only_where_the_level_lets_it(
    as_, kept, ada, after_supper, level, is_told
):
    AgendaItem.objects.create(
        gathering=after_supper, kind="talk", title="T", position=1, length_minutes=5, confidentiality=level
    )
    files = [as_(ada).get(f"{LIST}{name}/").content.decode() for name in ("cards", "spreadsheet")]
    assert ["Supper" in text for text in files] == [is_told, is_told]
    # They were there: their own page says it to each of the two at any level.
    assert "Supper" in as_(ada).get(LIST).text


def test_nobody_elses_people_are_in_it(as_, kept, ben, dot):
    assert list(contacts(as_, ben)) == ["Ada Andersson"]
    assert as_(dot).get(f"{LIST}cards/").content == b""
    assert rows(as_, dot) == {}


@pytest.mark.parametrize("name", ["cards", "spreadsheet"])
def test_a_file_asks_the_database_as_often_for_few_as_for_many(
    as_, keep, share_a_table, person, ada, ben, supper, django_assert_num_queries, name
):
    for each in [ben, *(person(f"P{number} Q") for number in range(5))]:
        if each != ben:
            supper.circle.memberships.create(person=each)
            share_a_table(supper, ada, each, round_number=3)
        keep(ada, each)
        browser = as_(ada)
        browser.get(f"{LIST}{name}/")
        with django_assert_num_queries(8):
            browser.get(f"{LIST}{name}/")


# The day to get back to somebody.


def mails():
    return list(Mail.objects.filter(kind="connections/follow_up"))


@pytest.fixture
def noted(kept, ada, ben):
    noting.note(ada, ben, "Ask about the secret plan", date(2027, 3, 9))


def at(day, hour):
    return time_machine.travel(datetime(2027, 3, day, hour, tzinfo=UTC), tick=False)


def test_on_the_day_one_mail_comes_in_the_morning_and_says_nothing_of_the_note(noted, ada):
    for day, hour in ((8, 20), (9, 4)):
        with at(day, hour):
            reminding.remind_all_due()
    assert mails() == []
    for day, hour in ((9, 7), (9, 8), (10, 8)):
        with at(day, hour):
            reminding.remind_all_due()
    (mail,) = mails()
    assert (mail.person, mail.subject) == (ada, "You wanted to get back to Ben Berg")
    assert "secret" not in mail.text


def test_the_owners_clock_says_which_day_it_is(noted, ada):
    ada.time_zone = "Pacific/Auckland"
    ada.save()
    with at(8, 19):
        reminding.remind_all_due()
    assert len(mails()) == 1


def test_a_worker_that_stood_still_makes_up_for_it_for_two_days(noted):
    with at(12, 8):
        reminding.remind_all_due()
    assert mails() == []
    with at(11, 8):
        reminding.remind_all_due()
    assert len(mails()) == 1


def test_another_day_has_a_mail_of_its_own_and_none_has_none(noted, ada, ben):
    with at(9, 8):
        reminding.remind_all_due()
    noting.note(ada, ben, "Again", date(2027, 3, 20))
    with at(20, 8):
        reminding.remind_all_due()
    noting.note(ada, ben, "Again", None)
    with at(21, 8):
        reminding.remind_all_due()
    assert len(mails()) == 2


def test_whoever_wants_no_such_mail_gets_none(noted, ada):
    choices.turn_off(ada, choices.Group.CONNECTIONS)
    with at(9, 8):
        reminding.remind_all_due()
    assert mails() == []

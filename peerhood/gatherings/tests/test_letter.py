"""The letter to an employer: what the afternoon is worth, and nothing of who else comes."""

import re

import pytest

from peerhood.gatherings import agenda
from peerhood.gatherings.models import Rsvp
from peerhood.gatherings.tests.reading_paper import pages_of
from peerhood.journal.models import Entry

pytestmark = pytest.mark.django_db


def words_of(response):
    """The letter itself, without the page around it."""
    return " ".join(response.text.split('id="letter">')[1].split("</article>")[0].split())


@pytest.fixture
def letter(client):
    """The letter's page as somebody opens it, or asks for it again: ``letter(supper, ben, employer="Havsrud")``."""

    def write(gathering, person, **typed):
        client.force_login(person)
        address = f"/gatherings/{gathering.pk}/letter/"
        return client.post(address, {"language": "en"} | typed) if typed else client.get(address)

    return write


@pytest.fixture
def file(client):
    def write(gathering, person, **typed):
        client.force_login(person)
        return client.post(f"/gatherings/{gathering.pk}/letter.pdf", {"language": "en"} | typed)

    return write


def test_it_says_what_when_how_long_and_what_it_costs_in_hours(letter, supper, lines, ada, ben):
    agenda.set_agenda(supper, lines, by=ada)
    words = words_of(letter(supper, ben))
    said = [
        "To whom it may concern",
        "Ben Berg would like to take part in “Supper”, a meeting of Makers",
        "13:00–16:20",
    ]
    said += [
        "13:20 Five tables, one problem each, 90 minutes",
        "What Ben brings back",
        "Nobody sells anything there.",
    ]
    said += ["It costs 3.5 hours of working time", "Whoever has questions is welcome to ask Ada Andersson."]
    assert [each for each in said if each not in words] == []


def test_what_is_under_a_rule_is_told_by_its_kind_and_no_speaker_is_named(letter, supper, lines, ada, chi):
    agenda.set_agenda(supper, lines, by=ada)
    words = words_of(letter(supper, chi))
    assert "15:30 Member story, 35 minutes" in words
    assert ("What we measured" in words, "Ben Berg" in words) == (False, False)
    # Control: in the open, its title is told; who speaks is not, even then.
    supper.agenda.update(confidentiality="open")
    words = words_of(letter(supper, chi))
    assert ("What we measured" in words, "Ben Berg" in words) == (True, False)


def test_it_is_addressed_to_the_employer_that_is_typed_and_that_is_kept_nowhere(letter, file, supper, ben):
    assert "To whom it may concern at Havsrud" in words_of(letter(supper, ben, employer="Havsrud"))
    response = file(supper, ben, employer="Havsrud <b>")
    assert "To whom it may concern at Havsrud <b>" in pages_of(response.content)[0]
    assert not Entry.objects.filter(facts__icontains="Havsrud").exists()
    assert "Havsrud" not in response["Content-Disposition"]
    assert "Havsrud" not in words_of(letter(supper, ben))


def test_it_is_written_in_the_language_that_is_chosen(letter, supper, ben):
    response = letter(supper, ben, language="sv")
    assert 'lang="sv" id="letter"' in response.text
    assert re.search(r"dag \d", words_of(response))
    assert 'lang="en" id="letter"' in letter(supper, ben, language="en").text


def test_a_letter_in_no_language_is_asked_for_again(letter, supper, ben):
    assert letter(supper, ben, language="xx").status_code == 422


def test_a_closed_circle_is_named_only_when_its_member_chooses_so(letter, file, breakfast, lines, ada, ben):
    agenda.set_agenda(breakfast, lines, by=ada)
    canaries = ("Canary at dawn", "Gryningsforum", "Canary Quay", "Five tables", "Ada")
    for words in (words_of(letter(breakfast, ben)), *pages_of(file(breakfast, ben).content)):
        assert "A professional network meeting" in words
        assert [canary for canary in canaries if canary in words] == []
    # Control: chosen, the circle and the gathering are named; nobody who comes is, even then.
    words = words_of(letter(breakfast, ben, names_circle="on"))
    assert [canary for canary in canaries if canary in words] == list(canaries[:4])


def test_an_open_circle_leaves_nothing_to_choose(letter, supper, breakfast, ben):
    assert "names_circle" not in letter(supper, ben).text
    assert "names_circle" in letter(breakfast, ben).text


def test_nobody_who_comes_is_named(letter, supper, ada, ben, chi):
    for person in (ada, chi):
        supper.rsvps.create(person=person, status=Rsvp.Status.GOING)
    assert "Chi" not in words_of(letter(supper, ben))


def test_whoever_cannot_come_has_no_letter(letter, supper, breakfast, dot):
    assert letter(supper, dot).status_code == 403
    assert letter(breakfast, dot).status_code == 404


@pytest.mark.parametrize("state", ["draft", "cancelled"])
def test_of_what_is_not_announced_there_is_no_letter(letter, supper, ada, state):
    supper.state = state
    supper.save()
    assert letter(supper, ada).status_code == 409


def test_the_file_is_kept_by_nobody_and_found_by_nobody(file, supper, ben):
    response = file(supper, ben)
    named = ("Content-Type", "Cache-Control", "X-Robots-Tag", "Content-Disposition")
    assert [response[name] for name in named] == [
        "application/pdf",
        "private, no-store",
        "noindex",
        f'inline; filename="letter-{supper.pk}.pdf"',
    ]


def test_a_long_day_makes_two_sheets_and_loses_no_line(file, supper, ada, ben):
    agenda.set_agenda(supper, [agenda.Line("talk", f"Talk number {n}", 10) for n in range(40)], by=ada)
    pages = pages_of(file(supper, ben).content)
    assert len(pages) == 2
    assert [n for n in range(40) if f"Talk number {n}," not in "".join(pages)] == []


def test_those_who_may_answer_find_it_on_the_gatherings_page(client, supper, ben):
    address = f"/gatherings/{supper.pk}/letter/"
    assert address not in client.get(supper.get_absolute_url()).text
    client.force_login(ben)
    assert address in client.get(supper.get_absolute_url()).text

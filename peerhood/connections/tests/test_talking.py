"""What we talked about: a line for each meeting, for whoever wrote it and for nobody else."""

import pytest
from django.core.exceptions import PermissionDenied

from peerhood.connections import connecting, noting, queries
from peerhood.connections.models import TalkedAbout
from peerhood.journal.models import Entry

LIST = "/connections/"
WORDS = "the plan that nobody reads"


@pytest.fixture
def met(after_supper):
    return f"{LIST}met/{after_supper.pk}/"


def lines():
    return [(line.owner, line.about, line.words) for line in TalkedAbout.objects.order_by("pk")]


def test_a_line_is_kept_before_the_other_has_said_anything_and_shown_again(as_, ada, ben, met, after_supper):
    connecting.say_met(ada, ben, after_supper)
    kept = as_(ada).post(f"{met}{ben.pk}/line/", {"words": f"  {WORDS} "}, headers={"HX-Request": "true"})
    assert ("<h1" in kept.text, WORDS in kept.text) == (False, True)
    assert lines() == [(ada, ben, WORDS)]
    assert WORDS in as_(ada).get(met).text


def test_without_javascript_it_returns_to_the_person(as_, ada, ben, met):
    assert as_(ada).post(f"{met}{ben.pk}/line/", {"words": WORDS}).url == f"{met}#person-{ben.pk}"


def test_the_other_never_reads_it_and_neither_does_an_organiser(as_, ada, ben, chi, met, after_supper):
    for one, other in ((ben, ada), (ada, ben)):
        connecting.say_met(one, other, after_supper)
    noting.talked_about(ben, ada, after_supper, WORDS)
    # Ada organises the circle, and is the one it is about.
    for path in (met, LIST, f"{LIST}{ben.pk}/", f"{LIST}cards/", f"{LIST}spreadsheet/", f"/people/{ben.pk}/"):
        assert WORDS not in as_(ada).get(path).content.decode()
    assert WORDS in as_(ben).get(LIST).text
    assert not Entry.objects.filter(facts__icontains="nobody reads").exists()


def test_it_stands_with_the_meeting_is_found_and_goes_along(as_, ada, ben, after_supper):
    for one, other in ((ben, ada), (ada, ben)):
        connecting.say_met(one, other, after_supper)
    noting.talked_about(ada, ben, after_supper, WORDS)
    assert [each.person for each in queries.my_people(ada, "nobody reads")] == [ben]
    assert queries.my_people(ben, "nobody reads") == []
    assert f": {WORDS}" in as_(ada).get(f"{LIST}cards/").content.decode().replace("\r\n ", "")


def test_another_line_takes_its_place_and_an_empty_one_puts_it_away(ada, ben, after_supper):
    noting.talked_about(ada, ben, after_supper, "Soup")
    noting.talked_about(ada, ben, after_supper, WORDS)
    assert lines() == [(ada, ben, WORDS)]
    noting.talked_about(ada, ben, after_supper, " ")
    assert lines() == []


def test_taking_the_word_back_loses_no_line(as_, ada, ben, met, after_supper):
    connecting.say_met(ada, ben, after_supper)
    noting.talked_about(ada, ben, after_supper, WORDS)
    connecting.take_back(ada, ben)
    assert WORDS in as_(ada).get(met).text


def test_about_somebody_one_did_not_sit_with_there_is_no_line(as_, ben, chi, dot, met, after_supper):
    with pytest.raises(PermissionDenied):
        noting.talked_about(ben, chi, after_supper, WORDS)
    assert as_(ben).post(f"{met}{chi.pk}/line/", {"words": WORDS}).status_code == 404
    assert as_(dot).post(f"{met}{chi.pk}/line/", {"words": WORDS}).status_code == 404
    assert lines() == []


@pytest.mark.parametrize("words", ["x" * 9_000, "\0\0", "a\nb\tc"])
def test_any_line_is_taken_in(as_, ada, ben, met, words):
    assert as_(ada).post(f"{met}{ben.pk}/line/", {"words": words}).status_code == 302
    assert all(len(line) <= 200 for _owner, _about, line in lines())

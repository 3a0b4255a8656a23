import re

import pytest
from django.core.exceptions import PermissionDenied

from peerhood.growth.models import Interest
from peerhood.growth.opportunities import posting, queries, replying
from peerhood.journal.models import Entry
from peerhood.notices.models import Mail
from peerhood.people import silence
from peerhood.platform.refusals import Refusal

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
WORDS = "I have built three of those."


def told():
    return Mail.objects.filter(kind="growth/interested")


def test_the_author_gets_name_address_and_words_by_mail(desk, ada, ben):
    replying.say_interested(desk, WORDS, by=ada)
    mail = told().get()
    assert mail.person == ben
    assert "Ada Andersson" in mail.text
    assert "ada@example.org" in mail.text
    assert WORDS in mail.text
    assert not Entry.objects.filter(by=ada, name__contains="interest").exists()


def test_once_each_and_told_once(desk, ada):
    first = replying.say_interested(desk, WORDS, by=ada)
    assert replying.say_interested(desk, "Again.", by=ada) == first
    assert (Interest.objects.get().words, told().count()) == (WORDS, 1)


def test_nobody_but_the_author_reads_who_is_interested_nor_how_many(desk, ada, ben, chi, as_):
    replying.say_interested(desk, WORDS, by=chi)
    without = as_(ada).get(desk.get_absolute_url()).text
    assert "Chi Chen" not in without
    assert WORDS not in without
    listed = as_(ada).get("/growth/opportunities/makers/").text
    Interest.objects.all().delete()
    assert TOKEN.sub("", as_(ada).get("/growth/opportunities/makers/").text) == TOKEN.sub("", listed)
    replying.say_interested(desk, WORDS, by=chi)
    page = as_(ben).get(desk.get_absolute_url()).text
    assert "Chi Chen" in page
    assert "chi@example.org" in page
    assert WORDS in page


def test_whoever_is_interested_reads_before_what_the_author_gets(desk, ada, as_):
    assert "gets your name, your address ada@example.org" in as_(ada).get(desk.get_absolute_url()).text


def test_it_is_taken_back(desk, ada, ben):
    replying.say_interested(desk, WORDS, by=ada)
    replying.take_back(desk, by=ada)
    assert not queries.repliers_to(desk, ben).exists()
    assert not told().exists()


def test_nobody_is_interested_in_their_own_nor_in_what_is_over_nor_from_outside(desk, ada, ben, dot):
    with pytest.raises(Refusal):
        replying.say_interested(desk, WORDS, by=ben)
    with pytest.raises(PermissionDenied):
        replying.say_interested(desk, WORDS, by=dot)
    posting.close(desk, by=ben)
    with pytest.raises(Refusal):
        replying.say_interested(desk, WORDS, by=ada)


@pytest.mark.parametrize("who", ["author", "replier"])
def test_between_a_silenced_pair_it_is_accepted_and_goes_nowhere(desk, ada, ben, chi, as_, who):
    owner, about = (ben, ada) if who == "author" else (ada, ben)
    silence.keep_apart(owner, about)
    answers = []
    for person in (ada, chi):
        before = as_(person).get(desk.get_absolute_url()).text.replace(person.email, "me")
        pressed = as_(person).post(f"{desk.get_absolute_url()}interested/", {"words": WORDS}, follow=True)
        answers.append((before.count("<p"), pressed.redirect_chain, pressed.text.count(WORDS)))
    # To Ada everything reads as it does to Chi.
    assert answers[0] == answers[1]
    assert answers[0][2] == 1
    assert [interest.person for interest in queries.repliers_to(desk, ben)] == [chi]
    assert list(told().values_list("person", flat=True)) == [ben.pk]
    assert "Chi Chen" in told().get().text


def test_what_was_not_delivered_is_not_when_the_silence_ends(desk, ada, ben):
    silence.keep_apart(ben, ada)
    replying.say_interested(desk, WORDS, by=ada)
    silence.let_go(ben, ada)
    assert not queries.repliers_to(desk, ben).exists()


def test_control_without_a_silence_it_is_delivered(desk, ada, ben):
    replying.say_interested(desk, WORDS, by=ada)
    assert [interest.person for interest in queries.repliers_to(desk, ben)] == [ada]
    silence.keep_apart(ben, ada)
    assert not queries.repliers_to(desk, ben).exists()

"""Who reads it, and above all who does not."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate, now

from peerhood.circles.models import Circle
from peerhood.growth.models import OpenToTalk
from peerhood.growth.opportunities import open_to_talk
from peerhood.journal.models import Entry
from peerhood.people import affiliations, silence
from peerhood.people.own_data import rules

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


def without_token(page):
    return TOKEN.sub("", page)


@pytest.fixture(autouse=True)
def mailboxes_of_their_own(ada, ben, chi):
    EmailAddress.objects.filter(user__in=[ada, ben, chi]).delete()
    for person in (ada, ben, chi):
        EmailAddress.objects.create(user=person, email=f"{person.pk}@gmail.com", verified=True)


@pytest.fixture
def said(makers, ben):
    return open_to_talk.say(ben, kinds=["job"], words="Quietly.", circles=[makers])


def reads(reader, circle):
    return [each.person for each in open_to_talk.read_by(reader, circle)]


def test_members_of_the_chosen_circles_read_it_and_no_others(said, makers, forum, ada, ben, chi, as_):
    assert reads(ada, makers) == reads(chi, makers) == [ben]
    assert reads(ada, forum) == []
    assert reads(ben, makers) == []
    page = as_(chi).get("/growth/opportunities/makers/people/").text
    assert "Ben Berg" in page
    assert "Quietly." in page
    assert not Entry.objects.filter(by=ben).exists()


def lately(days):
    return localdate() - timedelta(days=days)


JOBS = {
    "both work there": ({}, {}, True),
    "one left within a year": ({}, {"ended_on": lately(364)}, True),
    "the other left within a year": ({"ended_on": lately(364)}, {}, True),
    "both left within a year": ({"ended_on": lately(300)}, {"ended_on": lately(1)}, True),
    "one begins soon": ({}, {"started_on": lately(-30)}, True),
    "one left long ago": ({}, {"ended_on": lately(366)}, False),
}


@pytest.mark.parametrize("job", JOBS)
def test_a_colleague_never_reads_it(said, makers, chi, ben, job):
    bens, chis, is_hidden = JOBS[job]
    affiliations.add(ben, "Havsrud", **bens)
    affiliations.add(chi, "HAVSRUD", **chis)
    assert reads(chi, makers) == ([] if is_hidden else [ben])


def test_control_without_the_filter_the_colleague_reads_it(said, makers, chi, ben, monkeypatch):
    affiliations.add(ben, "Havsrud")
    affiliations.add(chi, "Havsrud")
    assert reads(chi, makers) == []
    monkeypatch.setattr(open_to_talk, "without_colleagues", lambda said, _reader: said)
    assert reads(chi, makers) == [ben]


def test_nor_in_any_page_when_the_colleague_organises(said, makers, ada, ben, as_):
    without = ["/growth/opportunities/makers/people/", "/growth/opportunities/makers/", "/search/?q=Quietly"]
    assert "Quietly." in as_(ada).get(without[0]).text
    affiliations.add(ben, "Havsrud")
    affiliations.add(ada, "Havsrud")
    with_it = [without_token(as_(ada).get(path).text) for path in without]
    assert not any("Quietly." in text for text in with_it)
    OpenToTalk.objects.all().delete()
    # Not even a number changes when nobody says so any more.
    assert [without_token(as_(ada).get(path).text) for path in without] == with_it


def test_a_new_employer_counts_at_once(said, makers, chi, ben):
    affiliations.add(chi, "Havsrud")
    assert reads(chi, makers) == [ben]
    job = affiliations.add(ben, "Havsrud")
    assert reads(chi, makers) == []
    affiliations.remove(job, by=ben)
    assert reads(chi, makers) == [ben]


@pytest.mark.parametrize(
    ("address", "is_verified", "is_hidden"),
    [
        ("chi@Havsrud.example", True, True),
        ("chi@havsrud.example", False, False),
        ("chi@mail.havsrud.example", True, False),
    ],
)
def test_a_proven_address_at_the_same_domain_is_a_colleagues(
    said, makers, chi, ben, address, is_verified, is_hidden
):
    EmailAddress.objects.create(user=ben, email="ben@havsrud.example", verified=True)
    EmailAddress.objects.create(user=chi, email=address, verified=is_verified)
    assert reads(chi, makers) == ([] if is_hidden else [ben])


@pytest.fixture
def house(ben, chi):
    house = Circle.objects.create(
        name="House", slug="house", kind="in-house", purpose="Ours.", time_zone="Europe/Stockholm"
    )
    for person in (ben, chi):
        house.memberships.create(person=person)
    return house


def test_a_circle_within_one_employer_never_shows_it_and_makes_colleagues(said, makers, house, ada, chi, ben):
    assert reads(chi, makers) == []
    assert reads(ada, makers) == [ben]
    said.circles.add(house)
    assert reads(chi, house) == []
    with pytest.raises(PermissionDenied):
        open_to_talk.say(ben, kinds=["job"], words="", circles=[house])


@pytest.mark.parametrize("keep", [silence.keep_apart, silence.block])
def test_nobody_of_whom_one_would_rather_not_hear_reads_it(said, makers, chi, ben, keep):
    keep(chi, ben)
    assert reads(chi, makers) == []
    silence.let_go(chi, ben)
    keep(ben, chi)
    assert reads(chi, makers) == []


def test_it_ends_by_itself_after_ninety_days_and_is_forgotten(said, makers, chi, ben):
    assert timedelta(days=89) < said.ends_at - now() <= timedelta(days=90)
    OpenToTalk.objects.update(ends_at=now())
    assert reads(chi, makers) == []
    open_to_talk.say(ben, kinds=["job"], words="", circles=[makers])
    assert reads(chi, makers) == [ben]
    open_to_talk.forget_old()
    assert OpenToTalk.objects.count() == 1
    OpenToTalk.objects.update(ends_at=now())
    open_to_talk.forget_old()
    assert not OpenToTalk.objects.exists()


@pytest.mark.parametrize("state", ["paused", "left"])
def test_whoever_is_not_active_in_the_circle_is_not_shown(said, makers, chi, ben, state):
    makers.memberships.filter(person=ben).update(state=state)
    assert reads(chi, makers) == []


def test_ending_it_keeps_nothing(said, makers, chi, ben, as_):
    as_(ben).post("/growth/open-to-talk/end/")
    assert not OpenToTalk.objects.exists()
    assert reads(chi, makers) == []


def test_a_circle_one_does_not_belong_to_cannot_be_chosen(said, makers, forum, chi, as_):
    refused = as_(chi).post("/growth/open-to-talk/", {"kinds": ["job"], "circles": [forum.pk], "words": "Oh"})
    assert refused.status_code == 422
    assert "Oh" in refused.text
    with pytest.raises(PermissionDenied):
        open_to_talk.say(chi, kinds=["job"], words="", circles=[forum])
    assert not OpenToTalk.objects.filter(person=chi).exists()


def test_whoever_has_no_circle_reads_so_instead_of_a_form_they_cannot_send(as_, makers, chi, dot):
    assert "I am open to talk" in as_(chi).get("/growth/open-to-talk/").text
    page = as_(dot).get("/growth/open-to-talk/").text
    assert "I am open to talk" not in page
    assert "there is none of yours to choose" in page


@pytest.mark.parametrize("circle", ["9" * 40, "-1", "²", "a\0b", "x", "å" * 3_000])
def test_what_is_no_circle_is_refused_and_nothing_is_lost(as_, makers, chi, circle):
    refused = as_(chi).post("/growth/open-to-talk/", {"kinds": ["job"], "circles": [circle], "words": "Oh"})
    assert refused.status_code == 422
    assert "Oh" in refused.text
    assert not OpenToTalk.objects.exists()


def test_colleagues_data_hold_nothing_of_it(said, chi, ben):
    assert rules.told_in("open_to_talk", chi) == []
    (row,) = rules.told_in("open_to_talk", ben)
    assert (row["about"], row["words"], row["circles"]) == (["job"], "Quietly.", ["Makers"])

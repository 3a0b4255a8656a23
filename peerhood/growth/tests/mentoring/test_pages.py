from datetime import timedelta

import pytest

from peerhood.growth.mentoring import answering, asking
from peerhood.growth.models import MentoringAsk, MentoringPair, MentorOffer
from peerhood.growth.models.opportunity import today_in

QUERIES_MENTORS, QUERIES_MINE, QUERIES_PAIR = 8, 6, 5
CIRCLE = "/growth/mentoring/in/makers/"


def test_from_an_offer_to_an_end(as_, makers, ada, ben):
    as_(ada).post(f"{CIRCLE}offer/", {"about": "How to say no.", "cap": "2"})
    offer = MentorOffer.objects.get()
    browser = as_(ben)
    assert "How to say no." in browser.get(CIRCLE).text
    assert str(today_in(makers) + timedelta(days=182)) in browser.get(f"{CIRCLE}ask/{offer.pk}/").text
    day = today_in(makers) + timedelta(days=60)
    browser.post(f"{CIRCLE}ask/{offer.pk}/", {"why": "Me.", "goals": " One \r\n\r\nTwo", "ends_on": day})
    asked = MentoringAsk.objects.get()
    assert asked.goals == "One\nTwo"
    assert "Asks you to be their mentor" in as_(ada).get("/growth/mentoring/").text
    as_(ada).post(f"{asked.get_absolute_url()}accept/")
    pair = MentoringPair.objects.get()
    page = as_(ben).get(pair.get_absolute_url()).text
    assert "ada@example.org" in page
    goal = pair.goals.first()
    as_(ben).post(f"{pair.get_absolute_url()}goals/{goal.pk}/", {"done": "yes"})
    assert "<s>One</s>" in as_(ada).get(pair.get_absolute_url()).text
    as_(ada).post(f"{pair.get_absolute_url()}prolong/", {"day": day + timedelta(days=30)})
    as_(ben).post(f"{pair.get_absolute_url()}prolong/answer/", {"agrees": "yes"})
    pair.refresh_from_db()
    assert pair.ends_on == day + timedelta(days=30)
    as_(ben).post(f"{pair.get_absolute_url()}end/")
    ended = as_(ada).get(pair.get_absolute_url()).text
    assert "ben@example.org" not in ended
    assert "What I gained, in one line" in ended


@pytest.mark.parametrize(
    "wrong",
    [
        {"goals": ""},
        {"goals": "a\n" * 6},
        {"goals": "a" * 161},
        {"why": ""},
        {"ends_on": "9999-12-31"},
        {"ends_on": "0001-01-01"},
        {"ends_on": "soon"},
        {"why": "a\0b"},
    ],
)
def test_what_cannot_be_asked_is_refused_and_nothing_is_lost(as_, offer, makers, ben, wrong):
    said = {"why": "Because", "goals": "Mine", "ends_on": today_in(makers) + timedelta(days=9)}
    refused = as_(ben).post(f"{CIRCLE}ask/{offer.pk}/", said | wrong)
    assert refused.status_code == 422
    assert ("Because" if "why" not in wrong else "Mine") in refused.text
    assert not MentoringAsk.objects.exists()


@pytest.mark.parametrize("cap", ["0", "6", "-1", "9" * 40, "²", ""])
def test_a_number_that_is_none_is_refused(as_, makers, ada, cap):
    refused = as_(ada).post(f"{CIRCLE}offer/", {"about": "Much", "cap": cap})
    assert refused.status_code == 422
    assert "Much" in refused.text


@pytest.mark.parametrize("path", ["goals", "prolong"])
def test_nonsense_on_a_pairs_page_is_said_beside_its_field(as_, pair, ben, path):
    refused = as_(ben).post(f"{pair.get_absolute_url()}{path}/", {"goals": "x" * 161, "day": "soon"})
    assert refused.status_code == 422
    assert list(pair.goals.values_list("text", flat=True)) == ["To say no", "To ask"]


def test_a_goal_of_another_pair_is_not_found(as_, pair, makers, ada, ben, chi):
    day = today_in(makers)
    other = MentoringPair.objects.create(circle=makers, mentor=ada, mentee=chi, starts_on=day, ends_on=day)
    goal = other.goals.create(position=0, text="Theirs")
    for person in (ada, ben):
        path = f"{pair.get_absolute_url()}goals/{goal.pk}/"
        assert as_(person).post(path, {"done": "yes"}).status_code == 404
    goal.refresh_from_db()
    assert not goal.is_done


def test_whom_one_asked_is_nobody_elses_business(as_, ask, ben, chi):
    asked = ask(ben)
    assert as_(chi).get(asked.get_absolute_url()).status_code == 404
    assert "Ben Berg" not in as_(chi).get(CIRCLE).text


def test_the_list_of_mentors_asks_the_same_however_many_they_are(
    as_, makers, ben, person, django_assert_num_queries
):
    browser = as_(ben)
    for number in range(3):
        other = person(f"Other{number} One")
        makers.memberships.create(person=other)
        asking.offer(makers, by=other, about="x", cap=1)
        browser.get(CIRCLE)
        with django_assert_num_queries(QUERIES_MENTORS):
            assert browser.get(CIRCLE).text.count('class="person"') == number + 1


def test_ones_own_ask_the_same_however_many_they_are(
    as_, makers, ada, ben, person, django_assert_num_queries
):
    asking.offer(makers, by=ada, about="x", cap=5)
    browser = as_(ada)
    for number in range(3):
        other = person(f"Other{number} One")
        makers.memberships.create(person=other)
        of = asking.offers_to(other, makers).get()
        asked = asking.ask(
            of, by=other, why="x", goals=["a"] * 5, ends_on=today_in(makers) + timedelta(days=9)
        )
        pair = answering.accept(asked, by=ada)
        browser.get("/growth/mentoring/")
        with django_assert_num_queries(QUERIES_MINE):
            assert browser.get("/growth/mentoring/").text.count('class="person"') == number + 1
        with django_assert_num_queries(QUERIES_PAIR):
            browser.get(pair.get_absolute_url())


def test_the_circles_page_and_ones_own_lead_there(as_, makers, ben, dot):
    assert CIRCLE in as_(ben).get("/growth/in/makers/").text
    assert as_(dot).get("/growth/in/makers/").status_code == 404
    assert "/growth/mentoring/" in as_(ben).get("/growth/").text
    assert CIRCLE in as_(ben).get("/growth/mentoring/").text

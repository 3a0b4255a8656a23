from datetime import timedelta

import pytest

from peerhood.growth.models import Opportunity
from peerhood.growth.models.opportunity import today_in
from peerhood.growth.opportunities import open_to_talk, replying

QUERIES_LIST, QUERIES_DETAIL, QUERIES_PEOPLE = 9, 9, 7
LIST = "/growth/opportunities/makers/"


def said(makers, **other):
    day = today_in(makers) + timedelta(days=9)
    return {"kind": "job", "title": "A desk", "text": "**By** the river.", "last_day": day} | other


def test_a_member_tells_reads_changes_closes_and_opens_again(as_, makers, ben, ada):
    browser = as_(ben)
    assert str(today_in(makers) + timedelta(days=30)) in browser.get(f"{LIST}new/").text
    made = browser.post(f"{LIST}new/", said(makers, link="https://example.org/desk"))
    desk = Opportunity.objects.get()
    assert made.headers["Location"] == desk.get_absolute_url()
    page = browser.get(desk.get_absolute_url()).text
    assert "<strong>By</strong> the river." in page
    assert 'href="https://example.org/desk"' in page
    browser.post(f"{desk.get_absolute_url()}edit/", said(makers, title="A chair"))
    browser.post(f"{desk.get_absolute_url()}close/")
    assert "A chair" not in as_(ada).get(LIST).text
    browser = as_(ben)
    assert "Yours that members do not see any more" in browser.get(LIST).text
    browser.post(f"{desk.get_absolute_url()}reopen/")
    assert "A chair" in as_(ada).get(LIST).text
    as_(ben).post(f"{desk.get_absolute_url()}remove/")
    assert not Opportunity.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"link": "javascript:alert(1)"},
        {"link": "ftp://example.org/desk"},
        {"link": "http://[::1"},
        {"kind": "nothing"},
        {"title": ""},
        {"title": "x" * 121},
        {"last_day": ""},
        {"last_day": "9999-12-31"},
        {"last_day": "0001-01-01"},
        {"title": "a\0b"},
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_is_lost(as_, makers, ben, wrong):
    refused = as_(ben).post(f"{LIST}new/", said(makers, place="Norrtull", **wrong))
    assert refused.status_code == 422
    assert "Norrtull" in refused.text
    assert not Opportunity.objects.exists()


def test_script_in_the_words_is_words(as_, makers, ben):
    as_(ben).post(f"{LIST}new/", said(makers, text="<script>alert(1)</script>[x](javascript:alert(1))"))
    page = as_(ben).get(Opportunity.objects.get().get_absolute_url()).text
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_an_empty_line_is_no_reply(as_, desk, ada):
    refused = as_(ada).post(f"{desk.get_absolute_url()}interested/", {"words": " "})
    assert refused.status_code == 422
    assert not desk.interests.exists()


def test_it_is_found_by_kind_and_by_words(as_, tell, ben, ada):
    tell(ben, title="A desk", text="by the river")
    tell(ben, title="A stage", kind="speaking", place="Norrtull")
    browser = as_(ada)

    def found(asked):
        page = browser.get(f"{LIST}?{asked}").text
        return [title for title in ("A desk", "A stage") if title in page]

    assert found("") == ["A desk", "A stage"]
    assert found("kind=speaking") == ["A stage"]
    assert found("q=river") == ["A desk"]
    assert found("q=norrtull") == ["A stage"]
    assert found("kind=job&q=norrtull") == []
    assert found("kind=nothing") == ["A desk", "A stage"]
    assert "Nothing of this kind stands today" in browser.get(f"{LIST}?q=%00moon").text


def test_the_list_is_paged_and_asks_the_same_however_long_it_is(
    as_, tell, makers, ada, ben, django_assert_num_queries
):
    tell(ben)
    browser = as_(ada)
    browser.get(LIST)
    with django_assert_num_queries(QUERIES_LIST):
        browser.get(LIST)
    for number in range(24):
        tell(ben, title=f"Desk {number}")
    with django_assert_num_queries(QUERIES_LIST):
        page = browser.get(LIST)
    assert "Page 1 of 2" in page.text
    assert "A desk by the river" in browser.get(f"{LIST}?page=2").text


def test_a_page_asks_the_same_however_many_are_interested(
    as_, desk, makers, ada, ben, chi, person, django_assert_num_queries
):
    browser = as_(ben)
    browser.get(desk.get_absolute_url())
    replying.say_interested(desk, "Me.", by=ada)
    with django_assert_num_queries(QUERIES_DETAIL):
        browser.get(desk.get_absolute_url())
    replying.say_interested(desk, "Me.", by=chi)
    for number in range(5):
        other = person(f"Other{number} One")
        makers.memberships.create(person=other)
        replying.say_interested(desk, "Me.", by=other)
    with django_assert_num_queries(QUERIES_DETAIL):
        browser.get(desk.get_absolute_url())


def test_who_is_open_to_talk_asks_the_same_however_many_they_are(
    as_, makers, ada, person, django_assert_num_queries
):
    browser, path = as_(ada), f"{LIST}people/"
    for number in range(3):
        other = person(f"Other{number} One", email=f"other{number}@{number}.example")
        makers.memberships.create(person=other)
        open_to_talk.say(other, kinds=["job"], words="", circles=[makers])
        browser.get(path)
        with django_assert_num_queries(QUERIES_PEOPLE):
            assert browser.get(path).text.count('class="person"') == number + 1


@pytest.mark.parametrize("path", ["", "new/", "people/", "reported/"])
def test_nobody_outside_learns_of_it(as_, makers, dot, path):
    assert as_(dot).get(LIST + path).status_code == 404


def test_an_opportunity_of_another_circle_is_not_found(as_, desk, forum, ben):
    assert as_(ben).get(f"/growth/opportunities/gryningsforum/{desk.pk}/").status_code == 404
    assert as_(ben).post(f"/growth/opportunities/gryningsforum/{desk.pk}/close/").status_code == 404


def test_the_circles_page_leads_there_for_members_alone(as_, makers, ben, dot):
    assert "/growth/in/makers/" in as_(ben).get("/circles/makers/").text
    assert LIST in as_(ben).get("/growth/in/makers/").text
    assert "/growth/in/makers/" not in as_(dot).get("/circles/makers/").text
    assert "/growth/open-to-talk/" in as_(ben).get("/growth/").text

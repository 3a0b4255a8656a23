"""Holding a gathering together, through the browser's doors, without scripts."""

import pytest

from peerhood.circles.models import Circle, Membership
from peerhood.gatherings import co_hosting
from peerhood.gatherings.models import CoHosting

pytestmark = pytest.mark.django_db


@pytest.fixture
def sowers(dot):
    circle = Circle.objects.create(
        name="Sowers", slug="sowers", language="sv", time_zone="Europe/Stockholm", purpose="Next door."
    )
    circle.memberships.create(person=dot, role=Membership.Role.ORGANISER)
    return circle


@pytest.fixture
def asked(supper, sowers, ada):
    return co_hosting.ask(supper, sowers, by=ada)


def test_a_host_asks_from_the_gatherings_page(client, supper, sowers, ada):
    client.force_login(ada)
    path = f"/gatherings/{supper.pk}/together/"
    assert path in client.get(f"/gatherings/{supper.pk}/").text
    answer = client.post(path, {"circle": sowers.pk}, follow=True)
    assert "They have not answered yet." in answer.text
    assert CoHosting.objects.get().is_asked()


@pytest.mark.parametrize("chosen", ["", "0", "nonsense", "forum", "makers"])
def test_no_other_circle_can_be_chosen(client, supper, sowers, forum, makers, chi, chosen):
    supper.hosts.add(chi)
    client.force_login(chi)
    chosen = {"forum": forum.pk, "makers": makers.pk}.get(chosen, chosen)
    answer = client.post(f"/gatherings/{supper.pk}/together/", {"circle": chosen})
    assert (answer.status_code, CoHosting.objects.count()) == (422, 0)
    assert "Gryningsforum" not in answer.text


def test_the_other_organiser_reads_it_today_and_says_yes(client, asked, supper, dot):
    client.force_login(dot)
    assert asked.get_absolute_url() in client.get("/").text
    page = client.get(asked.get_absolute_url()).text
    assert all(text in page for text in ("Supper", "Makers", "Ada Andersson", "Yes, together"))
    answer = client.post(f"/gatherings/together/{asked.pk}/agreement/")
    assert answer.url == supper.get_absolute_url()
    assert '<a href="/circles/sowers/" lang="sv">Sowers</a>' in client.get(answer.url).text
    assert "/gatherings/together/" not in client.get("/").text


def test_a_no_is_said_on_the_same_page_and_leaves_nothing_to_do(client, asked, dot):
    client.force_login(dot)
    client.post(f"/gatherings/together/{asked.pk}/refusal/")
    page = client.get(asked.get_absolute_url()).text
    assert "The answer was no." in page
    assert "Yes, together" not in page
    assert "Supper" not in page


def test_a_host_takes_the_question_back(client, asked, ada):
    client.force_login(ada)
    assert "Take the question back" in client.get(asked.get_absolute_url()).text
    client.post(f"/gatherings/together/{asked.pk}/end/")
    asked.refresh_from_db()
    assert asked.state == CoHosting.State.WITHDRAWN


def test_an_answer_that_comes_too_late_is_told_why(client, asked, ada, dot):
    co_hosting.withdraw(asked, by=ada)
    client.force_login(dot)
    answer = client.post(f"/gatherings/together/{asked.pk}/agreement/")
    assert (answer.status_code, "You are not asked any more." in answer.text) == (409, True)


def test_members_of_both_find_it_in_the_lists_of_both(client, asked, supper, person, sowers, dot, ben):
    co_hosting.agree(asked, by=dot)
    els = person("Els Ek")
    sowers.memberships.create(person=els)
    for viewer in (els, ben):
        client.force_login(viewer)
        for circle in ("makers", "sowers"):
            text = client.get(f"/gatherings/?circle={circle}").text
            assert ("Supper" in text, "Makers + Sowers" in text) == (True, True)


def test_it_is_in_the_calendars_of_both_to_subscribe_to(client, asked, dot):
    assert "Supper" not in client.get("/gatherings/feed/sowers.ics").text
    co_hosting.agree(asked, by=dot)
    for circle in ("makers", "sowers"):
        assert "Supper" in client.get(f"/gatherings/feed/{circle}.ics").text


def test_a_kept_page_names_the_other_circle_from_the_yes_on(client, asked, supper, ada, dot):
    assert "Sowers" not in client.get(supper.get_absolute_url()).text
    co_hosting.agree(asked, by=dot)
    assert "Sowers" in client.get(supper.get_absolute_url()).text
    co_hosting.withdraw(asked, by=ada)
    assert "Sowers" not in client.get(supper.get_absolute_url()).text


def test_the_draft_of_another_circles_host_is_asked_about_and_read_only_then(
    client, supper, sowers, ada, dot
):
    type(supper).objects.filter(pk=supper.pk).update(state="draft", published_at=None)
    supper.refresh_from_db()
    asked = co_hosting.ask(supper, sowers, by=ada)
    client.force_login(dot)
    assert client.get(supper.get_absolute_url()).status_code == 404
    assert "Supper" in client.get(asked.get_absolute_url()).text
    co_hosting.agree(asked, by=dot)
    assert client.get(supper.get_absolute_url()).status_code == 200

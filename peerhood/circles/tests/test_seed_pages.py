"""A seed through the browser's doors: three pages, a link told once, an answer after signing in."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils.timezone import localdate

from peerhood.circles.models import Circle, Seed
from peerhood.circles.seeding import answering, ending, inviting, planting
from peerhood.circles.tests.seeds import WORDS, planted
from peerhood.notices.models import Mail
from peerhood.people.models import Person

pytestmark = pytest.mark.django_db

LINK = re.compile(r"/circles/seeds/link/([\w-]{22})/")


@pytest.fixture
def ada_in(client, ada):
    client.force_login(ada)
    return client


@pytest.fixture
def link(ada):
    seed, token = planted(ada)
    return seed, f"/circles/seeds/link/{token}/"


def told_links(response):
    return set(LINK.findall(response.text))


def test_three_pages_and_a_look_make_a_seed(ada_in, ada):
    first = {name: WORDS[name] for name in ("name", "purpose", "town", "language", "time_zone")}
    answer = ada_in.post("/circles/seeds/new/", first | {"kind": "invitation"})
    seed = ada.seeds.get()
    assert answer.url == f"/circles/seeds/{seed.pk}/rhythm/"
    day = localdate() + timedelta(days=30)
    second = {"cadence": "monthly", "weekday": 2, "starts_at_time": "17:30", "threshold": 6, "size": 12}
    answer = ada_in.post(answer.url, second | {"sprouts_by": day.isoformat()})
    assert answer.url == f"/circles/seeds/{seed.pk}/plan/"
    assert "Surviving as a lone PMO" in ada_in.get(answer.url).text
    answer = ada_in.post(answer.url, {"first": "Risk", "second": "", "third": "Prioritisation"})
    assert answer.url == f"/circles/seeds/{seed.pk}/"
    page = ada_in.get(answer.url).text
    assert "Wednesday, 17:30" in page
    assert "Nobody sees it before you plant it." in page
    seed.refresh_from_db()
    assert (seed.state, seed.themes, seed.sprouts_by) == ("draft", ["Risk", "Prioritisation"], day)


def test_the_link_is_told_once_when_it_is_made(ada_in, ada):
    seed = planting.draft(ada, **WORDS)
    answer = ada_in.post(f"/circles/seeds/{seed.pk}/plant/")
    (token,) = told_links(answer)
    assert answering.behind(token) == seed
    assert answer["Cache-Control"] == "private, no-store"
    assert "mailto:?subject=One%20desk%20each&amp;body=I%20would%20like" in answer.text
    assert told_links(ada_in.get(f"/circles/seeds/{seed.pk}/")) == set()
    (new,) = told_links(ada_in.post(f"/circles/seeds/{seed.pk}/new-link/"))
    assert (answering.behind(token), answering.behind(new)) == (None, seed)


def test_what_was_written_stays_when_something_is_wrong(ada_in, ada):
    answer = ada_in.post("/circles/seeds/new/", {"name": "Desks", "purpose": "", "kind": "invitation"})
    assert answer.status_code == 422
    assert 'value="Desks"' in answer.text
    assert ada.seeds.count() == 0
    seed, _token = planted(ada)
    rhythm = {"cadence": "monthly", "weekday": 1, "starts_at_time": "09:00", "threshold": 6, "size": 6}
    answer = ada_in.post(
        f"/circles/seeds/{seed.pk}/rhythm/", rhythm | {"sprouts_by": localdate().isoformat()}
    )
    assert answer.status_code == 422
    assert "there would be more people than that" in answer.text
    assert "Choose a day between tomorrow and half a year from now." in answer.text
    assert 'value="09:00"' in answer.text
    answer = ada_in.post(f"/circles/seeds/{seed.pk}/invitations/", {"addresses": "a@example.org, nobody"})
    assert answer.status_code == 422
    assert "This is not an address: nobody" in answer.text
    assert "a@example.org, nobody" in answer.text
    assert Mail.objects.count() == 0


def test_a_refusal_keeps_the_addresses(ada_in, link, ada):
    seed, _path = link
    inviting.invite(seed, [f"x{n}@example.org" for n in range(60)], by=ada)
    answer = ada_in.post(f"/circles/seeds/{seed.pk}/invitations/", {"addresses": "more@example.org"})
    assert (answer.status_code, "more@example.org" in answer.text) == (409, True)


def test_addresses_are_written_to_and_not_shown_again(ada_in, link):
    seed, _path = link
    path = f"/circles/seeds/{seed.pk}/"
    answer = ada_in.post(
        f"{path}invitations/", {"addresses": "Bo <bo@example.net>;\ncy@example.net"}, follow=True
    )
    # "Bo" is no address.
    assert answer.status_code == 422
    answer = ada_in.post(
        f"{path}invitations/", {"addresses": "<bo@example.net>;\ncy@example.net"}, follow=True
    )
    assert "2 addresses given so far." in answer.text
    assert "example.net" not in answer.text
    assert sorted(Mail.objects.values_list("address", flat=True)) == ["bo@example.net", "cy@example.net"]


def test_the_planter_learns_nothing_about_who_has_an_account_or_said_no(ada, client, ben, chi):
    """Known, unknown, and somebody who has said no: the same answer, and the same page after it."""
    pages = []
    for address in ("ben@example.org", "nobody@example.net", "chi@example.org"):
        seed, _token = planted(ada)
        answering.say_no(seed, chi)
        client.force_login(ada)
        answer = client.post(f"/circles/seeds/{seed.pk}/invitations/", {"addresses": address}, follow=True)
        pages.append(re.sub(rf'/seeds/{seed.pk}/|[A-Za-z0-9]{{64}}|kept-as="[^"]+"', "", answer.text))
        assert "1 address given so far." in answer.text
    assert len(set(pages)) == 1
    assert [mail.address for mail in Mail.objects.order_by("pk")] == ["ben@example.org", "nobody@example.net"]


def test_opening_the_link_changes_nothing(client, link, ben):
    seed, path = link
    for _visitor in ("a mail scanner", "Ben"):
        assert client.get(path).status_code == 200
        assert client.head(path).status_code == 200
        for act in ("yes", "no"):
            assert client.get(f"{path}{act}/").status_code == 405
        client.force_login(ben)
    assert seed.answers.count() == 0


def test_a_stranger_comes_in_by_a_code_and_says_yes_with_a_name(client, link):
    seed, path = link
    assert "One desk each" in client.get(path).text
    answer = client.post(path, {"address": "new@example.net"})
    assert answer.status_code == 302
    assert seed.answers.count() == 0
    code = re.search(r"^ +([A-Z0-9-]{6,12})$", Mail.objects.get(kind="people/login_code").text, re.M)
    answer = client.post(answer.url, {"code": code[1]})
    assert answer.url == path
    page = client.get(path).text
    assert 'name="name"' in page
    assert client.post(f"{path}yes/", {"name": " "}).status_code == 422
    assert seed.answers.count() == 0
    answer = client.post(f"{path}yes/", {"name": "New Nilsson"}, follow=True)
    assert "1 of 2 has said yes" in answer.text
    assert seed.answers.get().person == Person.objects.get(name="New Nilsson")


def test_a_visitor_answers_nothing(client, link):
    seed, path = link
    assert [client.post(f"{path}{act}/").url for act in ("yes", "no")] == [path, path]
    assert seed.answers.count() == 0


def test_names_are_seen_by_the_planter_and_by_those_who_said_yes(client, link, ada, ben, chi, dot):
    seed, path = link
    Seed.objects.update(threshold=5)
    answering.say_yes(seed, ben)
    answering.say_yes(seed, chi)
    answering.say_no(seed, dot)
    own = f"/circles/seeds/{seed.pk}/"
    seen = {}
    for person in (ada, ben, dot):
        client.force_login(person)
        pages = client.get(own), client.get(path)
        seen[person.first_name] = [
            (
                "Chi Chen" in page.text,
                "Dot Dahl" in page.text.split("<main")[1],
                "1 person has said no" in page.text,
            )
            for page in pages
            if page.status_code == 200
        ]
    assert seen == {
        "Ada": [(True, False, True), (False, False, False)],
        "Ben": [(True, False, False), (False, False, False)],
        "Dot": [(False, False, False)],
    }


def test_a_no_is_thanked_and_can_be_thought_over(client, link, ben):
    seed, path = link
    client.force_login(ben)
    page = client.post(f"{path}no/", follow=True).text
    assert "You have said no." in page
    assert "I have thought again: yes" in page
    client.post(f"{path}yes/")
    page = client.get(f"/circles/seeds/{seed.pk}/").text
    assert "Take my yes back" in page
    answer = client.post(f"/circles/seeds/{seed.pk}/take-back/")
    assert answer.url == "/circles/"
    assert client.get(f"/circles/seeds/{seed.pk}/").status_code == 404


def test_the_last_yes_leads_into_the_circle(client, link, ben, chi):
    seed, path = link
    answering.say_yes(seed, ben)
    client.force_login(chi)
    answer = client.post(f"{path}yes/", follow=True)
    circle = Circle.objects.get()
    assert answer.redirect_chain == [(circle.get_absolute_url(), 302)]
    assert "One desk each is open." in answer.text


def test_unknown_old_and_ended_links_are_answered_alike(client, ada, ben):
    seed, old = planted(ada)
    planting.renew_link(seed, by=ada)
    ended, gone = planted(ada)
    ending.end(ended, by=ada)
    client.force_login(ben)
    answers = [client.get(f"/circles/seeds/link/{token}/") for token in ("A" * 22, old, gone, "x")]
    assert [answer.status_code for answer in answers] == [404] * 4
    bodies = {re.sub(r"[A-Za-z0-9]{64}|A{22}|/link/[^/]+/", "", answer.text) for answer in answers}
    assert len(bodies) == 1
    assert "This link leads nowhere" in bodies.pop()
    assert {client.post(f"/circles/seeds/link/{old}/{act}/").status_code for act in ("yes", "no")} == {404}


def test_guessing_links_is_limited_and_right_ones_never_count(client, link):
    _seed, path = link
    for _number in range(30):
        assert client.get(path).status_code == 200
    statuses = [client.get(f"/circles/seeds/link/{n:022}/").status_code for n in range(22)]
    assert statuses == [404] * 20 + [429] * 2
    assert client.get(path).status_code == 429
    cache.clear()
    assert client.get(path).status_code == 200


def test_a_seed_is_nowhere_without_its_link(client, link, ben):
    seed, path = link
    for person in (None, ben):
        if person:
            client.force_login(person)
        for page in ("/circles/", "/", "/gatherings/", "/circles/invitations/"):
            assert "One desk each" not in client.get(page).text
    assert client.get(f"/circles/seeds/{seed.pk}/").status_code == 404
    # Control: with it, the name is there.
    assert "One desk each" in client.get(path).text


def test_the_list_of_circles_shows_ones_own_seeds_and_the_way_to_plant(client, link, ada, ben):
    seed, _path = link
    answering.say_yes(seed, ben)
    for person in (ada, ben):
        client.force_login(person)
        page = client.get("/circles/").text
        assert "1 of 2 has said yes" in page
        assert "Plant a circle" in page


def test_ending_asks_first_and_shows_the_way_on(ada_in, link, ben):
    seed, _path = link
    answering.say_yes(seed, ben)
    own = f"/circles/seeds/{seed.pk}/"
    assert "1 person has said yes" in ada_in.get(f"{own}end/").text
    page = ada_in.post(f"{own}end/", follow=True).text
    assert "Plant it again" in page
    assert "1 of 2 has said yes" in page
    answer = ada_in.post(f"{own}again/")
    assert Seed.objects.filter(state="draft").count() == 1
    again = answer.url
    ada_in.post(f"{again}end/")
    ada_in.post(f"{own}end/")
    assert Seed.objects.count() == 0


def test_more_time_is_given_on_the_seeds_page(ada_in, link):
    seed, _path = link
    day = localdate() + timedelta(days=60)
    own = f"/circles/seeds/{seed.pk}/more-time/"
    assert ada_in.post(own, {"sprouts_by": "2020-01-01"}).status_code == 422
    ada_in.post(own, {"sprouts_by": day.isoformat()})
    seed.refresh_from_db()
    assert seed.sprouts_by == day


def test_the_invitation_is_in_the_seeds_language(ada):
    seed, _token = planted(ada, language="sv")
    inviting.invite(seed, ["x@example.org"], by=ada)
    assert Mail.objects.get().language == "sv"

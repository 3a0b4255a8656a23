import re
from datetime import timedelta

import pytest
from django.utils.timezone import now

from peerhood.gatherings.models import Rsvp
from peerhood.mixing import engine, improving, planning
from peerhood.mixing.figures import figures_of
from peerhood.mixing.models import Round, Search
from peerhood.mixing.seating import as_plan, standing_of


@pytest.fixture
def evening(makers, ada, gathering, person):
    evening = gathering(makers, title="Evening", capacity=400)
    for guest in [ada, *(person(f"Guest{n} Guestson") for n in range(7))]:
        evening.rsvps.create(person=guest, status=Rsvp.Status.GOING)
    return evening


def test_an_organiser_mixes_shows_and_prints(client, evening, ada):
    client.force_login(ada)
    url = f"/gatherings/{evening.pk}/tables/"
    assert "No tables yet." in client.get(url).text
    client.post(f"{url}mix/", {"table_size": 4, "rounds_count": 2, "meet_again": "few"})
    page = client.get(url).text
    assert "Every person meets" in page
    assert "Round 2" in page
    client.post(f"{url}rounds/1/publication/")
    assert Round.objects.get(number=1).state == Round.State.PUBLISHED
    cards = client.get(f"{url}rounds/1/cards/").text
    assert cards.count("Guestson") == 7
    client.post(f"{url}rounds/1/held/")
    assert Round.objects.get(number=1).state == Round.State.HELD


def test_swapping_takes_two_taps(client, evening, ada):
    client.force_login(ada)
    plan = planning.make_plan(evening, by=ada, rounds_count=1, table_size=4)
    one = plan.rounds.get().seats.get(person=ada)
    other = plan.rounds.get().seats.exclude(table=one.table).first()
    url = f"/gatherings/{evening.pk}/tables/"
    assert "Choose who comes instead." in client.get(f"{url}?swap={one.pk}").text
    client.post(f"{url}seats/{one.pk}/swap/", {"with": other.pk})
    was = one.table
    one.refresh_from_db()
    assert one.table != was


def test_bad_numbers_are_said_at_the_field(client, evening, ada):
    client.force_login(ada)
    answer = client.post(f"/gatherings/{evening.pk}/tables/mix/", {"table_size": 1, "rounds_count": "many"})
    assert answer.status_code == 422
    assert "aria-invalid" in answer.text


def test_a_member_is_no_host_and_an_outsider_may_not_know(client, evening, ben, dot, forum, gathering):
    client.force_login(ben)
    assert client.get(f"/gatherings/{evening.pk}/tables/").status_code == 403
    client.force_login(dot)
    secret = gathering(forum)
    assert client.get(f"/gatherings/{secret.pk}/tables/").status_code == 404


@pytest.mark.parametrize("count", [4, 40])
def test_the_page_costs_the_same_for_few_and_for_many(
    client, evening, ada, person, count, django_assert_max_num_queries
):
    for n in range(count):
        evening.rsvps.create(person=person(f"More{n} Moreson"), status=Rsvp.Status.GOING)
    planning.make_plan(evening, by=ada, rounds_count=2, table_size=4)
    client.force_login(ada)
    client.get(f"/gatherings/{evening.pk}/tables/")
    with django_assert_max_num_queries(11):
        client.get(f"/gatherings/{evening.pk}/tables/")


def test_a_name_leads_to_why_somebody_sits_there(client, evening, ada, ben, dot):
    planning.make_plan(evening, by=ada, rounds_count=2, table_size=4)
    client.force_login(ada)
    url = f"/gatherings/{evening.pk}/tables/people/{ada.pk}/"
    assert url in client.get(f"/gatherings/{evening.pk}/tables/").text
    page = client.get(url).text
    assert page.count("With 3 people") == 2
    assert "of them new." in page
    assert client.get(f"/gatherings/{evening.pk}/tables/people/{dot.pk}/").status_code == 404
    client.force_login(ben)
    assert client.get(url).status_code == 403


FRAGMENT = {"HX-Request": "true"}


ENDED = re.compile("Looked long enough|No plan can do better")


@pytest.fixture
def poor(evening, ada, spoil):
    return spoil(planning.make_plan(evening, by=ada, rounds_count=5, table_size=4))


def test_a_host_sees_how_the_search_goes_and_gets_the_tables_when_it_ends(client, evening, ada, poor):
    client.force_login(ada)
    url = f"/gatherings/{evening.pk}/tables/"
    page = client.get(url).text
    assert "Looking for better tables." in page
    assert f'hx-get="{url}search/?version={poor.version}"' in page
    part = client.get(f"{url}search/?version={poor.version}", headers=FRAGMENT).text
    assert 'hx-trigger="every 1s"' in part
    assert "Good enough" not in part  # it stays where it is
    assert "table-card" not in part
    improving.improve(poor.search.pk)
    part = client.get(f"{url}search/?version={poor.version}", headers=FRAGMENT).text
    assert "hx-trigger" not in part
    assert ENDED.search(part)
    assert part.count("table-card") == 10
    assert "<html" not in part
    page = client.get(url).text
    assert ENDED.search(page)
    assert "Good enough" not in page


def test_the_best_so_far_stands_beside_the_tables_there_are(client, evening, ada, poor):
    client.force_login(ada)
    found = improving.Watch(poor.search)
    poor.search.state = Search.State.RUNNING
    poor.search.save()
    better = engine.solve(as_plan(poor, standing_of(poor)).problem, seed=1, moves=5_000)
    found.look_at(better)
    found.tell()
    before, after = poor.figures, figures_of(better, is_hurried=True)
    part = client.get(
        f"/gatherings/{evening.pk}/tables/search/?version={poor.version}", headers=FRAGMENT
    ).text
    assert after["new"] > before["new"]
    assert after["weight"] < before["weight"] == before["cost"] / 1000
    for name in ("new", "again", "weight"):
        assert f"{before[name]} → <strong>{after[name]}</strong>" in part


@pytest.mark.parametrize(("headers", "status"), [({}, 302), (FRAGMENT, 200)])
def test_good_enough_works_with_and_without_scripts(client, evening, ada, poor, headers, status):
    client.force_login(ada)
    url = f"/gatherings/{evening.pk}/tables/"
    answer = client.post(f"{url}search/end/", {"version": poor.version}, headers=headers)
    assert answer.status_code == status
    assert Search.objects.get().state == Search.State.STOPPED
    assert "Good enough: these are the best tables" in client.get(url).text
    # Without scripts the address of the search leads to the page.
    assert client.get(f"{url}search/").headers["Location"] == f"{url}#search"


def test_without_a_worker_the_page_says_so_and_asks_no_more(client, evening, ada, poor):
    client.force_login(ada)
    Search.objects.update(moved_at=now() - timedelta(seconds=11))
    page = client.get(f"/gatherings/{evening.pk}/tables/").text
    assert "the worker is busy or not running" in page
    assert "hx-trigger" not in page


def test_who_came_late_is_seated_from_the_note(client, evening, ada, person):
    client.force_login(ada)
    url = f"/gatherings/{evening.pk}/tables/"
    planning.make_plan(evening, by=ada, rounds_count=2, table_size=4)
    assert "Mix again for who is here" not in client.get(url).text
    evening.rsvps.create(person=person("Late Larsson"), status=Rsvp.Status.GOING)
    assert "Mix again for who is here" in client.get(url).text
    client.post(f"{url}remix/")
    page = client.get(url).text
    assert "Late Larsson" in page
    assert "Mix again for who is here" not in page


def test_the_spread_and_the_cost_stand_folded_away(client, evening, ada):
    client.force_login(ada)
    planning.make_plan(evening, by=ada, rounds_count=4, table_size=4)
    page = client.get(f"/gatherings/{evening.pk}/tables/").text
    assert "New people each: " in page
    assert "Pairs who met at an earlier gathering" in page
    assert "<details" in page
    assert "ompetitor" not in page


def test_tables_of_an_older_version_are_shown_without_the_new_figures(client, evening, ada):
    client.force_login(ada)
    plan = planning.make_plan(evening, by=ada, rounds_count=2, table_size=4)
    old = ("people", "met", "new", "fewest_new", "cost", "bound", "is_optimal", "uncovered", "repeats")
    plan.figures = {name: plan.figures[name] for name in old}
    plan.save()
    plan.search.delete()
    page = client.get(f"/gatherings/{evening.pk}/tables/")
    assert page.status_code == 200
    assert "Every person meets" in page.text


@pytest.mark.parametrize("count", [4, 40])
def test_a_persons_page_costs_the_same_for_few_and_for_many(
    client, evening, ada, person, count, django_assert_max_num_queries
):
    for n in range(count):
        evening.rsvps.create(person=person(f"More{n} Moreson"), status=Rsvp.Status.GOING)
    planning.make_plan(evening, by=ada, rounds_count=2, table_size=4)
    client.force_login(ada)
    with django_assert_max_num_queries(20):
        client.get(f"/gatherings/{evening.pk}/tables/people/{ada.pk}/")

import pytest

from peerhood.gatherings.models import Rsvp
from peerhood.mixing import planning
from peerhood.mixing.models import Round


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
    client.post(f"{url}mix/", {"table_size": 4, "rounds_count": 2})
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
    with django_assert_max_num_queries(10):
        client.get(f"/gatherings/{evening.pk}/tables/")

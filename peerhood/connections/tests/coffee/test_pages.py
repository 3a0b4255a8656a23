"""Coffee through the browser's door, and what its lists cost."""

from datetime import timedelta

import pytest
from django.utils.timezone import localtime, now

from peerhood.connections.models import Coffee, NoCoffee
from peerhood.people import silence

pytestmark = pytest.mark.django_db


def typed(days):
    return (localtime() + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")


def test_asking_and_saying_yes_without_a_script(makers, ada, ben, as_):
    said = {"first_at": typed(3), "second_at": typed(4), "place": "The mill", "words": "About pots."}
    as_(ada).post(f"/connections/coffee/new/{ben.pk}/", said)
    coffee = Coffee.objects.get()
    page = as_(ben).get(f"/connections/coffee/{coffee.pk}/").text
    assert "About pots." in page
    assert "ada@example.org" not in page
    as_(ben).post(f"/connections/coffee/{coffee.pk}/accept/", {"time": "second"})
    coffee.refresh_from_db()
    assert coffee.chosen_at == coffee.second_at
    assert "ada@example.org" in as_(ben).get(f"/connections/coffee/{coffee.pk}/").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"first_at": typed(-1)},
        {"second_at": typed(90)},
        {"second_at": "", "place": ""},
        {"first_at": "nonsense"},
        {"place": "x" * 161},
    ],
)
def test_what_cannot_be_is_said_beside_the_field(makers, ada, ben, as_, wrong):
    said = {"first_at": typed(3), "second_at": typed(4), "place": "The mill"} | wrong
    assert as_(ada).post(f"/connections/coffee/new/{ben.pk}/", said).status_code == 422
    assert not Coffee.objects.exists()


def test_where_both_are_is_said_as_far_as_it_may_be_read(makers, ada, ben, as_):
    ada.town, ben.town = "Örebro", "Norrköping"
    ada.save()
    ben.save()
    assert "Norrköping, you are in Örebro" in as_(ada).get(f"/connections/coffee/new/{ben.pk}/").text
    ben.visibility = {"town": "me"}
    ben.save()
    assert "Norrköping" not in as_(ada).get(f"/connections/coffee/new/{ben.pk}/").text


def test_calling_off_declining_and_how_it_went_have_a_door_each(makers, ada, ben, as_, invite):
    first = invite(ada, ben)
    as_(ada).post(f"/connections/coffee/{first.pk}/call-off/")
    second = invite(ada, ben)
    as_(ben).post(f"/connections/coffee/{second.pk}/decline/")
    assert [each.state for each in Coffee.objects.order_by("pk")] == ["withdrawn", "declined"]
    Coffee.objects.filter(pk=second.pk).update(state="agreed", chosen_at=now() - timedelta(days=1))
    as_(ben).post(f"/connections/coffee/{second.pk}/met/", {"met": "no"})
    assert Coffee.objects.get(pk=second.pk).asked_met is False
    assert "You said no" in as_(ben).get(f"/connections/coffee/{second.pk}/").text
    assert "You said no" not in as_(ada).get(f"/connections/coffee/{second.pk}/").text


def test_whoever_is_not_one_of_the_two_finds_nothing(makers, ada, ben, chi, as_, invite):
    coffee = invite(ada, ben)
    assert as_(chi).get(f"/connections/coffee/{coffee.pk}/").status_code == 404
    silence.block(ben, ada)
    assert as_(ada).get(f"/connections/coffee/{coffee.pk}/").status_code == 404


def test_the_choice_not_to_be_asked(ben, as_):
    as_(ben).post("/connections/coffee/choice/", {"wanted": "no"})
    assert NoCoffee.objects.get().person == ben
    as_(ben).post("/connections/coffee/choice/", {"wanted": "yes"})
    assert not NoCoffee.objects.exists()


def test_a_habit_in_no_date_is_said_beside_the_field(makers, ben, as_):
    path = "/connections/coffee/rounds/makers/habit/"
    assert as_(ben).post(path, {"paused_until": "nonsense"}).status_code == 422


@pytest.mark.parametrize(
    "path", ["/connections/coffee/", "/connections/coffee/people/", "/connections/thanks/to/"]
)
def test_a_list_costs_the_same_whatever_its_length(
    makers, ada, ben, chi, person, as_, invite, django_assert_max_num_queries, gathering, path
):
    past = gathering(makers, starts_at=now() - timedelta(days=2), ends_at=now() - timedelta(days=1))
    past.rsvps.create(person=ada, status="going")
    browser = as_(ada)
    counts = []
    for number in range(3):
        other = person(f"Eve{number} Ek")
        makers.memberships.create(person=other)
        past.rsvps.create(person=other, status="going")
        invite(other, ada)
        if number != 1:
            with django_assert_max_num_queries(60) as taken:
                assert "Eve0" in browser.get(path).text
            counts.append(len(taken))
    assert counts[0] == counts[1]

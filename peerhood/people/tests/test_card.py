import pytest
from django.contrib.auth.models import AnonymousUser

from peerhood import packs
from peerhood.people import affiliations
from peerhood.people.models import INSIDE, Person


def names(people):
    return sorted(person.first_name for person in people)


def test_the_states_named_here_are_the_circles_own(makers):
    assert type(makers.memberships.first()).INSIDE == INSIDE


def test_people_see_those_they_share_a_circle_with(makers, ada, ben, dot):
    assert names(Person.objects.visible_to(ben)) == ["Ada", "Ben", "Chi"]
    assert names(Person.objects.visible_to(dot)) == ["Dot"]
    assert names(Person.objects.visible_to(AnonymousUser())) == []


@pytest.mark.parametrize(
    ("state", "seen"), [("paused", True), ("applied", False), ("invited", False), ("left", False)]
)
def test_only_whoever_is_inside_counts(makers, ben, dot, state, seen):
    makers.memberships.create(person=dot, state=state)
    assert ("Dot" in names(Person.objects.visible_to(ben))) is seen
    assert ("Ben" in names(Person.objects.visible_to(dot))) is seen


def test_whoever_left_the_network_is_seen_by_nobody(makers, ben, chi):
    chi.is_active = False
    chi.save()
    assert names(Person.objects.visible_to(ben)) == ["Ada", "Ben"]


def test_two_circles_in_common_show_a_person_once(makers, forum, ada, ben):
    assert names(Person.objects.visible_to(ben)) == ["Ada", "Ben", "Chi"]
    assert ben.circles_shared_with(ada) == ["Gryningsforum", "Makers"]


def test_a_card_says_who_somebody_is_and_not_how_to_reach_them(client, makers, ada, ben):
    field = next(iter(packs.current().fields.values()))
    key, words = packs.current().choices(field.key, "en")[0]
    ada.work, ada.ask_me_about, ada.town, ada.profile = (
        "office of one",
        "benefits",
        "Norrköping",
        {field.key: key},
    )
    ada.save()
    affiliations.add(ada, "Lindvik", title="Head")
    client.force_login(ben)
    card = client.get(f"/people/{ada.pk}/").text
    for said in (
        "Ada Andersson",
        "office of one",
        "benefits",
        "Norrköping",
        words,
        "Head, Lindvik",
        "You both belong to Makers.",
    ):
        assert said in card
    assert "ada@example.org" not in card


def test_a_card_does_not_name_circles_that_are_not_shared(client, makers, forum, ada, chi):
    client.force_login(chi)
    assert "Gryningsforum" not in client.get(f"/people/{ada.pk}/").text


@pytest.mark.parametrize("asker", ["dot", "visitor"])
def test_outside_there_is_no_card(client, makers, ada, dot, asker):
    if asker == "dot":
        client.force_login(dot)
        assert client.get(f"/people/{ada.pk}/").status_code == client.get("/people/99999/").status_code == 404
    else:
        assert client.get(f"/people/{ada.pk}/").url == f"/sign-in/?next=/people/{ada.pk}/"


def test_ones_own_card_leads_to_changing_it(client, dot):
    client.force_login(dot)
    assert "Change this" in client.get(f"/people/{dot.pk}/").text


def test_a_card_takes_the_same_number_of_questions_however_many_jobs(
    client, makers, ada, ben, django_assert_num_queries
):
    client.force_login(ben)
    for count in (1, 20):
        for number in range(count):
            affiliations.add(ada, f"Employer {count}-{number}")
        with django_assert_num_queries(7):  # viewer, first names, card, jobs, employers, nearness, circles
            client.get(f"/people/{ada.pk}/")

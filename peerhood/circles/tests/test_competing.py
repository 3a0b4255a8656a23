from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from peerhood.circles import competing
from peerhood.circles.models import Competition, Membership
from peerhood.people import affiliations
from peerhood.people.models import Affiliation
from peerhood.platform.refusals import Refusal


@pytest.fixture
def rivals(makers, ada, ben, chi):
    """Ben works at Havsrud, Chi at Lindvik, and the two compete."""
    affiliations.add(ben, "Havsrud")
    affiliations.add(chi, "Lindvik")
    return competing.declare(makers, "Havsrud", "Lindvik", by=ada)


def named(conflict):
    return [[m.person.first_name for m in side] for side in (conflict.at_one, conflict.at_other)]


def the_map(circle, by):
    return [named(conflict) for conflict in competing.map_of(circle, by=by)]


def test_a_competition_is_one_however_it_is_said(makers, ada, rivals):
    assert competing.declare(makers, "LINDVIK ", "havsrud", by=ada) == rivals
    assert Competition.objects.count() == 1


def test_an_employer_does_not_compete_with_itself(makers, ada):
    with pytest.raises(Refusal):
        competing.declare(makers, "Lindvik", "lindvik", by=ada)


def test_the_map_says_who_works_where_today(makers, ada, rivals):
    assert the_map(makers, ada) == [[["Ben"], ["Chi"]]]


def test_it_is_another_map_as_soon_as_somebody_changes_employer(makers, ada, ben, rivals):
    Affiliation.objects.filter(person=ben).update(ended_on=localdate() - timedelta(days=1))
    affiliations.add(ben, "Lindvik")
    assert the_map(makers, ada) == [[[], ["Ben", "Chi"]]]


def test_who_is_not_inside_is_not_on_the_map(makers, ada, ben, dot, rivals):
    affiliations.add(dot, "Havsrud")
    makers.memberships.create(person=dot, state="applied")
    Membership.objects.filter(person=ben).update(state="left")
    assert the_map(makers, ada) == [[[], ["Chi"]]]


def test_who_keeps_their_job_to_themselves_is_not_named(makers, ada, ben, rivals):
    ben.visibility = {"job": "me"}
    ben.save()
    assert the_map(makers, ada) == [[[], ["Chi"]]]


def test_whom_only_a_list_put_there_is_not_on_the_map(makers, ada, ben, rivals):
    makers.memberships.get(person=ben).invitations.create(by=ada, name="Ben")
    assert the_map(makers, ada) == [[[], ["Chi"]]]


def test_before_somebody_is_asked_one_sees_who_would_compete(makers, ada, dot, rivals):
    affiliations.add(dot, "Lindvik")
    assert [m.person.first_name for m in competing.rivals_of(makers, dot, by=ada)] == ["Ben"]
    assert [m.person.first_name for m in competing.rivals_at(makers, " lindvik", by=ada)] == ["Ben"]
    assert competing.rivals_at(makers, "Nowhere", by=ada) == []
    dot.visibility = {"job": "me"}
    assert competing.rivals_of(makers, dot, by=ada) == []


@pytest.mark.parametrize(
    "act",
    [
        lambda circle, pair, by: competing.map_of(circle, by=by),
        lambda circle, pair, by: competing.declare(circle, "A", "B", by=by),
        lambda circle, pair, by: competing.withdraw(pair, by=by),
        lambda circle, pair, by: competing.rivals_at(circle, "Lindvik", by=by),
    ],
)
def test_only_organisers_see_or_change_the_map(makers, ben, dot, rivals, act):
    for somebody in (ben, dot):
        with pytest.raises(PermissionDenied):
            act(makers, rivals, somebody)
    assert Competition.objects.count() == 1


def test_a_member_says_for_themselves_whether_they_sit_with_competitors(makers, ada, ben):
    membership = makers.memberships.get(person=ben)
    with pytest.raises(PermissionDenied):
        competing.consent(membership, True, by=ada)
    competing.consent(membership, True, by=ben)
    membership.refresh_from_db()
    assert membership.sits_with_competitors


def test_organisers_keep_the_map_on_its_page(client, makers, ada, ben, chi, rivals):
    client.force_login(ada)
    page = client.get("/circles/makers/conflicts/").text
    assert ("Ben Berg" in page, "Both are here" in page) == (True, True)
    assert "With havsrud compete: Chi Chen." in client.get("/circles/makers/conflicts/?employer=havsrud").text
    assert "Nobody here competes" in client.get("/circles/makers/conflicts/?employer=Elsewhere").text
    client.post("/circles/makers/conflicts/", {"one_name": "Alm", "other_name": "Ek"})
    assert Competition.objects.count() == 2
    wrong = client.post("/circles/makers/conflicts/", {"one_name": "Alm", "other_name": "alm"})
    assert (wrong.status_code, 'value="Alm"' in wrong.text) == (422, True)
    client.post(f"/circles/makers/conflicts/{rivals.pk}/withdraw/")
    assert list(Competition.objects.values_list("one__name", flat=True)) == ["Alm"]


def test_a_competition_of_another_circle_is_not_found(client, makers, forum, ada, rivals):
    other = competing.declare(forum, "Alm", "Ek", by=ada)
    client.force_login(ada)
    assert client.post(f"/circles/makers/conflicts/{other.pk}/withdraw/").status_code == 404


def test_the_map_takes_the_same_number_of_questions_for_many(
    client, makers, ada, person, rivals, django_assert_num_queries
):
    client.force_login(ada)
    for count in (2, 12):
        for number in range(count):
            somebody = person(f"Rival{count}x{number} Ros")
            makers.memberships.create(person=somebody)
            affiliations.add(somebody, "Havsrud")
        with django_assert_num_queries(16):
            client.get("/circles/makers/conflicts/?employer=Lindvik")


def test_a_member_consents_on_the_circles_page(client, makers, ben):
    client.force_login(ben)
    client.post("/circles/makers/conflicts/consent/", {"may_share": "on"})
    assert makers.memberships.get(person=ben).sits_with_competitors
    client.post("/circles/makers/conflicts/consent/", {})
    assert not makers.memberships.get(person=ben).sits_with_competitors

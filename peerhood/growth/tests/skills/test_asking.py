import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from peerhood.connections.coffee import asking as coffee
from peerhood.connections.models import Connection
from peerhood.growth.models import SkillOffer
from peerhood.growth.skills import asking
from peerhood.journal.models import Entry
from peerhood.people import silence
from peerhood.platform.refusals import Refusal


def helpers(circle, person, key="risk"):
    return list(asking.helpers_with(key, circle, seen_by=person))


@pytest.fixture
def offers(makers, profession):
    def offer(person, *keys, circle=makers):
        asking.offer(circle, person, profession, keys)

    return offer


def test_only_who_said_so_is_named_and_only_beside_what_they_said(makers, ada, ben, chi, offers):
    assert helpers(makers, ada) == []
    offers(ben, "risk", "case")
    offers(chi, "case")
    assert helpers(makers, ada) == [ben]
    assert helpers(makers, ada, "case") == [ben, chi]
    assert asking.helper_counts(makers, seen_by=ada) == {"risk": 1, "case": 2}
    assert asking.offered_by(ben, makers) == ["risk", "case"]


def test_one_is_not_ones_own_helper(makers, ben, offers):
    offers(ben, "risk")
    assert helpers(makers, ben) == []
    assert asking.helper_counts(makers, seen_by=ben) == {}


def test_what_is_unticked_is_taken_back(makers, ada, ben, offers):
    offers(ben, "risk", "case")
    offers(ben, "case")
    assert (helpers(makers, ada), helpers(makers, ada, "case")) == ([], [ben])
    offers(ben)
    assert not SkillOffer.objects.exists()


def test_it_is_said_in_one_circle_for_its_members(makers, forum, ada, ben, dot, offers):
    offers(ben, "risk")
    assert helpers(forum, ada) == []
    with pytest.raises(PermissionDenied):
        offers(dot, "risk")


def test_what_is_not_on_the_list_is_refused_and_nothing_is_lost(makers, ada, ben, offers):
    offers(ben, "risk")
    with pytest.raises(Refusal):
        offers(ben, "case", "sawing")
    assert helpers(makers, ada) == [ben]


@pytest.mark.parametrize("act", [silence.keep_apart, silence.block])
@pytest.mark.parametrize("is_owner", [True, False])
def test_two_who_are_apart_are_in_neithers_list_and_count(makers, ada, ben, chi, offers, act, is_owner):
    for person in (ben, chi):
        offers(person, "risk")
    assert helpers(makers, ben) == [chi]  # control
    act(*((ben, chi) if is_owner else (chi, ben)))
    for one in (ben, chi):
        assert helpers(makers, one) == []
        assert asking.helper_counts(makers, seen_by=one) == {}
    assert helpers(makers, ada) == [ben, chi]


def test_whoever_left_is_not_named_and_not_by_coming_back(makers, ada, ben, offers):
    offers(ben, "risk")
    membership = makers.memberships.filter(person=ben)
    membership.update(state="left")
    assert helpers(makers, ada) == []
    membership.update(state="active", came_at=now())
    assert helpers(makers, ada) == []
    assert asking.offered_by(ben, makers) == []
    offers(ben, "risk")
    assert helpers(makers, ada) == [ben]


def test_only_who_may_be_asked_to_coffee_is_offered_to_be(makers, ada, ben, chi, offers):
    for person in (ben, chi):
        offers(person, "risk")
    assert asking.may_have_coffee(ada, helpers(makers, ada)) == {ben.pk, chi.pk}
    coffee.take_invitations(ben, wanted=False)
    assert asking.may_have_coffee(ada, helpers(makers, ada)) == {chi.pk}
    assert helpers(makers, ada) == [ben, chi]


def test_nothing_of_it_is_in_the_journal(ben, offers):
    before = Entry.objects.count()
    offers(ben, "risk")
    offers(ben)
    assert Entry.objects.count() == before


def test_whoever_one_does_not_keep_can_be_met_through_somebody_one_keeps(as_, makers, ada, ben, chi, offers):
    offers(ben, "risk")
    offers(chi, "risk")
    assert asking.may_be_introduced(ada, helpers(makers, ada)) == set()
    Connection.objects.create(
        one=min(ada, chi, key=lambda each: each.pk),
        other=max(ada, chi, key=lambda each: each.pk),
        one_said_at=now(),
        other_said_at=now(),
    )
    assert asking.may_be_introduced(ada, helpers(makers, ada)) == {ben.pk}
    page = as_(ada).get("/growth/skills/in/makers/help/risk/").text
    assert f"/connections/introductions/new/{ben.pk}/?about=" in page
    form = as_(ada).get(f"/connections/introductions/new/{ben.pk}/?about=Peas").text
    assert ">\nPeas</textarea>" in form

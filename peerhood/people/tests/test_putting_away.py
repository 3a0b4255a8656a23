"""“Not for me”: whom somebody put away is not suggested again, and nobody else learns of it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from peerhood import packs
from peerhood.journal.models import Entry
from peerhood.people import profiles, putting_away, silence
from peerhood.people.models import PutAway
from peerhood.people.seeing import likeness

pytestmark = pytest.mark.django_db
FOUND = {"name": "members", "profile.team_size": "members"}


@pytest.fixture
def alike(ada, ben, chi, person):
    """Ada, Ben and Chi are each alone in the job, and glad to be found; so are eight others."""
    others = [person(f"Peer{number} Persson") for number in range(8)]
    for each in (ada, ben, chi, *others):
        profiles.change(each, profile={"team_size": "one"}, visibility=FOUND)
    return others


def suggested_to(person):
    found = likeness.peers_of(person, packs.current(), "en").people
    return {card.pk for card, _why in found}


def test_whoever_is_put_away_is_not_suggested_again_to_whoever_put_them_away(alike, ada, ben, chi):
    assert ben.pk in suggested_to(ada)  # control
    putting_away.put_away(ada, ben)
    assert ben.pk not in suggested_to(ada)
    # To nobody else, and not the other way round.
    assert ben.pk in suggested_to(chi)
    assert ada.pk in suggested_to(ben)


def test_nobody_is_suggested_whom_one_would_rather_not_be_with_and_they_read_no_difference(alike, ada, ben):
    silence.keep_apart(ada, ben)
    assert ben.pk not in suggested_to(ada)
    assert ada.pk in suggested_to(ben)
    silence.block(ada, ben)
    assert ben.pk not in suggested_to(ada)
    assert ada.pk not in suggested_to(ben)


def test_another_takes_their_place(alike, ada, person):
    for number in range(5):
        late = person(f"Late{number} Persson")
        profiles.change(late, profile={"team_size": "one"}, visibility=FOUND)
    before = suggested_to(ada)
    assert len(before) == likeness.SHOWN
    gone = max(before)
    putting_away.put_away(ada, type(ada).objects.get(pk=gone))
    after = suggested_to(ada)
    assert len(after) == likeness.SHOWN
    assert before - after == {gone}


def test_the_counts_stay_as_they_were(alike, ada, ben):
    before = likeness.peers_of(ada, packs.current(), "en").counts
    putting_away.put_away(ada, ben)
    assert likeness.peers_of(ada, packs.current(), "en").counts == before != []


def test_among_those_who_come_they_are_not_named_as_alike(alike, ada, ben, chi):
    def among():
        found = likeness.like_among(ada, {ben.pk, chi.pk}, packs.current(), "en", most=3)
        return {card.pk for card, _why in found}

    assert among() == {ben.pk, chi.pk}  # control
    putting_away.put_away(ada, ben)
    assert among() == {chi.pk}


def test_it_is_taken_back(alike, ada, ben):
    putting_away.put_away(ada, ben)
    putting_away.put_away(ada, ben)
    assert PutAway.objects.count() == 1
    putting_away.take_out(ada, ben)
    assert ben.pk in suggested_to(ada)


def test_nothing_is_in_the_journal_and_nobody_puts_themselves_away(alike, ada, ben):
    before = Entry.objects.count()
    putting_away.put_away(ada, ben)
    putting_away.take_out(ada, ben)
    assert Entry.objects.count() == before
    with pytest.raises(PermissionDenied):
        putting_away.put_away(ada, ada)
    with pytest.raises(IntegrityError), transaction.atomic():
        PutAway.objects.create(owner=ada, about=ada)


def test_one_tap_puts_away_and_one_takes_it_back(alike, ada, ben, as_):
    browser = as_(ada)
    page = browser.get("/people/like-me/").text
    assert f"/people/{ben.pk}/not-for-me/" in page
    page = browser.post(f"/people/{ben.pk}/not-for-me/", follow=True).text
    assert "Ben Berg is not suggested to you again." in page
    assert f"/people/{ben.pk}/not-for-me/" not in page
    assert "Ben Berg" in browser.get("/me/not-for-me/").text
    browser.post(f"/people/{ben.pk}/not-for-me/undo/")
    assert f"/people/{ben.pk}/not-for-me/" in browser.get("/people/like-me/").text
    assert "Nobody. When somebody is suggested" in browser.get("/me/not-for-me/").text


def test_only_whom_one_may_see_and_only_what_one_put_away(alike, ada, ben, dot, as_):
    # Dot has not opened her name, and shares no circle with Ada.
    assert as_(ada).post(f"/people/{dot.pk}/not-for-me/").status_code == 404
    assert as_(ada).post(f"/people/{ada.pk}/not-for-me/").status_code == 404
    silence.block(ben, ada)
    assert as_(ada).post(f"/people/{ben.pk}/not-for-me/").status_code == 404
    assert as_(ada).post(f"/people/{ben.pk}/not-for-me/undo/").status_code == 404
    assert not PutAway.objects.exists()


def test_the_list_is_ones_own(alike, ada, ben, chi, as_):
    putting_away.put_away(ben, chi)
    assert "Chi Chen" not in as_(ada).get("/me/not-for-me/").text
    assert "Chi Chen" in as_(ben).get("/me/not-for-me/").text


def test_the_pages_cost_the_same_whatever_their_length(alike, ada, ben, as_, django_assert_max_num_queries):
    browser = as_(ada)
    counts = []
    for others in ([ben], alike):
        for other in others:
            putting_away.put_away(ada, other)
        with django_assert_max_num_queries(20) as taken:
            assert others[0].name in browser.get("/me/not-for-me/").text
        counts.append(len(taken))
    assert counts == [counts[0]] * 2

"""The first time: what to expect, whom one might like to meet, and a word within two days."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from peerhood.gatherings import door, rsvp
from peerhood.gatherings.coming import first_time, wishes
from peerhood.gatherings.models import Gathering
from peerhood.notices.models import Mail
from peerhood.people import profiles
from peerhood.people.seeing.visibility import Level

pytestmark = pytest.mark.django_db


def written(kind):
    first_time.write_all_due()
    return list(Mail.objects.filter(kind=f"gatherings/{kind}").values_list("address", flat=True))


@pytest.fixture
def been(gathering, makers):
    """Mark somebody as one who has attended an earlier gathering."""
    past = gathering(makers, starts_at=now() - timedelta(days=60), ends_at=now() - timedelta(days=59))

    def mark(*people):
        for person in people:
            past.rsvps.create(person=person, status="going", checked_in_at=now())

    return mark


@pytest.fixture
def lunch(gathering, makers, ada, ben, chi, been):
    """Ada and Ben know the way; Chi comes for the first time, in five days."""
    been(ada, ben)
    lunch = gathering(makers, starts_at=now() + timedelta(days=5), capacity=9)
    lunch.hosts.add(ada)
    for person in (ada, ben, chi):
        rsvp.attend(lunch, person)
    return lunch


def test_what_to_expect_is_written_once_to_those_who_are_new(lunch, chi):
    lunch.agenda.create(position=1, kind="arrival", title="Arrival and coffee", length_minutes=20)
    assert written("what_to_expect") == [chi.email]
    assert written("what_to_expect") == [chi.email]
    text = Mail.objects.get(kind="gatherings/what_to_expect").text
    for said in ("Arrival and coffee", "What to say first?", "/answer/"):
        assert said in text


def test_it_is_not_written_a_month_before(lunch):
    Gathering.objects.filter(pk=lunch.pk).update(
        starts_at=now() + timedelta(days=30), ends_at=now() + timedelta(days=31)
    )
    assert written("what_to_expect") == []


@pytest.mark.parametrize(("hours", "is_written"), [(6, False), (20, True), (47, True), (49, False)])
def test_whoever_was_new_and_came_hears_from_us_within_two_days(
    lunch, ada, chi, gathering, makers, hours, is_written
):
    door.check_in(lunch.rsvps.get(person=chi), by=ada)
    following = gathering(makers, title="The one after", starts_at=now() + timedelta(days=60))
    ended = now() - timedelta(hours=hours)
    Gathering.objects.filter(pk=lunch.pk).update(starts_at=ended - timedelta(hours=2), ends_at=ended)
    assert written("first_time_over") == ([chi.email] if is_written else [])
    if is_written:
        assert following.title in Mail.objects.get(kind="gatherings/first_time_over").text


def test_whoever_did_not_come_is_not_thanked_for_it(lunch):
    ended = now() - timedelta(hours=20)
    Gathering.objects.filter(pk=lunch.pk).update(starts_at=ended - timedelta(hours=2), ends_at=ended)
    assert written("first_time_over") == []


def say_town(*people, level=Level.MEMBERS):
    for person in people:
        profiles.change(person, town="Falun", visibility={"town": level, "name": level})


def test_three_to_meet_are_those_who_come_agreed_and_share_something(
    client, lunch, ada, ben, chi, person, makers
):
    say_town(ada, ben, chi)
    away = person("Away Alm")
    makers.memberships.create(person=away)
    say_town(away)
    found = first_time.might_like_to_meet(lunch, chi)
    assert {card.name for card, _why in found} == {ada.name, ben.name}
    assert all("Falun" in why for _card, why in found)
    client.force_login(chi)
    page = client.get(f"/gatherings/{lunch.pk}/placed/").text
    assert "You might like to meet" in page
    client.force_login(ben)
    assert "You might like to meet" not in client.get(f"/gatherings/{lunch.pk}/placed/").text


def test_who_has_not_agreed_or_hides_their_name_here_is_not_named(lunch, ada, ben, chi):
    say_town(chi)
    say_town(ada, level=Level.CIRCLES)
    say_town(ben)
    wishes.say(lunch, ben, shown_to="organisers")
    assert first_time.might_like_to_meet(lunch, chi) == []


def test_no_more_than_three_are_named(lunch, ada, ben, chi, person, makers):
    others = [person(f"Other{number} Olsson") for number in range(4)]
    for each in others:
        makers.memberships.create(person=each)
        rsvp.attend(lunch, each)
    say_town(ada, ben, chi, *others)
    assert len(first_time.might_like_to_meet(lunch, chi)) == first_time.MOST_NAMED

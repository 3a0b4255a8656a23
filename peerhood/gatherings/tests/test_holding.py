"""A place is held for whoever has yet to open their mail, and the link in a mail answers with one button."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import now

from peerhood.circles.models import Circle
from peerhood.gatherings import rsvp
from peerhood.gatherings.coming import holding, links
from peerhood.gatherings.models import Gathering, Hold
from peerhood.notices.models import Mail
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal

pytestmark = pytest.mark.django_db

EVE = "eve@example.org"


@pytest.fixture
def pub(gathering, makers):
    """Two seats, for anybody."""
    makers.kind = Circle.Kind.OPEN
    makers.save()
    return gathering(makers, title="Pub", capacity=2)


def link_in(address):
    """The path in the latest mail to an address."""
    text = Mail.objects.filter(address=address).latest("pk").text
    return next(line for line in text.splitlines() if "/answer/" in line).partition("//")[2].partition("/")[2]


def free(gathering):
    return Gathering.objects.get(pk=gathering.pk).free_seats()


def let_pass(gathering):
    gathering.holds.update(ends_at=now() - timedelta(minutes=1))
    rsvp.settle_all_due()


def test_a_place_is_held_and_somebody_without_an_account_has_it_in_two_taps(client, pub):
    client.post(f"/gatherings/{pub.pk}/place/", {"email": EVE})
    assert (free(pub), list(pub.rsvps.all())) == (1, [])
    path = "/" + link_in(EVE)
    page = client.get(path).text  # the first tap
    assert 'name="name"' in page
    assert list(pub.rsvps.all()) == []
    answered = client.post(path, {"yes": "yes", "name": "Eve Ek"}, follow=True)  # and the second
    assert "You have a seat." in answered.text
    assert (free(pub), pub.rsvps.get().person.name, pub.rsvps.get().status) == (1, "Eve Ek", "going")
    assert "_auth_user_id" not in client.session  # an account is an offer, and no trick


def test_what_scanners_do_changes_nothing_and_a_second_press_neither(client, pub):  # R3
    holding.hold(pub, EVE)
    path = "/" + link_in(EVE)
    for _time in range(2):
        assert client.get(path).status_code == 200
        assert client.head(path).status_code == 200
    assert list(pub.rsvps.all()) == []
    for _time in range(2):
        client.post(path, {"yes": "yes", "name": "Eve Ek"})
    assert (pub.rsvps.count(), Mail.objects.filter(kind="gatherings/seated").count()) == (1, 1)


def test_when_the_half_hour_is_over_the_place_goes_on_and_the_link_still_leads_to_what_is_free(
    client, pub, ada
):
    rsvp.attend(pub, ada)
    holding.hold(pub, EVE)
    path = "/" + link_in(EVE)
    assert free(pub) == 0
    let_pass(pub)
    assert free(pub) == 1
    client.post(path, {"yes": "yes", "name": "Eve Ek"})
    assert pub.rsvps.get(person__name="Eve Ek").is_going()


def test_a_held_place_goes_to_nobody_in_the_line_and_an_unused_one_to_the_first(pub, ada, ben):
    rsvp.attend(pub, ada)
    holding.hold(pub, EVE)
    assert rsvp.attend(pub, ben).is_waiting()
    let_pass(pub)
    assert pub.rsvps.get(person=ben).is_going()


def test_whoever_confirms_in_time_is_before_the_line(pub, ada, ben):
    rsvp.attend(pub, ada)
    held = holding.hold(pub, EVE)
    rsvp.attend(pub, ben)
    assert holding.confirm(held, "Eve Ek").is_going()
    assert pub.rsvps.get(person=ben).is_waiting()


def test_asking_again_makes_a_new_link_and_no_second_place(client, pub):
    holding.hold(pub, EVE)
    first = "/" + link_in(EVE)
    holding.hold(pub, EVE.upper())
    assert (free(pub), Hold.objects.count()) == (1, 1)
    assert client.get(first).status_code == 404
    assert "This link is over" in client.get(first).text
    assert client.get("/" + link_in(EVE)).status_code == 200


def test_who_asks_for_the_other_part_lets_go_of_the_first(gathering, makers, pub, ben):
    both = gathering(makers, mode="hybrid", capacity=1, online_capacity=1)
    holding.hold(both, EVE, part="online")
    assert rsvp.attend(both, ben, part="online").is_waiting()
    holding.hold(both, EVE, part="room")
    found = Gathering.objects.get(pk=both.pk)
    assert (found.room_taken, both.rsvps.get(person=ben).status) == (1, "going")
    holding.hold(both, "eva@example.org", part="room")
    holding.hold(both, EVE, part="online")
    assert Gathering.objects.get(pk=both.pk).online_taken == 1


def test_a_place_held_for_somebody_who_has_one_already_goes_to_the_line(pub, ada, ben, chi):
    held = holding.hold(pub, ada.email)
    rsvp.attend(pub, ada)
    assert rsvp.attend(pub, ben).is_waiting()
    holding.confirm(held, "")
    assert pub.rsvps.get(person=ben).is_going()
    assert pub.rsvps.going().count() == 2


def test_addresses_that_are_nobodys_do_not_fill_the_room(gathering, makers, pub):
    hall = gathering(makers, capacity=40)
    for number in range(20):
        holding.hold(hall, f"nobody{number}@example.org")
    assert free(hall) == 40 - 40 // holding.SHARE_AT_ONCE
    for number in range(5):
        holding.hold(pub, f"nobody{number}@example.org")
    assert free(pub) == 0  # three at once, in a small room


def test_a_full_gathering_leads_to_the_line(client, pub, ada, ben):
    for each in (ada, ben):
        rsvp.attend(pub, each)
    holding.hold(pub, EVE)
    path = "/" + link_in(EVE)
    assert "Join the waiting list" in client.get(path).text
    client.post(path, {"yes": "yes", "name": "Eve Ek"})
    assert pub.rsvps.get(person__name="Eve Ek").is_waiting()
    assert "You are 1st in line." in client.get(path).text


def test_an_address_no_member_has_holds_nothing_where_only_members_come(client, gathering, makers, ben):
    lunch = gathering(makers, capacity=2)
    holding.hold(lunch, EVE)
    assert free(lunch) == 2
    assert "This one is for members" in client.get("/" + link_in(EVE)).text
    client.post("/" + link_in(EVE), {"yes": "yes", "name": "Eve Ek"})
    assert list(lunch.rsvps.all()) == []
    holding.hold(lunch, ben.email)
    assert free(lunch) == 1


def test_a_page_after_an_address_is_the_same_for_everybody(client, pub, ben):  # Z8
    pages = []
    for address in (EVE, ben.email):
        page = client.post(f"/gatherings/{pub.pk}/place/", {"email": address}, follow=True).text
        pages.append(re.sub(r'(csrfmiddlewaretoken" value=)"\w+"', r"\1", page))
        client.cookies.clear()
    assert pages[0] == pages[1]


def test_a_hold_is_forgotten_after_a_day(pub):
    holding.hold(pub, EVE)
    Hold.objects.update(ends_at=now() - holding.HELD_FOR - timedelta(days=1))
    rsvp.settle_all_due()
    assert not Hold.objects.exists()


def test_a_draft_and_a_gathering_that_has_begun_hold_nothing(pub):
    for fields, why in (
        ({"state": "draft"}, "still a draft"),
        ({"state": "published", "starts_at": now()}, "has begun"),
    ):
        Gathering.objects.filter(pk=pub.pk).update(**fields)
        with pytest.raises(Refusal, match=why):
            holding.hold(pub, EVE)


# The link in every other mail: somebody we know, without signing in


def test_a_member_answers_from_a_mail_without_signing_in(client, supper, ben):
    path = links.path_for(ben, supper)
    page = client.get(path).text
    assert "You answer as <strong>Ben Berg</strong>" in page
    assert "None" not in page
    client.post(path, {"yes": "yes"})
    assert supper.rsvps.get().is_going()
    assert "I can’t come" in client.get(path).text
    client.post(path, {"no": "yes"})
    assert supper.rsvps.get().status == "declined"
    client.get(path, {"yes": "yes"})
    assert supper.rsvps.get().status == "declined"


def test_the_mail_about_a_seat_carries_the_link(client, supper, ben):
    rsvp.attend(supper, ben)
    client.post("/" + link_in(ben.email), {"no": "yes"})
    assert supper.rsvps.get().status == "declined"


def test_still_coming_is_one_tap(client, gathering, makers, ben):
    soon = gathering(makers, starts_at=now() + timedelta(hours=20))
    rsvp.attend(soon, ben)
    path = links.path_for(ben, soon)
    assert "Yes, still coming" in client.get(path).text
    client.post(path, {"still": "yes"})
    assert soon.rsvps.get().still_coming_at
    assert "See you there." in client.get(path).text


@pytest.mark.parametrize("spoil", ["another gathering", "another address", "a guess", "over", "erased"])
def test_a_link_is_about_one_person_and_one_gathering(client, supper, gathering, makers, ben, spoil):
    path = links.path_for(ben, supper)
    if spoil == "another gathering":
        lunch = gathering(makers)
        path = path.replace(f"/{supper.pk}/answer/", f"/{lunch.pk}/answer/")
    elif spoil == "another address":
        Person.objects.filter(pk=ben.pk).update(email="ben.new@example.org")
    elif spoil == "a guess":
        path = path[:-3] + "AA/"
    elif spoil == "over":
        Gathering.objects.filter(pk=supper.pk).update(
            starts_at=now() - timedelta(hours=3), ends_at=now() - timedelta(hours=1)
        )
    else:
        Person.objects.filter(pk=ben.pk).update(is_active=False)
    assert client.post(path, {"yes": "yes"}).status_code == 404
    assert not supper.rsvps.exists()


def test_a_dead_link_tells_nothing_of_a_gathering_nobody_may_know_of(client, breakfast, ada):
    alive = links.path_for(ada, breakfast)
    assert client.get(alive).status_code == 200
    dead = client.get(alive[:-12] + "A" * 11 + "/")
    assert (dead.status_code, "Canary" in dead.text) == (404, False)

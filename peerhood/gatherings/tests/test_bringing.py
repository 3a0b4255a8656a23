"""Guests, named after the answer: on the page of one's place."""

import pytest

from peerhood.gatherings import planning, rsvp

pytestmark = pytest.mark.django_db


@pytest.fixture
def dinner(gathering, makers, ada, ben):
    dinner = gathering(makers, capacity=3, guests_allowed=2)
    dinner.hosts.add(ada)
    rsvp.attend(dinner, ben, guests=["Gull Gran"])
    dinner.refresh_from_db()
    return dinner


def test_guests_are_changed_on_the_page_of_ones_place(client, dinner, ben):
    client.force_login(ben)
    placed, mine = f"/gatherings/{dinner.pk}/placed/", f"/gatherings/{dinner.pk}/guests/mine/"
    assert 'value="Gull Gran"' in client.get(placed).text
    assert client.post(mine, {"guest_1": "Gull Gran", "guest_2": " Hild Holm "})["Location"] == placed
    dinner.refresh_from_db()
    assert dinner.rsvps.get(person=ben).guest_names == ["Gull Gran", "Hild Holm"]
    assert dinner.room_taken == 3
    client.post(mine, {"guest_1": "", "guest_2": ""})
    dinner.refresh_from_db()
    assert (dinner.rsvps.get(person=ben).guest_names, dinner.room_taken) == ([], 1)


def test_a_name_too_long_loses_nothing(client, dinner, ben):
    client.force_login(ben)
    answer = client.post(
        f"/gatherings/{dinner.pk}/guests/mine/", {"guest_1": "x" * 121, "guest_2": "Hild Holm"}
    )
    assert answer.status_code == 422
    assert "Hild Holm" in answer.text
    assert dinner.rsvps.get(person=ben).guest_names == ["Gull Gran"]


def test_there_are_no_more_fields_than_places(client, dinner, ada, ben, chi):
    rsvp.attend(dinner, ada)
    client.force_login(ben)
    page = client.get(f"/gatherings/{dinner.pk}/placed/").text
    assert "guest_1" in page
    assert "guest_2" not in page
    # Whoever posts more all the same is refused by the act.
    assert client.post(f"/gatherings/{dinner.pk}/guests/mine/", {"guest_1": "A"}).status_code == 302


def test_whoever_has_no_seat_brings_nobody(client, dinner, chi):
    client.force_login(chi)
    assert client.post(f"/gatherings/{dinner.pk}/guests/mine/", {"guest_1": "A"}).status_code == 409


def test_where_nobody_may_be_brought_nobody_is_asked(client, dinner, ada, ben):
    client.force_login(ben)
    client.post(f"/gatherings/{dinner.pk}/guests/mine/", {})
    dinner.refresh_from_db()
    planning.edit(dinner, by=ada, version=dinner.version, guests_allowed=0)
    assert "Whom you bring" not in client.get(f"/gatherings/{dinner.pk}/placed/").text

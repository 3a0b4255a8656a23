"""From the public page to a place held, with and without an account."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peerhood.circles.models import Circle
from peerhood.gatherings import rsvp
from peerhood.gatherings.models import Rsvp
from peerhood.notices.models import Mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def pub(makers, ada, gathering):
    """An open evening; anybody may come."""
    makers.kind = Circle.Kind.OPEN
    makers.save()
    pub = gathering(makers, title="Pub", capacity=2)
    pub.hosts.add(ada)
    return pub


def test_a_visitor_gives_an_address_and_is_written_to(client, pub):
    page = client.get(f"/gatherings/{pub.pk}/").text
    assert "Save my place" in page
    response = client.post(f"/gatherings/{pub.pk}/place/", {"email": "new@example.org"})
    assert response["Location"] == f"/gatherings/{pub.pk}/held/"
    assert "held for you for 30 minutes" in client.get(response["Location"]).text
    assert list(Rsvp.objects.all()) == []
    assert Mail.objects.get().address == "new@example.org"


def test_an_answer_asks_as_much_however_many_came_before(client, pub, person):
    counts = []
    for number in range(6):
        newcomer = person(f"Eve {number}", email=f"eve{number}@example.org")
        client.force_login(newcomer)
        client.get(f"/gatherings/{pub.pk}/")
        with CaptureQueriesContext(connection) as asked:
            assert client.post(f"/gatherings/{pub.pk}/rsvp/").status_code == 302
        counts.append(len([query for query in asked if "SAVEPOINT" not in query["sql"]]))
    # Two have a seat, the others wait.
    assert len(set(counts[2:])) == 1
    assert max(counts) <= 20, counts


def test_an_address_that_is_none_is_asked_for_again(client, pub):
    response = client.post(f"/gatherings/{pub.pk}/place/", {"email": "nowhere"})
    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.text


def test_somebody_new_says_their_name_and_has_a_place(client, pub, person):
    eve = person("Eve Ek")
    eve.name = ""
    eve.save()
    client.force_login(eve)
    path = f"/gatherings/{pub.pk}/place/"
    assert client.post(path, {"name": " "}).status_code == 422
    response = client.post(path, {"name": "Eve Ek"}, follow=True)
    assert response.redirect_chain == [(f"/gatherings/{pub.pk}/placed/", 302)]
    eve.refresh_from_db()
    assert (eve.name, pub.rsvps.get().person, pub.rsvps.get().status) == ("Eve Ek", eve, "going")
    assert "Somebody meets you at the door" in response.text
    assert "It is your first time here." in response.text
    assert "calendar.ics" in response.text


def test_following_the_link_changes_nothing(client, pub, ben):  # R3: mail scanners follow links
    client.force_login(ben)
    for _twice in range(2):
        assert client.get(f"/gatherings/{pub.pk}/place/").status_code == 200
        assert client.head(f"/gatherings/{pub.pk}/place/").status_code == 200
    assert list(Rsvp.objects.all()) == []


def test_asking_twice_holds_one_place(client, pub, ben):
    client.force_login(ben)
    for _twice in range(2):
        response = client.post(f"/gatherings/{pub.pk}/place/", follow=True)
        assert "Your place is held" in response.text
    assert pub.rsvps.count() == 1


def test_whoever_waits_reads_their_place_and_gets_no_calendar(client, pub, ada, ben, chi):
    rsvp.attend(pub, ada)
    rsvp.attend(pub, ben)
    client.force_login(chi)
    response = client.post(f"/gatherings/{pub.pk}/place/", follow=True)
    assert "You are 1st in line." in response.text
    assert "calendar.ics" not in response.text


def test_a_member_says_by_name_whom_they_come_with(client, pub, ben, chi):
    client.force_login(ben)
    client.post(f"/gatherings/{pub.pk}/place/", {"companion": chi.pk})
    assert pub.rsvps.get().companion == chi


def test_a_stranger_reads_no_names_and_is_not_told_whom_an_address_belongs_to(client, pub, ben, dot, person):
    rsvp.attend(pub, ben)
    pub.capacity = 9
    pub.save()
    path = f"/gatherings/{pub.pk}/place/"
    for stranger, address, companion in (
        (dot, "nobody@example.org", None),
        (person("Eve Ek"), ben.email, ben),
    ):
        client.force_login(stranger)
        assert "Ben Berg" not in client.get(path).text
        answer = client.post(path, {"companion_email": address})
        assert answer["Location"] == f"/gatherings/{pub.pk}/placed/"
        assert pub.rsvps.get(person=stranger).companion == companion


def test_a_member_of_elsewhere_is_shown_how_to_join(client, supper, dot):
    client.force_login(dot)
    page = client.get(f"/gatherings/{supper.pk}/place/").text
    assert "This one is for members of Makers." in page
    assert "I’ll be there" not in client.get(f"/gatherings/{supper.pk}/").text
    assert client.post(f"/gatherings/{supper.pk}/place/").status_code == 403


def test_the_forum_answers_nobody_outside(client, breakfast, dot):
    paths = [f"/gatherings/{breakfast.pk}/{page}" for page in ("place/", "calendar.ics")]
    assert [client.get(path).status_code for path in paths] == [404, 404]
    assert client.post(paths[0], {"email": "new@example.org"}).status_code == 404
    client.force_login(dot)
    assert [client.get(path).status_code for path in paths] == [404, 404]


def test_without_a_place_there_is_nothing_that_happens_next(client, pub, ben):
    client.force_login(ben)
    assert client.get(f"/gatherings/{pub.pk}/placed/")["Location"] == f"/gatherings/{pub.pk}/"

"""What somebody who comes tells the hosts, who reads their name, and what is forgotten."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from peerhood.circles.models import Circle
from peerhood.gatherings import rsvp
from peerhood.gatherings.coming import still_coming, wishes
from peerhood.gatherings.models import Gathering, Needs, Rsvp
from peerhood.journal.models import Entry
from peerhood.platform.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def lunch(gathering, makers, ada, ben, chi):
    lunch = gathering(makers, title="Lunch")
    lunch.hosts.add(ada)
    for person in (ada, ben, chi):
        rsvp.attend(lunch, person)
    return lunch


def test_what_somebody_eats_is_read_by_those_who_run_it_and_by_nobody_else(client, lunch, ada, ben, chi):
    client.force_login(ben)
    told = {"shown_to": "circle", "wants_job": "on", "diet": "nuts", "access": "a ramp"}
    client.post(f"/gatherings/{lunch.pk}/wishes/", told)
    assert 'value="nuts"' in client.get(f"/gatherings/{lunch.pk}/placed/").text
    client.force_login(ada)
    page = client.get(f"/gatherings/{lunch.pk}/line/").text
    assert "nuts · a ramp" in page
    assert "Would like something to do: Ben Berg." in page
    client.force_login(chi)
    for path in ("", "guests/", "placed/"):
        text = client.get(f"/gatherings/{lunch.pk}/{path}").text
        assert "nuts" not in text
        assert "a ramp" not in text


def test_the_journal_knows_that_something_was_said_and_never_what(lunch, ben):
    wishes.say(lunch, ben, shown_to="circle", diet="nuts", access="a ramp")
    assert "nuts" not in str(list(Entry.objects.values_list("facts", flat=True)))


def test_it_is_forgotten_after_thirty_days_and_not_before(lunch, ben):
    wishes.say(lunch, ben, shown_to="circle", diet="nuts")
    Rsvp.objects.filter(person=ben).update(guest_names=["Gus Guest"], guests_count=1)
    for days, left in ((29, 1), (31, 0)):
        Gathering.objects.filter(pk=lunch.pk).update(
            starts_at=now() - timedelta(days=days, hours=1), ends_at=now() - timedelta(days=days)
        )
        wishes.forget_old()
        assert Needs.objects.count() == left
        mine = Rsvp.objects.get(person=ben)
        assert (len(mine.guest_names), mine.guests_count) == (left, 1)


def test_what_is_emptied_is_gone_at_once(lunch, ben):
    wishes.say(lunch, ben, shown_to="circle", diet="nuts")
    wishes.say(lunch, ben, shown_to="circle")
    assert not Needs.objects.exists()


def test_only_somebody_with_a_place_tells_anything(client, lunch, supper, ben):
    with pytest.raises(Refusal, match="Take a place first"):
        wishes.say(supper, ben, shown_to="circle")
    client.force_login(ben)
    assert client.post(f"/gatherings/{supper.pk}/wishes/", {"shown_to": "circle"}).status_code == 409
    assert client.post(f"/gatherings/{lunch.pk}/wishes/", {"shown_to": "nobody"}).status_code == 422


@pytest.mark.parametrize(
    ("shown_to", "readers"),
    [("organisers", {"ada"}), ("circle", {"ada", "chi"}), ("everybody", {"ada", "chi", "dot", "visitor"})],
)
def test_a_name_is_read_by_whom_its_owner_chose(client, lunch, makers, ada, ben, chi, dot, shown_to, readers):
    makers.kind = Circle.Kind.OPEN
    makers.save()
    wishes.say(lunch, ben, shown_to=shown_to)
    found = set()
    for name, reader in (("ada", ada), ("chi", chi), ("dot", dot), ("visitor", None)):
        client.logout()
        if reader:
            client.force_login(reader)
        pages = [client.get(f"/gatherings/{lunch.pk}/{path}").text for path in ("", "guests/")]
        if any("Ben Berg" in page for page in pages):
            found.add(name)
    assert found == readers


def test_under_a_promise_nobody_outside_reads_a_name_whatever_was_chosen(client, lunch, makers, ben):
    makers.kind = Circle.Kind.OPEN
    makers.save()
    lunch.agenda.create(position=1, kind="talk", title="Talk", length_minutes=20, confidentiality="chatham")
    wishes.say(lunch, ben, shown_to="everybody")
    assert "Ben Berg" not in client.get(f"/gatherings/{lunch.pk}/").text


# How many come


def test_the_usual_share_says_how_much_coffee(client, gathering, makers, ada, lunch, seated):
    assert still_coming.expected_at(lunch) is None
    for number in range(2):
        past = gathering(
            makers,
            starts_at=now() - timedelta(days=40 + number),
            ends_at=now() - timedelta(days=39 + number),
        )
        seated(past, 10, checked_in_at=now())
        absent = past.rsvps.values_list("pk", flat=True)[:3]
        past.rsvps.filter(pk__in=list(absent)).update(checked_in_at=None)
    expected = still_coming.expected_at(Gathering.objects.get(pk=lunch.pk))
    assert (expected.percent, expected.cups) == (70, 3)
    client.force_login(ada)
    assert "Usually 70 in a hundred" in client.get(f"/gatherings/{lunch.pk}/line/").text

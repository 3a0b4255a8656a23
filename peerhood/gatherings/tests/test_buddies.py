"""A buddy is asked for, and says yes; nobody is assigned, and until then nobody is named."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils.timezone import now

from peerhood.gatherings import rsvp
from peerhood.gatherings.coming import buddies
from peerhood.notices.models import Mail
from peerhood.people.models import Silence
from peerhood.platform.refusals import Refusal
from tests.threads import at_once


@pytest.fixture
def lunch(gathering, makers, ada, ben, chi):
    """Ada and Ben know the way; Chi comes for the first time."""
    past = gathering(makers, starts_at=now() - timedelta(days=60), ends_at=now() - timedelta(days=59))
    for person in (ada, ben):
        past.rsvps.create(person=person, status="going", checked_in_at=now())
    lunch = gathering(makers, capacity=9)
    for person in (ada, ben, chi):
        rsvp.attend(lunch, person)
    Mail.objects.all().delete()
    return lunch


def asked():
    mails = Mail.objects.filter(kind="gatherings/buddy_wanted").order_by("address")
    return list(mails.values_list("address", flat=True))


@pytest.mark.django_db
def test_those_who_know_the_way_are_asked_without_a_name(lunch, ada, ben, chi):
    buddies.ask(lunch, chi)
    buddies.ask(lunch, chi)
    assert asked() == [ada.email, ben.email]
    for mail in Mail.objects.all():
        assert "Chi" not in mail.text + mail.subject


@pytest.mark.django_db
def test_whoever_says_yes_first_is_it_and_both_learn_the_name(client, lunch, ada, ben, chi):
    buddies.ask(lunch, chi)
    client.force_login(ben)
    page = client.get(f"/gatherings/{lunch.pk}/placed/").text
    assert "Somebody new would like a buddy" in page
    assert "Chi" not in page
    client.post(f"/gatherings/{lunch.pk}/buddy/yes/")
    assert lunch.rsvps.get(person=chi).buddy == ben
    found = Mail.objects.filter(kind="gatherings/buddy_found")
    assert {mail.address for mail in found} == {ben.email, chi.email}
    assert "You are the buddy of Chi Chen" in client.get(f"/gatherings/{lunch.pk}/placed/").text
    with pytest.raises(Refusal, match="Nobody waits"):
        buddies.say_yes(lunch, ada)
    client.force_login(chi)
    assert "Ben Berg is your buddy" in client.get(f"/gatherings/{lunch.pk}/placed/").text


@pytest.mark.django_db
def test_only_who_is_new_asks_and_only_who_knows_the_way_says_yes(lunch, makers, ben, chi, person):
    with pytest.raises(Refusal, match="for the first time"):
        buddies.ask(lunch, ben)
    other = person("Nova New")
    makers.memberships.create(person=other)
    rsvp.attend(lunch, other)
    buddies.ask(lunch, chi)
    with pytest.raises(Refusal, match="Nobody waits"):
        buddies.say_yes(lunch, other)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["owner", "about"])
def test_nobody_is_asked_whom_one_of_the_two_would_rather_not_be_with(lunch, ada, ben, chi, who):
    pair = {"owner": (chi, ben), "about": (ben, chi)}[who]
    Silence.objects.create(owner=pair[0], about=pair[1], kind="not-with")
    buddies.ask(lunch, chi)
    assert asked() == [ada.email]
    with pytest.raises(Refusal, match="Nobody waits"):
        buddies.say_yes(lunch, ben)


@pytest.mark.django_db
def test_a_buddy_who_cannot_come_is_none_and_others_are_asked_again(lunch, ada, ben, chi):
    buddies.ask(lunch, chi)
    buddies.say_yes(lunch, ben)
    rsvp.withdraw(lunch, ben)
    buddies.find_another(lunch.rsvps.get(person=ben))
    assert lunch.rsvps.get(person=chi).buddy is None
    assert buddies.say_yes(lunch, ada).person == chi


@pytest.mark.django_db
def test_one_may_come_without_after_all(client, lunch, ada, chi):
    client.force_login(chi)
    client.post(f"/gatherings/{lunch.pk}/buddy/")
    assert "You asked for a buddy" in client.get(f"/gatherings/{lunch.pk}/placed/").text
    client.post(f"/gatherings/{lunch.pk}/buddy/end/")
    assert not buddies.waiting_for(lunch, ada).exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_say_yes_at_once_are_one_buddy(lunch, ada, ben, chi):
    buddies.ask(lunch, chi)
    outcomes = at_once(*(partial(buddies.say_yes, lunch, person) for person in (ada, ben)))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Refusal", "Rsvp"]
    assert Mail.objects.filter(kind="gatherings/buddy_found").count() == 2

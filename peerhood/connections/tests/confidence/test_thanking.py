"""Thanks: between those who met, to the receiver alone, and no word of where under a rule."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from peerhood.connections.confidence import thanking
from peerhood.connections.models import Connection, ThankYou
from peerhood.journal.models import Entry
from peerhood.notices import choices
from peerhood.notices.models import Mail
from peerhood.people import silence
from peerhood.platform.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def past(makers, ada, ben, gathering):
    """Ada and Ben were there; Chi was not."""
    supper = gathering(
        makers, title="Supper", starts_at=now() - timedelta(days=2), ends_at=now() - timedelta(days=1)
    )
    for person in (ada, ben):
        supper.rsvps.create(person=person, status="going")
    return supper


def test_thanks_are_a_mail_and_kept_for_the_receiver(past, ada, ben, as_):
    as_(ada).post(f"/connections/thanks/to/{ben.pk}/", {"text": "Your story helped."})
    mail = Mail.objects.get(kind="connections/thanked")
    assert mail.person == ben
    assert "Your story helped." in mail.text
    assert "Supper" in mail.text
    assert "Your story helped." in as_(ben).get("/connections/thanks/").content.decode()
    assert "Your story helped." not in as_(ada).get("/connections/thanks/").content.decode()


def test_only_those_who_met_or_keep_each_other_thank(past, ada, ben, chi):
    assert set(thanking.may_be_thanked_by(ada)) == {ben}
    with pytest.raises(PermissionDenied):
        thanking.thank(ada, chi, "Hello")
    one, other = sorted((ada, chi), key=lambda each: each.pk)
    Connection.objects.create(one=one, other=other, one_said_at=now(), other_said_at=now())
    assert thanking.thank(ada, chi, "Hello").gathering is None


def test_whoever_did_not_come_through_the_door_was_not_there(past, ada, ben):
    past.rsvps.filter(person=ada).update(checked_in_at=now())
    assert set(thanking.may_be_thanked_by(ada)) == set()
    past.rsvps.filter(person=ben).update(checked_in_at=now())
    assert set(thanking.may_be_thanked_by(ada)) == {ben}


def test_whoever_is_read_by_the_hosts_only_is_not_told_of(past, ada, ben):
    past.rsvps.filter(person=ben).update(shown_to="organisers")
    assert set(thanking.may_be_thanked_by(ada)) == set()


@pytest.mark.parametrize("level", ["chatham", "confidential", "agenda-only"])
def test_under_a_rule_the_gathering_is_not_named(past, ada, ben, level):
    past.agenda.create(title="Item", position=0, kind="talk", length_minutes=10, confidentiality=level)
    note = thanking.thank(ada, ben, "Thank you.")
    assert note.gathering is None
    assert "Supper" not in Mail.objects.get(kind="connections/thanked").text


@pytest.mark.parametrize("act", [silence.keep_apart, silence.block])
def test_whoever_would_rather_not_hears_nothing(past, ada, ben, act, as_):
    act(ben, ada)
    assert as_(ada).get(f"/connections/thanks/to/{ben.pk}/").status_code == 404
    with pytest.raises(PermissionDenied):
        thanking.thank(ada, ben, "Hello")


def test_whoever_has_turned_thanks_off_is_absent_just_the_same(past, ada, ben):
    choices.turn_off(ben, choices.Group.THANKS)
    assert set(thanking.may_be_thanked_by(ada)) == set()


def test_one_note_a_week_to_one_and_five_a_day_to_all(past, makers, ada, ben, person):
    thanking.thank(ada, ben, "Thank you.")
    with pytest.raises(Refusal):
        thanking.thank(ada, ben, "Thank you again.")
    for number in range(5):
        other = person(f"Eve{number} Ek")
        past.rsvps.create(person=other, status="going")
        if number < 4:
            thanking.thank(ada, other, "Thank you.")
    with pytest.raises(Refusal):
        thanking.thank(ada, other, "Thank you.")
    with time_machine.travel(now() + timedelta(days=8)):
        assert thanking.thank(ada, ben, "Thank you again.")  # control: the week is over


def test_only_the_receiver_removes_it(past, ada, ben, as_):
    note = thanking.thank(ada, ben, "Thank you.")
    assert as_(ada).post(f"/connections/thanks/{note.pk}/remove/").status_code == 404
    as_(ben).post(f"/connections/thanks/{note.pk}/remove/")
    assert not ThankYou.objects.exists()


def test_after_a_block_it_is_hidden(past, ada, ben, as_):
    thanking.thank(ada, ben, "Thank you.")
    assert "Report to the organisers" in as_(ben).get("/connections/thanks/").content.decode()
    silence.block(ben, ada)
    assert list(thanking.received_by(ben)) == []


def test_nothing_of_it_is_in_the_journal(past, ada, ben):
    before = Entry.objects.count()
    thanking.thank(ada, ben, "Thank you.")
    assert Entry.objects.count() == before

"""What a calendar program answers is done as if it had been said here; and what others send in is not."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.utils.timezone import now
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as some

from peerhood.circles.models import Circle
from peerhood.gatherings import planning, rsvp
from peerhood.gatherings.calendars import replies, reply_address
from peerhood.gatherings.calendars.replies import Outcome
from peerhood.gatherings.models import Rsvp
from peerhood.gatherings.tests.calendars.conftest import SHAPES
from peerhood.gatherings.tests.calendars.told import told_to
from peerhood.notices.models import Mail

pytestmark = pytest.mark.django_db


def status_of(person):
    return Rsvp.objects.filter(person=person).values_list("status", flat=True).first()


@pytest.fixture
def seated(dinner, ben, answered):
    """Ben has had a seat for an hour."""
    with time_machine.travel(now() - timedelta(hours=1), tick=False):
        rsvp.attend(dinner, ben)
    return dinner


@pytest.mark.parametrize("shape", SHAPES)
def test_no_gives_the_seat_up(seated, ben, answered, shape):
    assert replies.read(answered(seated, ben, "DECLINED", shape=shape)) == Outcome.LEFT
    assert status_of(ben) == "declined"
    assert told_to(ben, "withdrawn").method == "CANCEL"


@pytest.mark.parametrize("shape", SHAPES)
def test_yes_takes_a_seat(dinner, ben, answered, shape):
    assert replies.read(answered(dinner, ben, "ACCEPTED", shape=shape)) == Outcome.CAME
    assert status_of(ben) == "going"


def test_yes_keeps_a_seat(seated, ben, answered):
    assert replies.read(answered(seated, ben, "ACCEPTED")) == Outcome.NOTHING_NEW
    assert (status_of(ben), Mail.objects.count()) == ("going", 1)


@pytest.mark.parametrize("partstat", ["TENTATIVE", "NEEDS-ACTION", "DELEGATED", "", "NONSENSE"])
def test_maybe_changes_nothing(seated, ben, answered, partstat):
    assert replies.read(answered(seated, ben, partstat)) == Outcome.NOTHING_NEW
    assert status_of(ben) == "going"


def test_the_address_in_the_mail_is_the_one_that_counts(seated, ben, answered):
    organiser = str(told_to(ben, "seated").event["organizer"]).removeprefix("mailto:")
    assert replies.read(answered(seated, ben, "DECLINED", to=organiser)) == Outcome.LEFT


def test_the_proof_may_stand_in_the_organiser_alone(seated, ben, answered):
    mark = reply_address.for_reader(seated, ben)
    said = answered(seated, ben, "DECLINED", to="forwarded@elsewhere.example", organizer=mark)
    assert replies.read(said) == Outcome.LEFT


def test_a_second_proven_address_is_theirs_as_well(seated, ben, answered):
    EmailAddress.objects.create(user=ben, email="ben@work.example", verified=True)
    said = answered(seated, ben, "DECLINED", attendee="Ben@Work.example", sender="ben@work.example")
    assert replies.read(said) == Outcome.LEFT


# Once, and in time


def test_twice_is_once(seated, ben, answered):
    said = answered(seated, ben, "DECLINED")
    assert [replies.read(said), replies.read(said)] == [Outcome.LEFT, Outcome.NOTHING_NEW]
    assert Mail.objects.filter(kind="gatherings/withdrawn").count() == 1


def test_a_no_that_comes_late_does_not_go_behind_a_yes_said_here(seated, ben, answered):
    late = answered(seated, ben, "DECLINED", at=now() - timedelta(minutes=1))
    rsvp.withdraw(seated, ben)
    rsvp.attend(seated, ben)
    assert replies.read(late) == Outcome.OLD
    assert status_of(ben) == "going"


def test_a_yes_that_comes_late_does_not_go_behind_a_no_said_here(seated, ben, answered):
    late = answered(seated, ben, "ACCEPTED", at=now() - timedelta(minutes=1))
    rsvp.withdraw(seated, ben)
    assert replies.read(late) == Outcome.OLD
    assert status_of(ben) == "declined"


def test_a_yes_and_the_no_after_it_are_read_together_in_any_order(dinner, ben, answered):
    """Reading the yes is not their latest answer; writing the no is."""
    yes = answered(dinner, ben, "ACCEPTED", at=now() - timedelta(minutes=4))
    no = answered(dinner, ben, "DECLINED", at=now() - timedelta(minutes=2))
    assert [replies.read(yes), replies.read(no), replies.read(yes)] == [
        Outcome.CAME,
        Outcome.LEFT,
        Outcome.OLD,
    ]
    assert status_of(ben) == "declined"


def test_after_a_reply_was_read_what_is_said_here_counts_again(seated, ben, answered):
    replies.read(answered(seated, ben, "DECLINED", at=now() - timedelta(minutes=4)))
    rsvp.attend(seated, ben)
    late = answered(seated, ben, "DECLINED", at=now() - timedelta(minutes=2))
    assert replies.read(late) == Outcome.OLD
    assert status_of(ben) == "going"


def test_one_in_the_same_second_counts(dinner, ben, answered):
    rsvp.attend(dinner, ben)
    assert replies.read(answered(dinner, ben, "DECLINED")) == Outcome.LEFT


def test_one_from_the_day_after_tomorrow_is_made_up(seated, ben, answered):
    assert replies.read(answered(seated, ben, "DECLINED", at=now() + timedelta(days=2))) == Outcome.NO_REPLY


def test_control_a_clock_that_is_an_hour_ahead_is_believed(seated, ben, answered):
    assert replies.read(answered(seated, ben, "DECLINED", at=now() + timedelta(hours=1))) == Outcome.LEFT


# A refusal is an answer, not an error


def test_a_gathering_that_was_cancelled_refuses(dinner, ada, ben, answered):
    planning.cancel(dinner, by=ada)
    assert replies.read(answered(dinner, ben, "ACCEPTED")) == Outcome.REFUSED


def test_whoever_may_not_come_is_refused(dinner, makers, dot, answered):
    assert makers.kind == Circle.Kind.BY_APPLICATION
    assert replies.read(answered(dinner, dot, "ACCEPTED")) == Outcome.REFUSED
    assert status_of(dot) is None


# Whose answer it is


FORGED = {
    "another one's mark": lambda dinner, chi: {"to": reply_address.for_reader(dinner, chi)},
    "no mark": lambda dinner, chi: {"to": "reply@peers.example"},
    "a made-up mark": lambda dinner, chi: {"to": f"reply+{'a' * 24}@peers.example"},
    "an empty mark": lambda dinner, chi: {"to": "reply+@peers.example"},
    "from somebody else": lambda dinner, chi: {"sender": chi.email},
    "from two people": lambda dinner, chi: {"sender": f"ben@example.org, {chi.email}"},
    "in a colleague's name": lambda dinner, chi: {"attendee": "colleague@work.example"},
    "another method": lambda dinner, chi: {"method": "REQUEST"},
    "another gathering": lambda dinner, chi: {"uid": "0a2c6f3e-0000-4000-8000-000000000000@peerhood"},
    "another site's": lambda dinner, chi: {"uid": f"{dinner.uid}@elsewhere.example"},
    "no uid of ours": lambda dinner, chi: {"uid": "7@peerhood"},
}


@pytest.mark.parametrize("how", FORGED)
def test_a_forged_reply_changes_nothing(seated, ben, chi, answered, how):
    assert replies.read(answered(seated, ben, "DECLINED", **FORGED[how](seated, chi))) == Outcome.NO_REPLY
    assert status_of(ben) == "going"


def test_control_with_its_mark_it_counts(seated, ben, answered):
    assert replies.read(answered(seated, ben, "DECLINED")) == Outcome.LEFT


def test_the_mark_of_another_gathering_is_none_here(seated, makers, gathering, ben, answered):
    other = reply_address.for_reader(gathering(makers), ben)
    assert replies.read(answered(seated, ben, "DECLINED", to=other)) == Outcome.NO_REPLY


def test_an_address_that_was_not_proven_answers_nothing(seated, ben, answered):
    EmailAddress.objects.filter(user=ben).update(verified=False)
    assert replies.read(answered(seated, ben, "DECLINED")) == Outcome.NO_REPLY


def test_the_mark_dies_with_the_address_it_was_sent_to(seated, ben, answered):
    said = answered(seated, ben, "DECLINED")
    EmailAddress.objects.filter(user=ben).update(email="ben@new.example")
    EmailAddress.objects.create(user=ben, email="ben@other.example", verified=True)
    forged = said.replace(b"ben@example.org", b"ben@new.example")
    assert replies.read(said) == replies.read(forged) == Outcome.NO_REPLY


def test_a_mark_made_with_an_earlier_key_still_counts(seated, ben, answered, settings):
    said = answered(seated, ben, "DECLINED")
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another"
    assert replies.read(said) == Outcome.NO_REPLY
    settings.SECRET_KEY_FALLBACKS = [old]
    assert replies.read(said) == Outcome.LEFT


def test_a_mark_fits_before_the_at_and_survives_another_case(dinner, ben, settings):
    settings.INBOUND_ADDRESS = "calendar-replies@peers.example"
    local = reply_address.for_reader(dinner, ben).partition("@")[0]
    assert len(local) <= 64
    assert local == local.lower()


# Whatever comes in, reading goes on


def test_any_other_mail_is_no_reply(db):
    for other in (
        b"",
        b"Subject: Hello\n\nthere",
        b"\xff\xfe",
        b"Content-Type: text/calendar\n\nBEGIN:VCALENDAR",
    ):
        assert replies.read(other) == Outcome.NO_REPLY


@hypothesis_settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(junk=some.binary(max_size=60), cut=some.integers(0, 900), length=some.integers(0, 60))
def test_a_broken_reply_stops_nothing(seated, ben, answered, junk, cut, length):
    said = answered(seated, ben, "TENTATIVE", shape="apple")
    assert replies.read(said[:cut] + junk + said[cut + length :]) in set(Outcome)
    assert replies.read(b"Content-Type: text/calendar; method=REPLY\n\n" + junk) == Outcome.NO_REPLY
    assert status_of(ben) == "going"

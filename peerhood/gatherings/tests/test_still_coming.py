"""Still coming? Asked once, the day before, by the clock on the wall."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import transaction
from django.utils.timezone import now

from peerhood.gatherings import planning, rsvp
from peerhood.gatherings.coming import still_coming
from peerhood.gatherings.models import Gathering, Rsvp
from peerhood.notices.models import Mail
from tests.threads import at_once

STOCKHOLM = ZoneInfo("Europe/Stockholm")
ASKED = "gatherings/still_coming"


@pytest.fixture
def dinner(gathering, makers, ada, ben, chi):
    """At six on the evening of the day on which summer time ends; Ada and Ben come, Chi waits."""
    starts_at = datetime(2026, 10, 25, 18, tzinfo=STOCKHOLM)
    with time_machine.travel(datetime(2026, 10, 1, tzinfo=UTC), tick=False):
        dinner = gathering(makers, starts_at=starts_at, ends_at=starts_at + timedelta(hours=3), capacity=2)
        dinner.hosts.add(ada)
        for person in (ada, ben, chi):
            rsvp.attend(dinner, person)
    return dinner


def asked_at(moment):
    with time_machine.travel(moment, tick=False):
        still_coming.ask_all_due()
    return list(Mail.objects.filter(kind=ASKED).order_by("address").values_list("address", flat=True))


@pytest.mark.django_db
def test_it_is_asked_a_day_before_by_the_clock_on_the_wall(dinner, ada, ben):  # F9
    wall = datetime(2026, 10, 24, 18, tzinfo=STOCKHOLM)
    assert dinner.starts_at - wall.astimezone(UTC) == timedelta(hours=25)  # the night has an hour more
    assert asked_at(wall - timedelta(minutes=1)) == []
    assert asked_at(wall) == [ada.email, ben.email]


@pytest.mark.django_db
def test_once_is_enough_however_often_the_worker_comes(dinner, ada, ben):
    for minutes in (1, 11, 21):
        asked = asked_at(datetime(2026, 10, 24, 18, minutes, tzinfo=STOCKHOLM))
    assert asked == [ada.email, ben.email]


@pytest.mark.django_db
def test_on_another_day_it_is_asked_again(dinner, ada):
    asked_at(datetime(2026, 10, 24, 19, tzinfo=STOCKHOLM))
    with time_machine.travel(datetime(2026, 10, 24, 20, tzinfo=STOCKHOLM), tick=False):
        planning.edit(dinner, by=ada, version=0, starts_at=datetime(2026, 11, 3, 18, tzinfo=STOCKHOLM))
    assert asked_at(datetime(2026, 11, 2, 19, tzinfo=STOCKHOLM)).count(ada.email) == 2


@pytest.mark.django_db
def test_whoever_said_so_or_has_just_come_is_not_asked(dinner, ada, ben, chi):
    with time_machine.travel(datetime(2026, 10, 24, 12, tzinfo=STOCKHOLM), tick=False):
        still_coming.confirm(dinner, ada)
    with time_machine.travel(datetime(2026, 10, 24, 18, 30, tzinfo=STOCKHOLM), tick=False):
        rsvp.withdraw(dinner, ben)
        rsvp.attend(dinner, chi)
    assert asked_at(datetime(2026, 10, 24, 19, tzinfo=STOCKHOLM)) == []


@pytest.mark.django_db
def test_a_cancelled_gathering_asks_nobody(dinner, ada):
    with time_machine.travel(datetime(2026, 10, 20, tzinfo=UTC), tick=False):
        planning.cancel(dinner, by=ada)
    assert asked_at(datetime(2026, 10, 24, 19, tzinfo=STOCKHOLM)) == []


@pytest.mark.django_db
def test_the_mail_is_warm_and_answers_with_one_tap(client, gathering, makers, ben):
    soon = gathering(makers, starts_at=now() + timedelta(hours=23))
    rsvp.attend(soon, ben)
    Rsvp.objects.update(answered_at=now() - timedelta(days=7))
    still_coming.ask_all_due()
    text = Mail.objects.get(kind=ASKED).text
    assert "Still coming?" in text
    path = next(line for line in text.splitlines() if "/answer/" in line).partition("//")[2].partition("/")[2]
    client.post(f"/{path}", {"no": "yes"})
    assert soon.rsvps.get().status == "declined"


# Twice at the same moment


@pytest.fixture
def tomorrow(gathering, makers, ada, ben):
    tomorrow = gathering(makers, starts_at=now() + timedelta(hours=23))
    for person in (ada, ben):
        rsvp.attend(tomorrow, person)
    Rsvp.objects.update(answered_at=now() - timedelta(days=7))
    return tomorrow


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("tomorrow")
def test_two_schedulers_at_once_ask_once():  # F17
    at_once(*[still_coming.ask_all_due] * 6)
    assert Mail.objects.filter(kind=ASKED).count() == 2


@pytest.mark.django_db(transaction=True)
def test_control_without_a_key_two_schedulers_ask_twice(tomorrow):
    def ask_without_a_key():
        for seat in Gathering.objects.get(pk=tomorrow.pk).rsvps.going().select_related("person"):
            with transaction.atomic():
                still_coming.sending.send(seat.person, ASKED, gathering=tomorrow, rsvp=seat, link="")

    at_once(ask_without_a_key, ask_without_a_key)
    assert Mail.objects.filter(kind=ASKED).count() == 4

"""At night comes only what cannot wait. The reader's clock is what counts, so each test sets where they live."""

from datetime import UTC, datetime, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.utils.timezone import now

from peerhood.notices import choices, delivery, quiet_hours, sending
from peerhood.notices.models import Mail
from peerhood.notices.sending import CalendarPart
from peerhood.notices.tests.test_threads import TOLD

pytestmark = pytest.mark.django_db
ZONES = ["UTC", *(f"Etc/GMT{hours:+}" for hours in range(-12, 13) if hours)]


def where_it_is(hour):
    """A zone in which the clock shows this hour now: so no test waits for the night."""
    return next(zone for zone in ZONES if now().astimezone(ZoneInfo(zone)).hour == hour)


@pytest.fixture
def at_night(person):
    return person("Nils", time_zone=where_it_is(23))


@pytest.fixture
def by_day(person):
    return person("Dagny", time_zone=where_it_is(12))


@pytest.fixture
def optional(letter, monkeypatch):
    """A kind of mail that one may do without."""
    kind = letter("Come and see\nhere")
    monkeypatch.setitem(choices.OPTIONAL, kind, choices.Group.ASKED)
    return kind


def deliver_all():
    for mail in Mail.objects.due():
        delivery.deliver(mail)


def test_at_night_a_mail_that_can_wait_keeps_still_until_seven(at_night, optional, provider):
    mail = sending.send(at_night, optional)
    assert delivery.deliver(mail) is False
    mail.refresh_from_db()
    comes = mail.next_try_at.astimezone(ZoneInfo(at_night.time_zone))
    assert (provider.received, mail.tries_count, mail.state) == ([], 0, "queued")
    assert (comes.time(), comes - now() < timedelta(hours=9)) == (time(7), True)
    Mail.objects.update(next_try_at=now())
    assert delivery.deliver_due() == 0


def test_control_what_cannot_wait_goes_out_at_night(at_night, optional, provider):
    mail = sending.send(at_night, optional)
    Mail.objects.update(can_wait=False)
    assert delivery.deliver(mail) is True


def test_by_day_it_comes_at_once(by_day, optional, provider):
    assert delivery.deliver(sending.send(by_day, optional)) is True


def test_answers_and_codes_come_at_night(at_night, letter, provider):
    assert delivery.deliver(sending.send(at_night, letter("Your code\n123"))) is True


@pytest.mark.parametrize(("hours_ahead", "waits"), [(23, False), (25, True)])
def test_news_of_what_begins_within_a_day_comes_at_once(
    at_night, letter, provider, monkeypatch, hours_ahead, waits
):
    kind = letter("Cancelled\nIt does not take place.")
    monkeypatch.setattr(choices, "ABOUT_A_DATE", {kind})
    supper = SimpleNamespace(starts_at=now() + timedelta(hours=hours_ahead))
    mail = sending.send(at_night, kind, gathering=supper)
    assert (mail.can_wait, delivery.deliver(mail)) == (waits, not waits)


@pytest.mark.parametrize(("hours_ahead", "waits"), [(9, False), (40, True)])
def test_a_reminder_waits_only_if_it_still_comes_in_time(at_night, optional, hours_ahead, waits):
    # At eleven in the evening, eight hours of the night are left.
    supper = SimpleNamespace(starts_at=now() + timedelta(hours=hours_ahead))
    assert sending.send(at_night, optional, gathering=supper).can_wait is waits


def test_what_failed_in_the_evening_is_not_tried_again_at_night(by_day, optional, provider):
    provider.mood, mail = "busy", sending.send(by_day, optional)
    delivery.deliver(mail)
    provider.mood, by_day.time_zone = "well", where_it_is(2)
    by_day.save()
    Mail.objects.update(next_try_at=now())
    assert (delivery.deliver_due(), Mail.objects.get().tries_count) == (0, 1)


def test_hours_of_ones_own_and_none(at_night, optional, provider):
    quiet_hours.choose(at_night, time(1), time(1))
    assert delivery.deliver(sending.send(at_night, optional)) is True
    quiet_hours.choose(at_night, time(22, 30), time(9))
    mail = sending.send(at_night, optional)
    if now().astimezone(ZoneInfo(at_night.time_zone)).time() >= time(22, 30):
        assert delivery.deliver(mail) is False


def test_what_waits_goes_out_when_no_hours_are_quiet_any_more(at_night, optional, provider):
    sending.send(at_night, optional)
    deliver_all()
    assert provider.received == []
    quiet_hours.choose(at_night, time(8), time(8))
    assert delivery.deliver_due() == 1


def test_a_thread_keeps_its_order_at_night(at_night, letter, provider, monkeypatch):
    """A change that can wait is taken along by the answer that follows it; it does not hold that up, or come after it."""
    changed, seated = letter("Changed\n."), letter("You are off the list\n.")
    monkeypatch.setattr(choices, "ABOUT_A_DATE", {changed})
    later = SimpleNamespace(starts_at=now() + timedelta(days=9))
    part = CalendarPart(TOLD.format("Supper"), "REQUEST", "calendar/7/8")
    sending.send(at_night, changed, gathering=later, calendar=part)
    deliver_all()
    assert provider.received == []
    sending.send(at_night, seated, gathering=later, calendar=part)
    deliver_all()
    deliver_all()
    assert provider.subjects() == ["Changed", "You are off the list"]


def test_control_without_taking_it_along_the_answer_would_wait(at_night, letter, provider, monkeypatch):
    monkeypatch.setattr(sending.quiet_hours, "let_go_before", lambda mail: None)
    changed = letter("Changed\n.")
    monkeypatch.setattr(choices, "ABOUT_A_DATE", {changed})
    later = SimpleNamespace(starts_at=now() + timedelta(days=9))
    part = CalendarPart(TOLD.format("Supper"), "REQUEST", "calendar/7/8")
    sending.send(at_night, changed, gathering=later, calendar=part)
    deliver_all()
    sending.send(at_night, letter("You are off the list\n."), gathering=later, calendar=part)
    deliver_all()
    assert provider.received == []


# Where the clocks change: in Stockholm they go back on 25 October 2026 at 03:00, and forward on 28 March 2027 at 02:00.


@pytest.mark.parametrize(
    ("at", "until"),
    [
        # 23:00 in summer time; seven is in winter time, nine hours later.
        (datetime(2026, 10, 24, 21, tzinfo=UTC), datetime(2026, 10, 25, 6, tzinfo=UTC)),
        # 02:30 the second time round.
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), datetime(2026, 10, 25, 6, tzinfo=UTC)),
        # 23:00 in winter time; seven is in summer time, seven hours later.
        (datetime(2027, 3, 27, 22, tzinfo=UTC), datetime(2027, 3, 28, 5, tzinfo=UTC)),
        (datetime(2027, 3, 28, 5, tzinfo=UTC), datetime(2027, 3, 28, 5, tzinfo=UTC)),
    ],
)
def test_the_night_ends_at_seven_on_the_clock_when_the_clocks_change(person, at, until):
    assert quiet_hours.resumes_at(person("Ada", time_zone="Europe/Stockholm"), at) == until


def test_a_night_that_ends_in_the_hour_there_is_not_ends_all_the_same(person):
    ada = person("Ada", time_zone="Europe/Stockholm")
    quiet_hours.choose(ada, time(23), time(2, 30))
    at = datetime(2027, 3, 28, 0, 30, tzinfo=UTC)
    assert at < quiet_hours.resumes_at(ada, at) <= datetime(2027, 3, 28, 2, tzinfo=UTC)


def test_a_morning_is_the_readers_own(person):
    at = datetime(2026, 6, 1, 10, tzinfo=UTC)
    assert quiet_hours.morning_before(person("Ada", time_zone="Europe/Stockholm"), at) == datetime(
        2026, 6, 1, 5, tzinfo=UTC
    )
    assert quiet_hours.morning_before(person("Eve", time_zone="America/New_York"), at) == datetime(
        2026, 5, 31, 11, tzinfo=UTC
    )

"""Once a day, together: five things at most, nothing twice, nothing lost."""

import re
import threading
from datetime import datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.utils.timezone import now

from peerhood.notices import choices, delivery, digest, forgetting, sending
from peerhood.notices.choices import Group
from peerhood.notices.models import Mail, Unwanted
from peerhood.notices.tests.test_quiet_hours import where_it_is

pytestmark = pytest.mark.django_db


@pytest.fixture
def daily(letter, monkeypatch):
    """Write some mails of a kind that the reader wants once a day, as of the day before: ``daily(ada, 7)``."""

    def write(reader, count, since=timedelta(days=1)):
        mails = []
        for _number in range(count):
            kind = letter(f"Thing {Mail.objects.count()}\nRead it here:\nhttps://example.org/{{{{ n }}}}/.")
            monkeypatch.setitem(choices.OPTIONAL, kind, Group.ASKED)
            mails.append(sending.send(reader, kind, n=Mail.objects.count()))
        Mail.objects.filter(pk__in=[mail.pk for mail in mails]).update(created_at=now() - since)
        return mails

    return write


@pytest.fixture
def reader(person):
    """It is noon where she lives, and she wants what her circles ask once a day."""
    ida = person("Ida", time_zone=where_it_is(12))
    choices.choose(ida, set(Group.values), {Group.ASKED})
    return ida


def written():
    return Mail.objects.filter(kind=choices.DIGEST)


def test_what_is_wanted_once_a_day_does_not_leave_by_itself(reader, daily, provider):
    (mail,) = daily(reader, 1)
    assert (mail.state, delivery.deliver(mail), delivery.deliver_due()) == ("together", False, 0)


def test_in_the_morning_they_come_in_one_mail_five_at_most(reader, daily, provider):
    mails = daily(reader, 7)
    assert digest.send_all_due() == 1
    assert delivery.deliver_due() == 1
    (received,) = provider.received
    said = received.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert received["Subject"] == "7 things for you today"
    assert re.findall(r"Thing \d", said) == [f"Thing {number}" for number in range(5)]
    assert [f"https://example.org/{number}/" in said for number in (0, 4, 5)] == [True, True, False]
    assert "And 2 more. All of them:\nhttp://127.0.0.1:8000/me/mails/" in said
    assert set(Mail.objects.filter(pk__in=[m.pk for m in mails]).values_list("state", "digest")) == {
        ("gathered", written().get().pk)
    }


def test_the_worker_that_comes_by_again_writes_no_second_one(reader, daily):
    daily(reader, 2)
    assert [digest.send_all_due(), digest.send_all_due()] == [1, 0]
    # What came since then waits for tomorrow; and so would something from yesterday that turned up late.
    daily(reader, 1, since=timedelta())
    daily(reader, 1)
    assert (digest.send_all_due(), written().count()) == (0, 1)
    assert Mail.objects.filter(state="together").count() == 2


def test_what_came_after_this_morning_waits_for_the_next(reader, daily):
    daily(reader, 1, since=timedelta())
    assert digest.send_all_due() == 0


def test_at_night_no_daily_mail_is_written(reader, daily):
    daily(reader, 1)
    reader.time_zone = where_it_is(2)
    reader.save()
    assert digest.send_all_due() == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_write_one(reader, daily):
    daily(reader, 3)
    barrier, counts = threading.Barrier(2), []

    def work():
        try:
            barrier.wait()
            counts.append(digest.send_all_due())
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert (sorted(counts), written().count()) == ([0, 1], 1)
    assert Mail.objects.filter(state="gathered", digest=written().get()).count() == 3


def test_control_without_its_key_a_second_one_is_written(reader, daily, monkeypatch):
    """The unique key of the day is what keeps a second one from being written."""
    plain = sending.send
    monkeypatch.setattr(digest.sending, "send", lambda *args, key=None, **more: plain(*args, **more))
    daily(reader, 1)
    digest.send_all_due()
    daily(reader, 1)
    assert (digest.send_all_due(), written().count()) == (1, 2)


def test_turned_off_midway_what_waits_goes_out_by_itself(reader, daily, provider):
    daily(reader, 2)
    choices.choose(reader, set(Group.values), set())
    assert (digest.send_all_due(), delivery.deliver_due()) == (0, 2)
    assert sorted(provider.subjects()) == ["Thing 0", "Thing 1"]


def test_what_was_written_while_it_was_turned_off_still_comes(reader, daily):
    """An act that had asked before, and committed after: its mail waits, and the next morning takes it."""
    mails = daily(reader, 1)
    choices.choose(reader, set(Group.values), set())
    Mail.objects.filter(pk=mails[0].pk).update(state="together")
    assert digest.send_all_due() == 1


def test_one_press_turns_the_daily_mail_off_and_only_what_comes_in_it(reader, daily, client):
    daily(reader, 2)
    digest.send_all_due()
    daily(reader, 1)
    link = "/" + written().get().leave.split("/", 3)[3]
    assert "Your daily mail, and what comes in it" in client.get(link).text
    assert Unwanted.objects.count() == 0
    program = Client(enforce_csrf_checks=True)
    for _again in range(2):
        assert program.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert list(Unwanted.objects.values_list("person", "group")) == [(reader.pk, "asked")]
    # What was on its way is not sent, and not lost: it stands on the page.
    assert Mail.objects.filter(state="together").count() == 0
    client.force_login(reader)
    assert len(re.findall(r"<strong>Thing \d</strong>", client.get("/me/mails/").text)) == 3


def test_something_that_would_come_too_late_comes_by_itself(reader, letter, monkeypatch):
    kind = letter("Tonight\nYou meet somebody.")
    monkeypatch.setitem(choices.OPTIONAL, kind, Group.ASKED)
    soon, later = (SimpleNamespace(starts_at=now() + timedelta(hours=hours)) for hours in (6, 60))
    assert sending.send(reader, kind, gathering=soon).state == "queued"
    assert sending.send(reader, kind, gathering=later).state == "together"


def test_taking_back_takes_back_what_waits_for_the_daily_mail(reader, daily):
    (mail,) = daily(reader, 1)
    Mail.objects.filter(pk=mail.pk).update(key="asked/7/8")
    sending.take_back("asked/7/")
    assert Mail.objects.count() == 0


def test_an_erased_name_goes_out_of_what_waits(reader, daily):
    (mail,) = daily(reader, 1)
    forgetting.forget(["Thing"], [])
    mail.refresh_from_db()
    assert "Thing" not in mail.subject


def test_the_day_of_a_daily_mail_is_the_readers(reader, daily):
    daily(reader, 1)
    digest.send_all_due()
    today = datetime.now(ZoneInfo(reader.time_zone)).date()
    assert written().get().key == f"notices/digest/{reader.pk}/{today}"

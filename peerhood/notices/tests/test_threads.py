"""Mails of one thread leave in their order; and what a calendar is told leaves with them, and is forgotten with them."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils.timezone import now

from peerhood.notices import delivery, fleeting, forgetting, sending
from peerhood.notices.models import Mail
from peerhood.notices.sending import CalendarPart
from peerhood.notices.tests.conftest import Gate

THREAD = "calendar/7/8"


@pytest.fixture
def mail(db):
    """Make a mail that is due: ``mail("Come", thread=THREAD)``."""

    def make(subject, **fields):
        fields = {"address": "ada@example.org", "kind": "tests/letter", "language": "en"} | fields
        return Mail.objects.create(subject=subject, text="there", **fields)

    return make


def all_due():
    Mail.objects.update(next_try_at=now())


def test_a_mail_waits_for_the_one_before_it_in_its_thread(mail, provider):
    come, do_not = mail("Come", thread=THREAD), mail("Do not", thread=THREAD)
    assert delivery.deliver(do_not) is False
    assert (delivery.deliver(come), delivery.deliver(do_not)) == (True, True)
    assert provider.subjects() == ["Come", "Do not"]


def test_while_the_first_is_tried_again_later_the_next_one_waits(mail, provider):
    come, do_not = mail("Come", thread=THREAD), mail("Do not", thread=THREAD)
    provider.mood = "busy"
    delivery.deliver(come)
    provider.mood = "well"
    assert (delivery.deliver_due(), delivery.deliver(do_not)) == (0, False)
    all_due()
    assert [delivery.deliver_due(), delivery.deliver_due()] == [1, 1]
    assert provider.subjects() == ["Come", "Do not"]


def test_one_that_is_given_up_holds_nobody_up(mail, provider):
    mail("Come", thread=THREAD, state=Mail.State.DEAD)
    mail("Do not", thread=THREAD)
    assert (delivery.deliver_due(), provider.subjects()) == (1, ["Do not"])


def test_other_threads_and_mails_of_none_do_not_wait(mail, provider):
    mail("Come", thread=THREAD, next_try_at=now() + timedelta(hours=1))
    mail("Other", thread="calendar/7/9")
    mail("None")
    assert delivery.deliver_due() == 2
    assert provider.subjects() == ["Other", "None"]


def deliver_both_at_once(first, second, provider, settings):
    """One worker has the first mail, and its provider is slow; another one comes for the second."""
    settings.EMAIL_TIMEOUT, gate = 10, Gate()
    provider.gates.append(gate)

    def slow_worker():
        try:
            delivery.deliver(Mail.objects.get(pk=first.pk))
        finally:
            connection.close()

    slow = threading.Thread(target=slow_worker)
    slow.start()
    gate.reached.wait(10)
    delivery.deliver(Mail.objects.get(pk=second.pk))
    gate.opened.set()
    slow.join()
    delivery.deliver_due()
    return provider.subjects()


@pytest.mark.django_db(transaction=True)
def test_with_two_workers_at_once_a_cancel_does_not_overtake_its_request(mail, provider, settings):
    both = mail("Come", thread=THREAD), mail("Do not", thread=THREAD)
    assert deliver_both_at_once(*both, provider, settings) == ["Come", "Do not"]


@pytest.mark.django_db(transaction=True)
def test_control_without_a_thread_it_overtakes(mail, provider, settings):
    assert deliver_both_at_once(mail("Come"), mail("Do not"), provider, settings) == ["Do not", "Come"]


@pytest.mark.django_db(transaction=True)
def test_three_sweeps_at_once_keep_every_thread_in_order(mail, provider):
    for number in range(12):
        mail(f"{number:02}", thread=f"calendar/7/{number % 2}")
    barrier = threading.Barrier(3)

    def sweep():
        try:
            barrier.wait()
            while Mail.objects.filter(state=Mail.State.QUEUED).exists():
                delivery.deliver_due()
        finally:
            connection.close()

    threads = [threading.Thread(target=sweep) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for parity in (0, 1):
        theirs = [subject for subject in provider.subjects() if int(subject) % 2 == parity]
        assert theirs == [f"{number:02}" for number in range(parity, 12, 2)]


# What a calendar is told

TOLD = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:{}\r\nEND:VCALENDAR\r\n"


def test_the_calendar_part_is_an_alternative_with_its_method_and_a_file(ada, letter, provider):
    part = CalendarPart(TOLD.format("Å" * 200), "REQUEST", THREAD)
    mail = sending.send(ada, letter("Hello\nthere"), calendar=part)
    assert delivery.deliver(mail), mail.last_error
    (received,) = provider.received
    assert [each.get_content_type() for each in received.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    told, file = list(received.walk())[-2:]
    assert (told["Content-Type"].params["method"], told["Content-Type"].params["charset"]) == (
        "REQUEST",
        "utf-8",
    )
    body = file.get_payload(decode=True)
    assert body.decode().replace("\r\n ", "") == part.text
    assert max(map(len, body.split(b"\r\n"))) <= 75
    assert told.get_payload(decode=True).split() == body.split()
    assert (file.get_filename(), mail.thread) == ("invite.ics", THREAD)


def test_a_mail_without_one_is_as_it_was(ada, letter, provider):
    delivery.deliver(sending.send(ada, letter("Hello\nthere")))
    (received,) = provider.received
    assert received.get_content_type() == "multipart/alternative"


def test_an_old_mail_forgets_what_the_calendar_was_told_and_keeps_that_it_was_taken_back(mail):
    mail("Do not", thread=THREAD, calendar=TOLD, calendar_method="CANCEL", state=Mail.State.SENT)
    Mail.objects.update(created_at=now() - timedelta(days=31))
    forgetting.forget_old()
    assert Mail.objects.values_list("calendar", "calendar_method", "thread").get() == ("", "CANCEL", THREAD)


def test_a_fleeting_mail_forgets_all_of_it(mail):
    told = mail("Come", thread=THREAD, calendar=TOLD, calendar_method="REQUEST", is_fleeting=True)
    fields = fleeting.forget(told)
    assert {"calendar", "calendar_method", "thread"} <= set(fields)
    assert (told.calendar, told.calendar_method, told.thread) == ("", "", "")


def test_an_erased_name_goes_out_of_what_calendars_are_told_and_the_format_stays(mail):
    mail("Come", calendar=TOLD.format(r"Supper with Begin\, and Request"), thread=THREAD)
    forgetting.forget(["Request", "Begin,"], [])
    assert Mail.objects.get().calendar == TOLD.format(r"Supper with A former member and A former member")

import threading
import uuid
from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.db import connection
from django.utils.timezone import now

from peerhood.notices import delivery, tasks
from peerhood.notices.models import Mail


@pytest.fixture
def mail(db):
    """Make a mail that is due: ``mail("Hello")``."""

    def make(subject="Hello", **fields):
        fields = {"address": "ada@example.org", "kind": "tests/letter", "language": "en"} | fields
        return Mail.objects.create(subject=subject, text="there", **fields)

    return make


def in_threads(act, count):
    """Run the act at the same moment in several threads; what each returned."""
    start, returned = threading.Barrier(count), []

    def run():
        start.wait()
        try:
            returned.append(act())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return returned


def test_a_mail_that_went_out_is_sent_and_stays_sent(mail, provider):
    hello = mail()
    assert (delivery.deliver(hello), delivery.deliver(hello)) == (True, False)
    assert provider.subjects() == ["Hello"]
    assert (hello.state, hello.tries_count, hello.last_error) == (Mail.State.SENT, 1, "")
    (received,) = provider.received
    assert (received["To"], received["Auto-Submitted"]) == ("ada@example.org", "auto-generated")
    assert [part.get_content_type() for part in received.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_deliver_a_mail_once(mail, provider):
    hello = mail()
    returned = in_threads(lambda: delivery.deliver(Mail.objects.get(pk=hello.pk)), 4)
    assert (sorted(returned), provider.subjects()) == ([False, False, False, True], ["Hello"])


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_deliver_each_mail_once(mail, provider):
    for number in range(6):
        mail(f"Hello {number}")
    returned = in_threads(delivery.deliver_due, 3)
    assert (sum(returned), sorted(provider.subjects())) == (6, [f"Hello {number}" for number in range(6)])


@pytest.mark.parametrize(
    ("mood", "error"),
    [
        ("refusing", "SMTPRecipientsRefused: {'ada@example.org': (550, b'no such person')}"),
        ("busy", "SMTPRecipientsRefused: {'ada@example.org': (451, b'later, please')}"),
        ("hanging", "SMTPServerDisconnected: Connection unexpectedly closed: timed out"),
        ("dropping", "SMTPServerDisconnected: Connection unexpectedly closed"),
    ],
)
def test_a_mail_that_fails_is_tried_again_later(mail, provider, mood, error):
    provider.mood, hello = mood, mail()
    begun = now()
    assert delivery.deliver(hello) is False
    assert (hello.state, hello.tries_count, hello.last_error) == (Mail.State.QUEUED, 1, error)
    assert timedelta(minutes=1) <= hello.next_try_at - begun < timedelta(minutes=2)
    assert delivery.deliver(hello) is False  # not due yet: nobody asks the provider
    assert hello.tries_count == 1


def test_nobody_listening_is_a_failure_like_any_other(mail, settings, provider):
    settings.EMAIL_PORT, hello = 1, mail()
    delivery.deliver(hello)
    assert (hello.state, hello.last_error.partition(":")[0]) == (Mail.State.QUEUED, "ConnectionRefusedError")


def test_the_waits_grow_and_the_last_failure_is_the_end(mail, provider):
    provider.mood, hello, waits = "refusing", mail(), []
    while hello.state == Mail.State.QUEUED:
        Mail.objects.update(next_try_at=now())
        begun = now()
        delivery.deliver(hello)
        waits.append(round((hello.next_try_at - begun) / timedelta(minutes=1)))
    assert waits[:-1] == [1, 5, 15, 60, 240, 720, 1440]
    assert [dead.pk for dead in Mail.objects.dead()] == [hello.pk]
    Mail.objects.update(next_try_at=now())
    assert (delivery.deliver(hello), hello.tries_count) == (False, 8)


def test_what_comes_back_well_is_delivered_and_forgets_its_error(mail, provider):
    provider.mood, hello = "busy", mail()
    delivery.deliver(hello)
    provider.mood = "well"
    Mail.objects.update(next_try_at=now())
    assert delivery.deliver(hello) is True
    assert (hello.state, hello.last_error, provider.subjects()) == (Mail.State.SENT, "", ["Hello"])


def test_a_mail_whose_fate_is_unknown_comes_again_under_the_same_name(mail, provider):
    provider.mood, hello = "dropping", mail()
    delivery.deliver(hello)
    provider.mood = "well"
    Mail.objects.update(next_try_at=now())
    delivery.deliver(hello)
    assert {message["Message-ID"] for message in provider.received} == {f"<{hello.uid}@localhost>"}
    assert len(provider.received) == 2


def test_a_worker_that_died_gives_its_mail_back_after_the_lease(mail, provider):
    held = mail(next_try_at=now() + delivery.LEASE, tries_count=1)  # as a worker that was killed leaves it
    assert delivery.deliver_due() == 0
    Mail.objects.update(next_try_at=now())
    assert (delivery.deliver_due(), provider.subjects()) == (1, [held.subject])


def test_one_impossible_mail_does_not_hold_up_the_others(mail, provider):
    mail("First", address="ada@example.org\nBcc: everybody@example.org")
    mail("Second")
    assert delivery.deliver_due() == 1
    assert provider.subjects() == ["Second"]
    assert Mail.objects.get(subject="First").last_error.partition(":")[0] == "ValueError"


def test_the_task_of_a_mail_that_is_gone_does_nothing(mail, provider):
    tasks.deliver_mail.call_local(mail().pk + 1)
    assert provider.received == []


def test_a_mail_keeps_its_name_for_ever(mail):
    assert isinstance(mail().uid, uuid.UUID)
    assert django_mail.outbox == []


WORDS = ("address", "subject", "text", "key", "person", "last_error")


def test_a_fleeting_mail_is_empty_once_it_went_out(mail, provider):
    hello = mail(is_fleeting=True, key="seed/1")
    assert delivery.deliver(hello) is True
    (received,) = provider.received
    assert (received["To"], received["Subject"]) == ("ada@example.org", "Hello")
    kept = Mail.objects.values(*WORDS, "state", "kind").get()
    assert kept == dict.fromkeys(WORDS, "") | {
        "key": None,
        "person": None,
        "state": "sent",
        "kind": "tests/letter",
    }


def test_a_fleeting_mail_that_is_given_up_is_empty_too_and_its_errors_name_nobody(mail, provider):
    provider.mood, hello = "refusing", mail(is_fleeting=True)
    while hello.state == Mail.State.QUEUED:
        Mail.objects.update(next_try_at=now())
        delivery.deliver(hello)
        assert Mail.objects.get().last_error == "SMTPRecipientsRefused"
    kept = Mail.objects.values(*WORDS).get()
    assert kept == dict.fromkeys(WORDS, "") | {
        "key": None,
        "person": None,
        "last_error": "SMTPRecipientsRefused",
    }


def test_control_any_other_mail_is_kept(mail, provider):
    delivery.deliver(mail())
    assert Mail.objects.values_list("address", "text").get() == ("ada@example.org", "there")

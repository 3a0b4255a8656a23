"""F5 of the threat model: whatever the provider does, nothing is lost, and nothing comes twice but in one window.

The window lies between the provider's taking of a mail (the end of DATA) and our writing down that it went
out. Whoever dies there, the provider or the worker, leaves a mail whose fate is unknown, and it is sent again
under the same Message-ID. ``tests/running/test_killed_worker.py`` kills a real worker at each point.
"""

import pytest
from django.core.management import call_command
from django.utils.timezone import now

from peerhood.notices import delivery
from peerhood.notices.models import Mail

pytestmark = pytest.mark.django_db
STEPS = ["HELLO", "EHLO", "MAIL", "RCPT", "DATA", "END"]


@pytest.fixture
def hello(db):
    return Mail.objects.create(
        address="ada@example.org",
        kind="tests/letter",
        language="en",
        subject="Hello",
        text="there",
    )


def deliver_again(mail):
    Mail.objects.update(next_try_at=now())
    delivery.deliver(mail)
    mail.refresh_from_db()
    return mail


def recover(mail, provider):
    provider.mood, provider.hangs_at, provider.fails_at = "well", "", ""
    return deliver_again(mail).state


@pytest.mark.parametrize("step", STEPS)
def test_a_provider_that_hangs_costs_its_time_limit_and_no_mail(hello, provider, step):
    provider.hangs_at = step
    assert (deliver_again(hello).state, hello.tries_count) == (Mail.State.QUEUED, 1)
    assert hello.next_try_at > now()
    assert recover(hello, provider) == Mail.State.SENT
    # It had the whole mail only where it hung after the end of DATA: there it comes a second time.
    assert len(provider.received) == (2 if step == "END" else 1)
    assert {message["Message-ID"] for message in provider.received} == {f"<{hello.uid}@localhost>"}


@pytest.mark.parametrize("failure", ["451 later, please", "554 5.7.1 no"])
@pytest.mark.parametrize("step", ["HELLO", "MAIL", "RCPT", "DATA", "END"])
def test_a_provider_that_says_no_gets_it_again_later(hello, provider, step, failure):
    provider.fails_at, provider.failure = step, failure
    assert (deliver_again(hello).state, hello.tries_count) == (Mail.State.QUEUED, 1)
    assert failure[:3] in hello.last_error
    handed_over = len(provider.received)
    assert recover(hello, provider) == Mail.State.SENT
    # What it refused at the end of DATA it has not kept; the test's provider notes it all the same.
    assert len(provider.received) - handed_over == 1


def test_a_provider_that_hangs_on_goodbye_has_the_mail_and_it_comes_once(hello, provider):
    provider.hangs_at = "QUIT"
    assert deliver_again(hello).state == Mail.State.SENT
    deliver_again(hello)
    assert len(provider.received) == 1


def test_a_provider_that_is_not_there(hello, provider, settings):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9
    assert (deliver_again(hello).state, hello.last_error[:22]) == (
        Mail.State.QUEUED,
        "ConnectionRefusedError",
    )
    settings.EMAIL_PORT = port
    assert (recover(hello, provider), len(provider.received)) == (Mail.State.SENT, 1)


def test_a_provider_that_dies_after_data_gets_the_same_mail_twice_and_no_more(hello, provider):
    provider.mood = "dropping"
    assert deliver_again(hello).state == Mail.State.QUEUED
    assert recover(hello, provider) == Mail.State.SENT
    deliver_again(hello)
    assert [message["Message-ID"] for message in provider.received] == [f"<{hello.uid}@localhost>"] * 2


def test_control_a_mail_that_is_not_written_down_as_sent_would_come_again_and_again(
    hello, provider, monkeypatch
):
    monkeypatch.setattr(delivery, "_write_down", lambda mail, *fields: None)
    for _again in range(3):
        deliver_again(hello)
    assert len(provider.received) == 3


def test_the_operator_sees_what_was_given_up_and_sends_it_again_with_one_command(
    hello, provider, client, capsys
):
    provider.mood = "busy"
    while deliver_again(hello).state == Mail.State.QUEUED:
        pass
    assert client.get("/healthz").json()["mail_outbox"] == {"waiting": 0, "dead": 1}
    call_command("dead_letters")
    listed = capsys.readouterr().out
    assert f"{hello.pk}  " in listed
    assert "tests/letter  ada@example.org  SMTPRecipientsRefused" in listed
    call_command("dead_letters", send_again=True, only=[hello.pk + 1])
    assert client.get("/healthz").json()["mail_outbox"]["dead"] == 1
    call_command("dead_letters", send_again=True)
    assert "1 mails are due again." in capsys.readouterr().out
    assert (recover(hello, provider), len(provider.received)) == (Mail.State.SENT, 1)

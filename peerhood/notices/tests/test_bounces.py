"""Mails that come back: believed when the report knows the mail's own mark, and of nobody else."""

import uuid

import pytest

from peerhood.notices import bounces, dead_letters, delivery, forgetting
from peerhood.notices.models import FailingAddress, Mail

pytestmark = pytest.mark.django_db

REPORT = """From: MAILER-DAEMON@mx.example.net
To: {to}
Subject: Undelivered mail
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I am sorry.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} Ada has left us for Canary Corp

--b
Content-Type: {quoted}

From: hello@localhost
Message-ID: {message_id}
Subject: Hello

--b--
"""


def report(mail=None, **said):
    said = {
        "to": "hello@localhost",
        "address": "ada@example.org",
        "action": "failed",
        "status": "5.1.1",
        "quoted": "text/rfc822-headers",
        "message_id": f"<{mail.uid}@localhost>" if mail else "",
    } | said
    return REPORT.format(**said).replace("\n", "\r\n").encode()


@pytest.fixture
def mail(db):
    def make(subject="Hello", **fields):
        fields = {
            "address": "ada@example.org",
            "kind": "tests/letter",
            "language": "en",
            "state": "sent",
        } | fields
        written = {"text": "there"} | fields
        return Mail.objects.create(subject=subject, **written)

    return make


def is_dead(address="ada@example.org"):
    return bounces.since(address) is not None


@pytest.mark.parametrize("quoted", ["text/rfc822-headers", "message/rfc822"])
def test_no_such_mailbox_is_enough_once(mail, quoted):
    hello = mail()
    assert bounces.read(report(hello, quoted=quoted)) is True
    hello.refresh_from_db()
    assert (hello.bounce_status, hello.bounced_at is not None, is_dead()) == ("5.1.1", True, True)


def test_anything_else_for_good_is_enough_twice(mail):
    first, second = mail(), mail()
    for _again in range(3):
        bounces.read(report(first, status="5.2.1"))
    assert (is_dead(), FailingAddress.objects.get().failures_count) == (False, 1)
    bounces.read(report(second, status="5.2.1"))
    assert is_dead()


@pytest.mark.parametrize(
    "said", [{"action": "delayed", "status": "4.4.1"}, {"action": "relayed"}, {"status": "4.2.2"}]
)
def test_a_delay_is_no_failure(mail, said):
    hello = mail()
    assert bounces.read(report(hello, **said)) is True
    hello.refresh_from_db()
    assert (hello.bounced_at, FailingAddress.objects.count()) == (None, 0)


def test_a_policy_says_nothing_of_the_address(mail):
    for each in (mail(), mail(), mail()):
        bounces.read(report(each, status="5.7.1"))
    assert (FailingAddress.objects.count(), Mail.objects.filter(bounce_status="5.7.1").count()) == (0, 3)


def test_it_is_found_by_the_address_it_came_back_to(mail, settings):
    settings.INBOUND_ADDRESS, hello = "reply@peers.example", mail()
    back = bounces.return_address(hello)
    assert back == f"reply+b{hello.uid.hex}@peers.example"
    assert bounces.read(report(to=back)) is True
    assert is_dead()


def test_that_address_is_on_the_envelope_and_the_reader_sees_who_writes(mail, provider, settings):
    settings.INBOUND_ADDRESS, hello = "reply@peers.example", mail(state="queued")
    assert delivery.deliver(hello), hello.last_error
    assert provider.received[0]["From"] == "Peerhood <hello@localhost>"
    assert provider.senders == [bounces.return_address(hello)]


def test_a_faked_report_without_the_mark_silences_nobody(mail):
    hello = mail()
    faked = [
        report(),
        report(message_id=f"<{uuid.uuid4()}@localhost>"),
        report(message_id=f"<{hello.pk}@localhost>"),
        report(to=f"reply+b{uuid.uuid4().hex}@peers.example"),
        report(hello).replace(b"multipart/report; report-type=delivery-status", b"multipart/mixed"),
        b"", b"\xff\xfe", b"Content-Type: multipart/report\r\n\r\nnothing",
    ]  # fmt: skip
    assert [bounces.read(each) for each in faked] == [False] * len(faked)
    assert (FailingAddress.objects.count(), Mail.objects.get().bounced_at) == (0, None)


def test_control_the_same_report_with_the_mark_is_believed(mail):
    assert bounces.read(report(mail()))
    assert is_dead()


def test_a_report_counts_for_the_address_the_mail_went_to_and_no_other(mail):
    """Whoever reports their own mail cannot name somebody else in it."""
    bounces.read(report(mail(address="eve@example.org"), address="ada@example.org"))
    assert (is_dead(), is_dead("eve@example.org")) == (False, True)


def test_what_the_provider_says_at_once_counts_alike(mail, provider):
    provider.mood, hello = "refusing", mail(state="queued")
    provider.refusal = "550 5.1.1 no such person"
    delivery.deliver(hello)
    hello.refresh_from_db()
    assert (hello.bounce_status, is_dead()) == ("5.1.1", True)


@pytest.mark.parametrize("refusal", ["451 4.7.1 later, please", "550 5.7.1 not from you", "554 no"])
def test_a_provider_that_does_not_like_us_silences_nobody(mail, provider, refusal):
    provider.mood, provider.refusal = "refusing", refusal
    for each in (mail(state="queued"), mail(state="queued"), mail(state="queued")):
        delivery.deliver(each)
    assert not is_dead()


def test_nothing_more_is_sent_there_but_codes(mail, provider):
    bounces.read(report(mail()))
    letter, code = mail(state="queued"), mail(state="queued", kind="people/login_code", subject="Code")
    assert (delivery.deliver(letter), delivery.deliver(code)) == (False, True)
    letter.refresh_from_db()
    assert (letter.state, provider.subjects()) == (Mail.State.NOWHERE, ["Code"])


def test_control_to_an_address_that_works_it_is_sent(mail, provider):
    assert delivery.deliver(mail(state="queued")) is True


def code_for(client, address):
    client.post("/sign-in/", {"address": address})
    subject = Mail.objects.filter(kind="people/login_code").latest("pk").subject
    return subject.rsplit(" ", 1)[1]


def test_a_code_typed_in_proves_the_address(ada, client, mail):
    bounces.read(report(mail()))
    client.post("/sign-in/code/", {"code": code_for(client, ada.email)})
    assert "_auth_user_id" in client.session
    assert not is_dead()


def test_a_wrong_code_proves_nothing(ada, client, mail):
    bounces.read(report(mail()))
    code_for(client, ada.email)
    client.post("/sign-in/code/", {"code": "wrong"})
    assert is_dead()


def test_the_person_reads_what_to_do_and_not_what_the_server_said(ada, client, mail):
    client.force_login(ada)
    assert "have come back since" not in client.get("/me/data/").text
    bounces.read(report(mail()))
    page = client.get("/me/data/").text
    assert "Mails to ada@example.org have come back since" in page
    assert "Canary" not in page


def test_an_erasure_takes_it_away(mail):
    bounces.read(report(mail()))
    forgetting.forget(["Ada"], ["Ada@example.org"])
    assert FailingAddress.objects.count() == 0


def test_what_was_forgotten_is_not_remembered_by_its_report(mail):
    fleeting = mail(is_fleeting=True, address="")
    assert bounces.read(report(fleeting)) is True
    assert FailingAddress.objects.count() == 0


def test_the_operator_sends_again_what_was_given_up(mail, provider):
    bounces.read(report(mail()))
    delivery.deliver(mail(state="queued"))
    mail(state="dead", tries_count=8, address="ben@example.org", subject="Dead")
    mail(state="dead", tries_count=8, address="", text="")
    assert (dead_letters.let_addresses_work(), dead_letters.send_again()) == (1, 2)
    assert (delivery.deliver_due(), sorted(provider.subjects())) == (2, ["Dead", "Hello"])

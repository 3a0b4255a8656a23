"""Bounces: mails that came back, and addresses that do not work.

A report of a mail server (RFC 3464) is believed when it carries the mail's own mark, which only its reader
and the servers on its way have seen: in the address it came back to, or in the headers it quotes. So nobody
can silence somebody else from outside. What a provider says at once, while it is handed the mail, counts alike.

An address from which two mails came back for good, or one because there is no such mailbox (5.1.1), does not
work: nothing but codes is sent there. Whoever types in a code that went there has proved that it does.
"""

import re
from collections.abc import Iterable
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import getaddresses
from smtplib import SMTPRecipientsRefused
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import now

from peerhood.notices import choices
from peerhood.notices.models import FailingAddress, Mail

ENOUGH = 2
NO_SUCH_MAILBOX = "5.1.1"
# About our server, the way, the letter or a policy: they say nothing of the address.
NOT_ABOUT_THE_ADDRESS = ("5.3.", "5.4.", "5.6.", "5.7.")
# Of a provider that says no more than a number (RFC 5321): about the mailbox, not about us.
ABOUT_A_MAILBOX = (550, 551, 553)
STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
MARK = re.compile(r"\+b([0-9a-f]{32})@", re.IGNORECASE)
MESSAGE_ID = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@", re.IGNORECASE)
# Where mail servers write down to whom a report was.
SAID_TO = ("To", "Delivered-To", "X-Original-To", "Envelope-To")


def return_address(mail: Mail) -> str:
    """Where this mail comes back to: an address of its own; nothing where no mailbox is read."""
    if not settings.INBOUND_ADDRESS:
        return ""
    local, _at, domain = settings.INBOUND_ADDRESS.rpartition("@")
    return f"{local}+b{mail.uid.hex}@{domain}"


def read(message: bytes) -> bool:
    """Note what a mail reports, if it is the report of a mail server about one of ours. True when it is."""
    report = message_from_bytes(message, policy=policy.default)
    if report.get_content_type() != "multipart/report":
        return False
    status = _failure_in(report)
    mail = Mail.objects.filter(uid__in=_marks_in(report)).first()
    if mail is None:
        return False
    if status:
        _note(mail, status)
    return True


def note_refusal(mail: Mail, error: Exception) -> None:
    """Note what the provider said of the address, if it refused that and nothing else."""
    if isinstance(error, SMTPRecipientsRefused):
        for code, said in error.recipients.values():
            words = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
            found = STATUS.search(words)
            if found and found[1] == "5":
                _note(mail, found[0])
            elif not found and code in ABOUT_A_MAILBOX:
                _note(mail, "5.0.0")


@transaction.atomic
def _note(mail: Mail, status: str) -> None:
    """Write it down on the mail, once; and count it against the address, if it is about that."""
    # A fleeting mail is nobody's any more once it went out, and what would be noted is whose it was.
    if mail.is_fleeting or not mail.address:
        return
    first = Mail.objects.filter(pk=mail.pk, bounced_at=None)
    if not first.update(bounced_at=now(), bounce_status=status) or status.startswith(NOT_ABOUT_THE_ADDRESS):
        return
    address = mail.address.lower()
    FailingAddress.objects.bulk_create([FailingAddress(address=address)], ignore_conflicts=True)
    failing = FailingAddress.objects.select_for_update().get(address=address)
    failing.failures_count += 1
    failing.last_failed_at = now()
    if failing.dead_at is None and (status == NO_SUCH_MAILBOX or failing.failures_count >= ENOUGH):
        failing.dead_at = now()
    failing.save()


def is_in_vain(mail: Mail) -> bool:
    """Does this mail go to an address that does not work? Codes are sent all the same: they prove that it does."""
    return mail.kind not in choices.CODES and dead_among([mail.address]) != set()


def dead_among(addresses: Iterable[str | None]) -> set[str]:
    """Which of these addresses do not work; one query."""
    asked = {address.lower() for address in addresses if address}
    return set(_dead().filter(address__in=asked).values_list("address", flat=True)) if asked else set()


def since(address: str | None) -> FailingAddress | None:
    """The address as one that does not work; None when it does, as far as we know."""
    return _dead().filter(address=address.lower()).first() if address else None


def _dead() -> QuerySet[FailingAddress]:
    return FailingAddress.objects.filter(dead_at__isnull=False)


def proven(address: str) -> None:
    """Somebody has just read what was sent there: it works, and is counted anew."""
    FailingAddress.objects.filter(address=address.lower()).delete()


def _failure_in(report: EmailMessage) -> str:
    """The status of the first recipient who was not reached for good; nothing for a delay or a success."""
    for block in _inside(report, "message/delivery-status"):
        found = STATUS.search(str(block.get("Status", "")))
        if str(block.get("Action", "")).strip().lower() == "failed" and found and found[1] == "5":
            return found[0]
    return ""


def _marks_in(report: EmailMessage) -> list[UUID]:
    """The marks of ours that the report carries, in where it came to and in the headers of what came back."""
    said_to = [str(line) for name in SAID_TO for line in report.get_all(name, [])]
    marks = [MARK.search(address) for _name, address in getaddresses(said_to)]
    ids = [MESSAGE_ID.search(line) for line in _message_ids_in(report)]
    return [UUID(found[1]) for found in (*marks, *ids) if found]


def _message_ids_in(report: EmailMessage) -> list[str]:
    quoted = [
        message_from_bytes(part.get_payload(decode=True) or b"", policy=policy.default)  # type: ignore[arg-type]
        for part in report.walk()
        if part.get_content_type() == "text/rfc822-headers"
    ]
    return [str(each.get("Message-ID", "")) for each in (*quoted, *_inside(report, "message/rfc822"))]


def _inside(report: EmailMessage, kind: str) -> list[Message]:
    """What parts of this kind hold: blocks of fields, or a whole mail."""
    held = [part.get_payload() for part in report.walk() if part.get_content_type() == kind]
    return [each for inner in held if isinstance(inner, list) for each in inner if isinstance(each, Message)]

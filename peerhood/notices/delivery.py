"""Deliver: the worker's side of the outbox.

A mail is claimed before it is sent, by moving its next try ahead: two workers
cannot both have it, and one that dies gives it back after the lease. A mail that
fails is tried again, later each time; one that failed for two days is given up
and stays visible to the operator. Until a mail has gone out or was given up, those
behind it in its thread wait; the next sweep takes them. One that can wait keeps still
in its reader's quiet hours, and nothing but codes goes to an address that does not work.

Between the provider's word that it has a mail and ours that it went out lies the one
moment in which a mail may go out twice: if the worker, or the provider, dies there. It
is the same message both times, by its Message-ID.
"""

import time
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F
from django.utils.timezone import now

from peerhood.notices import bounces, fleeting, quiet_hours
from peerhood.notices.models import Mail

# Longer than a provider that hangs at every step (settings.EMAIL_TIMEOUT) can hold a worker.
LEASE = timedelta(minutes=5)
BACKOFF = [timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 720, 1440)]
SWEEP_SECONDS = 50
OCTETS_IN_A_LINE = 75


def deliver_due() -> int:
    """Send what is due, for a minute at most: the next sweep goes on. Returns how many went out."""
    ends_at = time.monotonic() + SWEEP_SECONDS
    sent_count = 0
    for mail in Mail.objects.due()[:200]:
        sent_count += deliver(mail)
        if time.monotonic() > ends_at:
            break
    return sent_count


def deliver(mail: Mail) -> bool:
    """Send one due mail; True when it went out. Safe to call twice, and from two workers."""
    claimed = Mail.objects.due().filter(pk=mail.pk).order_by()
    if not claimed.update(next_try_at=now() + LEASE, tries_count=F("tries_count") + 1):
        return False
    try:
        mail.refresh_from_db()
    except Mail.DoesNotExist:  # whoever it was for was erased this moment
        return False
    if until := quiet_hours.held_until(mail):
        mail.next_try_at, mail.tries_count = until, mail.tries_count - 1
        _write_down(mail, "next_try_at", "tries_count")
        return False
    if bounces.is_in_vain(mail):
        mail.state, mail.last_error = Mail.State.NOWHERE, ""
        _write_down(mail, "state", "last_error", *fleeting.forget(mail))
        return False
    try:
        _message(mail).send()
    except Exception as error:
        # Whatever is wrong with one mail must be seen, and must not hold up the others.
        _put_off(mail, error)
        return False
    mail.state, mail.sent_at, mail.last_error = Mail.State.SENT, now(), ""
    _write_down(mail, "state", "sent_at", "last_error", *fleeting.forget(mail))
    return True


def _write_down(mail: Mail, *fields: str) -> None:
    # Not save(): the mail may have been taken out of the outbox meanwhile.
    Mail.objects.filter(pk=mail.pk).update(**{field: getattr(mail, field) for field in fields})


def _message(mail: Mail) -> EmailMultiAlternatives:
    # The Message-ID is the mail's own: a copy sent twice is one message to the reader's mailbox.
    domain = settings.DEFAULT_FROM_EMAIL.rsplit("@")[-1].strip(">")
    headers = {"Message-ID": f"<{mail.uid}@{domain}>", "Auto-Submitted": "auto-generated"}
    if mail.leave:
        # RFC 8058: the reader's mail program turns it off with one press, and a link that is only looked at does not.
        headers |= {
            "List-Unsubscribe": f"<{mail.leave}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    # What comes back comes to an address of this mail's own (bounces); the reader sees who it is from as ever.
    envelope = bounces.return_address(mail)
    if envelope:
        headers["From"] = settings.DEFAULT_FROM_EMAIL
    answers_to = mail.reply_to.split(", ") if mail.reply_to else None
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        envelope or None,
        to=[mail.address],
        reply_to=answers_to,
        headers=headers,
    )
    message.attach_alternative(mail.html, "text/html")
    if mail.calendar:
        _attach_calendar(message, mail)
    return message


def _attach_calendar(message: EmailMultiAlternatives, mail: Mail) -> None:
    """The calendar part twice, as Google sends it (RFC 6047, and gatherings/tests/golden/README.md).

    Outlook and Gmail act on the alternative, and want its method on the label; older Apple and Lotus
    programs look at attachments only.
    """
    # Kept unfolded, so that an erasure finds a name in it.
    told = "".join(f"{_folded(line)}\r\n" for line in mail.calendar.rstrip("\r\n").split("\r\n"))
    message.attach_alternative(told, f"text/calendar; method={mail.calendar_method}")
    message.attach("invite.ics", told.encode(), "application/ics")


def _folded(line: str) -> str:
    """Lines of 75 octets at most, broken between letters (RFC 5545, 3.1).

    >>> _folded("å" * 40).split("\\r\\n")
    ['ååååååååååååååååååååååååååååååååååååå', ' ååå']
    """
    lines, width = [""], 0
    for letter in line:
        width += len(letter.encode())
        if width > OCTETS_IN_A_LINE:
            lines.append(" ")
            width = 1 + len(letter.encode())
        lines[-1] += letter
    return "\r\n".join(lines)


def _put_off(mail: Mail, error: Exception) -> None:
    # What a provider says of a refused mail names the address it refused.
    said = "" if mail.is_fleeting else f": {error}"
    mail.last_error = f"{type(error).__name__}{said}"[:300]
    bounces.note_refusal(mail, error)
    forgotten = []
    if mail.tries_count > len(BACKOFF):
        mail.state, forgotten = Mail.State.DEAD, fleeting.forget(mail)
    else:
        mail.next_try_at = now() + BACKOFF[mail.tries_count - 1]
    _write_down(mail, "state", "next_try_at", "last_error", *forgotten)

"""Forgetting: what the outbox says of somebody who is erased, in mails to them and to others; and what is old."""

import re
from datetime import timedelta
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood.notices.models import FailingAddress, Mail

# Shorter words are everybody's.
SHORTEST = 2
# Long enough to ask what became of a mail.
TEXTS_KEPT_FOR = timedelta(days=30)
WRITTEN = ("subject", "text")
# What people wrote of what a calendar is told; a name that is also a word of the format stays one there.
WORDS_IN_CALENDARS = re.compile(r"^(SUMMARY|LOCATION|DESCRIPTION)([;:])(.*)", re.MULTILINE)
IN_CALENDARS = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,"})


def forget(words: list[str], addresses: list[str]) -> None:
    """Take mails to these addresses out of the outbox, and these words and addresses out of all others."""
    Mail.objects.filter(address__in=addresses).delete()
    gone = {address.lower() for address in addresses}
    FailingAddress.objects.filter(address__in=gone).delete()
    telling = [word for word in (*words, *addresses) if len(word.strip()) >= SHORTEST]
    said = {form for word in telling for form in (word, word.translate(IN_CALENDARS))}
    if not said:
        return
    longest_first = sorted(said, key=len, reverse=True)
    # As a word of its own: whoever is called Ann is not in every Hannah.
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
    fields = (*WRITTEN, "calendar", "reply_to")
    mentioned = reduce(or_, (Q(**{f"{field}__icontains": word}) for field in fields for word in said))
    for mail in Mail.objects.filter(mentioned):
        with translation.override(mail.language):
            former = _("A former member")
        for field in WRITTEN:
            setattr(mail, field, pattern.sub(former, getattr(mail, field)))
        mail.calendar = _without(pattern, mail.calendar, former)
        answers_to = (each for each in mail.reply_to.split(", ") if each.lower() not in gone)
        mail.reply_to = ", ".join(answers_to)
        mail.save(update_fields=fields)


def _without(pattern: re.Pattern[str], calendar: str, former: str) -> str:
    def told(line: re.Match[str]) -> str:
        return f"{line[1]}{line[2]}{pattern.sub(former, line[3])}"

    return WORDS_IN_CALENDARS.sub(told, calendar)


def forget_old() -> None:
    """Empty mails that are a month old. The rows stay: what they were about is not written a second time."""
    long_ago = now() - TEXTS_KEPT_FOR
    old = Mail.objects.filter(created_at__lt=long_ago).exclude(state=Mail.State.QUEUED)
    # It waited for a daily mail to somebody who has no address any more.
    old.filter(state=Mail.State.TOGETHER).update(state=Mail.State.GATHERED)
    FailingAddress.objects.filter(last_failed_at__lt=long_ago, dead_at=None).delete()
    # That a thread was taken back, and how often, stays: the next invitation counts on from there.
    old.exclude(text="").update(subject="", text="", leave="", reply_to="", last_error="", calendar="")

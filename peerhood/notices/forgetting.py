"""Forgetting: what the outbox says of somebody who is erased, in mails to them and to others; and what is old."""

import re
from datetime import timedelta
from functools import reduce
from html import escape
from operator import or_

from django.db.models import Q
from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood.notices.models import Mail

# Shorter words are everybody's.
SHORTEST = 2
# Long enough to ask what became of a mail.
TEXTS_KEPT_FOR = timedelta(days=30)
WRITTEN = ("subject", "text", "html")


def forget(words: list[str], addresses: list[str]) -> None:
    """Take mails to these addresses out of the outbox, and these words and addresses out of all others."""
    Mail.objects.filter(address__in=addresses).delete()
    telling = [word for word in (*words, *addresses) if len(word.strip()) >= SHORTEST]
    said = {form for word in telling for form in (word, escape(word))}
    if not said:
        return
    longest_first = sorted(said, key=len, reverse=True)
    # As a word of its own: whoever is called Ann is not in every Hannah.
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
    mentioned = reduce(or_, (Q(**{f"{field}__icontains": word}) for field in WRITTEN for word in said))
    for mail in Mail.objects.filter(mentioned):
        with translation.override(mail.language):
            former = _("A former member")
        for field in WRITTEN:
            setattr(mail, field, pattern.sub(former, getattr(mail, field)))
        mail.save(update_fields=WRITTEN)


def forget_old() -> None:
    """Empty mails that are a month old. The rows stay: what they were about is not written a second time."""
    old = Mail.objects.filter(created_at__lt=now() - TEXTS_KEPT_FOR).exclude(state=Mail.State.QUEUED)
    old.exclude(text="").update(subject="", text="", html="", leave="", last_error="")

"""The daily mail: what somebody wants once a day and not at once, in one mail in their morning.

It names five things at most, each by its subject and the page it leads to; the rest is a number and a
link to all of them. It is written once for each day on the reader's own clock, whoever asks and however
often, and what it took along is marked in the same transaction: nothing comes twice, nothing is left out.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import now

from peerhood.notices import choices, quiet_hours, sending
from peerhood.notices.models import Mail
from peerhood.platform import presence

MOST_ITEMS = 5
# The page stands in pages, which nobody below may import; its name is enough.
ALL_OF_THEM = "pages:my_mails"
LINK = re.compile(r"https?://[^\s<>]*[^\s<>.,;:!?)\]'\"]")


@dataclass(frozen=True)
class Item:
    subject: str
    link: str


def send_all_due() -> int:
    """The worker comes by every ten minutes, or twice at once. Returns how many daily mails were written."""
    waiting = Mail.objects.filter(state=Mail.State.TOGETHER).order_by().values("person")
    return sum(_send(person) for person in get_user_model()._default_manager.filter(pk__in=waiting))


@transaction.atomic
def _send(person: Any) -> bool:
    due = quiet_hours.morning_before(person, now())
    if quiet_hours.resumes_at(person, now()) > now() or not presence.is_here(person):
        return False
    waiting = Mail.objects.select_for_update().filter(person=person, state=Mail.State.TOGETHER)
    mails = list(waiting.filter(created_at__lt=due).order_by("pk"))
    if not mails:
        return False
    digest = sending.send(
        person,
        choices.DIGEST,
        key=f"{choices.DIGEST}/{person.pk}/{due.astimezone(quiet_hours.zone_of(person)).date()}",
        items=[{"subject": item.subject, "link": item.link} for item in items_of(mails[:MOST_ITEMS])],
        count=len(mails),
        more=max(0, len(mails) - MOST_ITEMS),
        all_of_them=settings.SITE_URL + reverse(ALL_OF_THEM),
    )
    if digest is None:
        # Today's is written already, or there is no address: they wait, and stand on the page of mails.
        return False
    Mail.objects.filter(pk__in=[mail.pk for mail in mails]).update(state=Mail.State.GATHERED, digest=digest)
    return True


def items_of(mails: Iterable[Mail]) -> list[Item]:
    """What each mail is about, and the first page it leads to."""
    return [Item(mail.subject, link_in(mail.text)) for mail in mails]


def link_in(text: str) -> str:
    """
    >>> link_in("Read it here:\\nhttps://example.org/7/.\\n\\n-- \\nPeerhood")
    'https://example.org/7/'
    >>> link_in("Hello\\n-- \\nhttps://example.org/off/")
    ''
    """
    found = LINK.search(text.partition("\n-- \n")[0])
    return found[0] if found else ""

"""Dead letters: mails that were given up, for the operator to see and to send again."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.timezone import now

from peerhood.notices.models import FailingAddress, Mail

GIVEN_UP = (Mail.State.DEAD, Mail.State.NOWHERE)


def listed(numbers: Iterable[int] | None = None) -> QuerySet[Mail]:
    """Those that were given up, oldest first; of these numbers, if any are named."""
    given_up = Mail.objects.filter(state__in=GIVEN_UP).order_by("pk")
    return given_up if numbers is None else given_up.filter(pk__in=numbers)


def send_again(numbers: Iterable[int] | None = None) -> int:
    """Make them due at once, with all tries before them. What was forgotten cannot be sent."""
    again = {"state": Mail.State.QUEUED, "tries_count": 0, "next_try_at": now(), "bounced_at": None}
    return listed(numbers).exclude(address="").exclude(text="").order_by().update(**again, bounce_status="")


def let_addresses_work() -> int:
    """Forget what came back: the mistake was ours."""
    return FailingAddress.objects.all().delete()[0]

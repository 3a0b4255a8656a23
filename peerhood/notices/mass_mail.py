"""Mass mail: whatever somebody writes to many people at once, at their own will.

To more than twenty, they type in how many readers there are; and for each sender, such as a circle, there is
so much of it a day and no more. An act calls ``spend`` in its transaction before it writes: the row of the
day is held until the act is done, so two acts at once cannot both have what is left.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peerhood.notices.models import MassMailDay
from peerhood.platform.refusals import Refusal

# Beyond that a mail is to many.
FEW = 20


@dataclass(frozen=True)
class Left:
    """What may still be written today."""

    mails: int
    readers: int


class NotConfirmed(Refusal):
    """The number that was typed in is not that of the readers."""


def is_mass(readers_count: int) -> bool:
    return readers_count > FEW


def left_today(sender: str) -> Left:
    today = MassMailDay.objects.filter(sender=sender, day=localdate()).first()
    return _left(today or MassMailDay())


def spend(sender: str, readers_count: int, *, typed: int | None) -> None:
    """Take a mail to so many readers from what may be written today.

    Raises:
        NotConfirmed: there are many readers, and another number was typed in.
        Refusal: today there is not so much left.
    """
    if is_mass(readers_count) and typed != readers_count:
        raise NotConfirmed(
            _("This goes to %(n)d people. Type that number to send it; nothing has been sent.")
            % {"n": readers_count}
        )
    day = _held(sender)
    left = _left(day)
    if is_mass(readers_count) and left.mails < 1:
        raise Refusal(
            ngettext(
                "Today %(n)d mail to many people has gone out for this circle, and that is enough for one day. "
                "Nothing has been sent; your words are kept. Try tomorrow.",
                "Today %(n)d mails to many people have gone out for this circle, and that is enough for one day. "
                "Nothing has been sent; your words are kept. Try tomorrow.",
                day.mails_count,
            )
            % {"n": day.mails_count}
        )
    if left.readers < readers_count:
        raise Refusal(
            _(
                "It goes to %(n)d people, and today %(left)d more may be written to for this circle. "
                "Nothing has been sent; your words are kept. Try tomorrow, or write to fewer."
            )
            % {"n": readers_count, "left": left.readers}
        )
    day.mails_count += is_mass(readers_count)
    day.readers_count += readers_count
    day.save()


def _held(sender: str) -> MassMailDay:
    """The row of today, and nobody else's until the transaction ends."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("What is spent belongs to the act that spends it.")
    MassMailDay.objects.bulk_create([MassMailDay(sender=sender, day=localdate())], ignore_conflicts=True)
    return MassMailDay.objects.select_for_update().get(sender=sender, day=localdate())


def _left(day: MassMailDay) -> Left:
    return Left(
        mails=max(0, settings.MASS_MAILS_A_DAY - day.mails_count),
        readers=max(0, settings.MASS_MAIL_READERS_A_DAY - day.readers_count),
    )

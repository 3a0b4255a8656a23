"""Version stamps: one number per thing the public reads.

An act that changes what everybody sees bumps the stamp as the last line of its
transaction; whoever kept a rendered page compares the number and knows whether
it still holds. The row lock puts commits in order, which a largest-time-so-far
would not: a slow transaction could otherwise land behind a stamp already read.
"""

from django.db.models import F, Sum

from peerhood.platform.models import Stamp


def bump(*names: str) -> None:
    """Say that what the names cover has changed. Call inside the act's transaction, last."""
    # In one order everywhere, so that two acts cannot wait for each other.
    for name in sorted(names):
        if not Stamp.objects.filter(name=name).update(number=F("number") + 1):
            Stamp.objects.bulk_create([Stamp(name=name, number=1)], ignore_conflicts=True)


def current(*names: str) -> int:
    """The numbers' sum, which grows when any of them does; 0 when nothing was ever bumped. One query."""
    return Stamp.objects.filter(name__in=names).aggregate(sum=Sum("number"))["sum"] or 0

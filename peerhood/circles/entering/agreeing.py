"""Agreeing: everybody who joins says yes to what members agree to, and is asked again when it changes.

A yes is to one version of the words, the one that was read; to words that changed in the
meantime nobody has said yes. Doors stay open to whoever has not answered yet: an
agreement is a promise among peers, not a lock.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles.models import Agreement, Circle, Membership
from peerhood.circles.permissions import may
from peerhood.circles.powers import Power
from peerhood.people.models import Person
from peerhood.platform import stamps
from peerhood.platform.refusals import Refusal


class OtherWords(Refusal):
    """The yes was to other words than those that hold today, or to none."""

    def __init__(self) -> None:
        super().__init__(_("Please read what members agree to; it is not what you said yes to."))


@transaction.atomic
def agree(circle: Circle, person: Person, version: int | None) -> None:
    """Say yes to the words that hold today, as a member. Saying it twice says it once."""
    circle = Circle.objects.locked(circle)
    if not may(person, Power.AGREE, circle):
        raise Refusal(_("Only somebody who belongs to the circle is asked for this."))
    keep_yes(circle, person, version)


def keep_yes(circle: Circle, person: Person, version: int | None) -> None:
    """Keep somebody's yes. The caller holds the circle's lock."""
    agreement = circle.current_agreement()
    if agreement is None:
        return
    if has_agreed(agreement, person):
        return
    if version != agreement.version:
        raise OtherWords
    agreement.acceptances.create(person=person)
    journal.record("agreement.accepted", agreement, by=person)


def has_agreed(agreement: Agreement, person: Person) -> bool:
    return agreement.acceptances.filter(person=person).exists()


def write(circle: Circle, text: str, *, by: Person | None) -> None:
    """Make the next version, when the words are others. The caller holds the circle's lock and may edit."""
    text = _plain(text)
    latest = circle.agreements.order_by("-version").first()
    if text == (_plain(latest.text) if latest else ""):
        return
    version = latest.version + 1 if latest else 1
    agreement = circle.agreements.create(version=version, text=text, by=by)
    if by is not None and text:
        # Whoever wrote the words stands by them.
        agreement.acceptances.create(person=by)
    journal.record("agreement.written", agreement, by=by, version=version)
    stamps.bump(f"circles/{circle.slug}")


def _plain(text: str) -> str:
    """The words without what a browser's form does to their ends."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def last_accepted(circle: Circle, person: Person) -> Agreement | None:
    """The latest words somebody said yes to."""
    return circle.agreements.filter(acceptances__person=person).order_by("-version").first()


def accepted_count(agreement: Agreement) -> int:
    """How many of those inside have said yes to these words."""
    inside = Membership.objects.inside().filter(circle_id=agreement.circle_id)
    return inside.filter(person__acceptances__agreement=agreement).count()

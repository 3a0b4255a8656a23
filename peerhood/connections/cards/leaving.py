"""Leaving yours: whoever scanned a card gives their own, and both agree before either keeps the other.

The one who scanned says "we met", and chooses what the other sees of them. The owner of the card is shown who left
theirs, and says yes or no. A no is told to nobody, and whoever would rather not be with the other is not shown: to
whoever left a card, both look like somebody who has not answered.
"""

from collections.abc import Collection
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood.connections import connecting
from peerhood.connections.cards.face import FIELDS
from peerhood.connections.models import Connection, ContactCard, LeftCard
from peerhood.gatherings.models import Gathering, Rsvp
from peerhood.people import silence
from peerhood.people.models import Person, Silence
from peerhood.platform import presence
from peerhood.platform.refusals import Refusal

MOST_A_DAY = 50


class CardGone(Refusal):
    """It was put away, or has another address, since the page was shown."""

    def __init__(self) -> None:
        super().__init__(_("This card is no longer handed out."))


@transaction.atomic
def leave(card: ContactCard, leaver: Person, shows: Collection[str]) -> Connection:
    """Say "we met" to whoever held out this card, and let them see these fields. Twice is once."""
    owner = card.owner
    if owner == leaver:
        raise Refusal(_("This is your own card."))
    connecting.hold(leaver, owner)
    presence.hold(owner)
    if not ContactCard.objects.filter(pk=card.pk, token_hash=card.token_hash).exists():
        raise CardGone
    if Silence.objects.blocks().filter(owner=leaver, about=owner).exists():
        raise Refusal(
            _("You blocked this person. Take that back first, if you would like to keep each other.")
        )
    today = LeftCard.objects.filter(leaver=leaver, left_at__gt=now() - timedelta(days=1))
    if today.count() >= MOST_A_DAY:
        raise Refusal(_("You left your card very often today. Go on tomorrow."))
    connection = connecting.say(leaver, owner, _both_here(leaver, owner))
    if not connection.is_mutual():
        chosen = [field for field in FIELDS if field in shows]
        LeftCard.objects.get_or_create(owner=owner, leaver=leaver, defaults={"shows": chosen})
    return connection


@transaction.atomic
def keep(left: LeftCard, owner: Person) -> Connection:
    """The owner says it, too: now both keep each other."""
    _hold_waiting(left, owner)
    return connecting.say(owner, left.leaver, None)


@transaction.atomic
def decline(left: LeftCard, owner: Person) -> None:
    """Rather not. Nobody hears of it, and the same card asks no more."""
    _hold_waiting(left, owner)
    LeftCard.objects.filter(pk=left.pk).update(is_declined=True)


def waiting_for(owner: Person) -> QuerySet[LeftCard]:
    """Whoever left their card with this person, and waits for a yes; the latest first."""
    said = Connection.objects.filter(
        Q(one=OuterRef("owner"), other=OuterRef("leaver"), one_said_at=None, other_said_at__isnull=False)
        | Q(other=OuterRef("owner"), one=OuterRef("leaver"), other_said_at=None, one_said_at__isnull=False)
    )
    return (
        LeftCard.objects.filter(Exists(said), owner=owner, is_declined=False, leaver__is_active=True)
        .exclude(leaver__in=silence.apart_from(owner.pk))
        .select_related("leaver")
        .prefetch_related("leaver__affiliations__employer")
        .order_by("-left_at", "-pk")
    )


def has_left(leaver: Person, owner: Person) -> bool:
    """Has this person left theirs, and not taken it back? What became of it makes no difference."""
    connection = Connection.objects.between(leaver, owner).first()
    if connection is None or connection.said_at(leaver) is None:
        return False
    return LeftCard.objects.filter(owner=owner, leaver=leaver).exists()


def _hold_waiting(left: LeftCard, owner: Person) -> None:
    if left.owner_id != owner.pk:
        raise PermissionDenied
    connecting.hold(owner, left.leaver)
    presence.hold(owner)
    if not waiting_for(owner).filter(pk=left.pk).exists():
        raise Refusal(_("This card does not wait for you any more."))


def _both_here(one: Person, other: Person) -> Gathering | None:
    """The gathering that is under way and at which both are checked in."""
    here = Rsvp.objects.checked_in().filter(gathering=OuterRef("pk"))
    under_way = Gathering.objects.upcoming().filter(starts_at__lte=now())
    return under_way.filter(Exists(here.filter(person=one)), Exists(here.filter(person=other))).first()

"""Holding out: a person makes two cards, one for the badge and one for the phone, and chooses what each says.

A card's address is 128 bits of chance. We keep its hash, and the seed it is made of together with our secret key: its
owner can be shown it again and again, and whoever reads the database has no address. A new address makes the old one
dead, and so does putting the card away; the old one says so kindly, and not whose it was.
"""

import base64
import hashlib
import secrets
from collections.abc import Collection

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.connections.cards.face import FIELDS
from peerhood.connections.models import ContactCard, OldCardAddress
from peerhood.people.models import Person
from peerhood.platform import presence
from peerhood.platform.refusals import Refusal

TOKEN_BYTES = 16
SALT = "peerhood.connections.cards.holding_out"


@transaction.atomic
def choose(owner: Person, kind: str, shows: Collection[str]) -> ContactCard:
    """Make the card of this kind, or choose anew what it says; its address stays."""
    _hold(owner)
    chosen = [field for field in FIELDS if field in shows]
    card = ContactCard.objects.filter(owner=owner, kind=ContactCard.Kind(kind)).first()
    if card:
        card.shows = chosen
        card.save(update_fields=["shows"])
        return card
    card = ContactCard(owner=owner, kind=kind, shows=chosen)
    _give_address(card)
    card.save()
    journal.record("contact_card.made", card, by=owner)
    return card


@transaction.atomic
def renew(owner: Person, kind: str) -> ContactCard:
    """Give the card another address; the one that was handed out is dead."""
    card = _held(owner, kind)
    _end_address(card)
    _give_address(card)
    card.made_at = now()
    card.save(update_fields=["seed", "token_hash", "made_at"])
    journal.record("contact_card.renewed", card, by=owner)
    return card


@transaction.atomic
def put_away(owner: Person, kind: str) -> None:
    """The card is handed out no longer. What was left with it stays."""
    card = _held(owner, kind)
    journal.record("contact_card.put_away", card, by=owner)
    end(card)


def end(card: ContactCard) -> None:
    """Take it away; its address says that it is handed out no longer."""
    _end_address(card)
    card.delete()


def find(token: str) -> ContactCard | None:
    """The card with this address, of somebody who is here."""
    cards = ContactCard.objects.filter(token_hash=hashed(token), owner__is_active=True)
    return cards.select_related("owner").prefetch_related("owner__affiliations__employer").first()


def is_old(token: str) -> bool:
    """Was it the address of a card once?"""
    return OldCardAddress.objects.filter(token_hash=hashed(token)).exists()


def address_of(card: ContactCard) -> str:
    """What the code says; empty when our secret key is another one since the card was made."""
    token = token_of(card)
    return settings.SITE_URL + reverse("connections:card_shown", args=[token]) if token else ""


def token_of(card: ContactCard) -> str:
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        token = _token(card.seed, secret)
        if secrets.compare_digest(hashed(token), card.token_hash):
            return token
    return ""


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _token(seed: str, secret: str) -> str:
    digest = salted_hmac(SALT, seed, secret=secret, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[:TOKEN_BYTES]).rstrip(b"=").decode()


def _give_address(card: ContactCard) -> None:
    card.seed = secrets.token_hex(TOKEN_BYTES)
    card.token_hash = hashed(_token(card.seed, settings.SECRET_KEY))


def _end_address(card: ContactCard) -> None:
    OldCardAddress.objects.get_or_create(token_hash=card.token_hash)


def _held(owner: Person, kind: str) -> ContactCard:
    _hold(owner)
    card = ContactCard.objects.filter(owner=owner, kind=kind).first()
    if card is None:
        raise Refusal(_("There is no such card any more."))
    return card


def _hold(owner: Person) -> None:
    """One's cards are changed one after the other; whoever leaves theirs with one waits, too."""
    presence.hold(owner)
    list(Person.objects.select_for_update(no_key=True).filter(pk=owner.pk).values_list("pk"))

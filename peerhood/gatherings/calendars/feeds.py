"""Feeds: one's own gatherings, for a calendar program that cannot sign in.

The address holds a token of 128 bits, which is shown once and kept as a hash. It shows what its
owner has a seat at, or hosts, and nothing else. A new one makes the old one dead, and so does
another main address: whoever read the old mailbox does not go on reading the calendar.
"""

import hashlib
import secrets

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from peerhood import journal
from peerhood.gatherings.models import CalendarFeed, Gathering, Rsvp
from peerhood.people.models import Person

TOKEN_BYTES = 16


@transaction.atomic
def make(person: Person) -> str:
    """Give somebody a private address for their calendar, in place of any earlier one; return its token."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    marks = {"token_hash": hashed(token), "address_hash": _address_hash(person)}
    feed, _is_new = CalendarFeed.objects.update_or_create(person=person, defaults=marks)
    journal.record("feed.made", feed, by=person)
    return token


@transaction.atomic
def revoke(person: Person) -> None:
    """Close the private address."""
    if CalendarFeed.objects.filter(person=person).delete()[0]:
        journal.record("feed.revoked", person, by=person)


def feed_of(person: Person) -> CalendarFeed | None:
    """The feed that works now; one from before the main address changed does not."""
    feed = CalendarFeed.objects.filter(person=person).first()
    return feed if feed and feed.address_hash == _address_hash(person) else None


def owner_of(token: str) -> Person | None:
    feed = CalendarFeed.objects.filter(token_hash=hashed(token)).select_related("person").first()
    if feed is None or not feed.person.is_active or feed.address_hash != _address_hash(feed.person):
        return None
    return feed.person


def gatherings_of(person: Person) -> QuerySet[Gathering]:
    """What stands in somebody's own calendar: where they have a seat, what they host, and what was cancelled of it.

    Whoever waits in line gets no entry.
    """
    seats = Rsvp.objects.filter(gathering=OuterRef("pk"), person=person)
    seated = seats.filter(status__in=[Rsvp.Status.GOING, Rsvp.Status.CANCELLED])
    hosting = Gathering.hosts.through.objects.filter(gathering=OuterRef("pk"), person=person)
    announced = Gathering.objects.visible_to(person).announced()
    return announced.filter(Q(Exists(seated)) | Q(Exists(hosting)))


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _address_hash(person: Person) -> str:
    return hashed(f"{person.pk} {(person.email or '').lower()}")

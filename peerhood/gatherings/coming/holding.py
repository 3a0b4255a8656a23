"""Holding: a place is kept for half an hour while somebody without an account opens their mail.

Whoever gives an address hears the same, known here or not. The link in the mail leads to one
button; until it is pressed nothing is answered. When the half hour is over the place goes to
whoever wants it, and the link still leads to what is free then.
"""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import get_language

from peerhood.circles.models import Circle
from peerhood.gatherings import rsvp
from peerhood.gatherings.coming import line, seats
from peerhood.gatherings.models import Gathering, Hold, Rsvp
from peerhood.gatherings.permissions import can_attend
from peerhood.notices import bounces, sending
from peerhood.people import profiles
from peerhood.people.arrival import owner_of, person_at
from peerhood.people.models import Person

HELD_FOR = timedelta(minutes=30)
TOKEN_BYTES = 16
# Whoever types in addresses that are not theirs empties no room: so many places, or a quarter of them.
FEWEST_AT_ONCE, SHARE_AT_ONCE = 3, 4


@transaction.atomic
def hold(gathering: Gathering, address: str, *, part: str = "") -> Hold:
    """Keep a place for an address, and write to it. A second time there is a new link, and no second place."""
    address = address.strip().lower()
    gathering = seats.lock(gathering)
    rsvp.refuse_closed(gathering)
    line.settle(gathering)
    person, token = owner_of(address), secrets.token_urlsafe(TOKEN_BYTES)
    held, _is_new = Hold.objects.get_or_create(
        gathering=gathering,
        address=address,
        defaults={"token_hash": hashed(token), "ends_at": now(), "takes_place": False},
    )
    if held.part != gathering.part_for(part):
        _let_go(held, gathering)
        held.part = gathering.part_for(part)
    held.token_hash, held.ends_at = hashed(token), now() + HELD_FOR
    held.takes_place = held.takes_place or _may_take(gathering, held.part, person)
    held.save()
    seats.keep(gathering)
    language = person.language if person else get_language() or settings.LANGUAGE_CODE
    sending.send_to(
        address,
        "gatherings/place_held",
        language=language,
        time_zone=gathering.time_zone,
        person=person,
        gathering=gathering,
        hold=held,
        link=settings.SITE_URL + reverse("gatherings:answer_by_mail", args=[gathering.pk, token]),
    )
    return held


def _let_go(held: Hold, gathering: Gathering) -> None:
    """A place held in the other part is free again; in this one, there may be none."""
    if held.takes_place:
        held.takes_place = False
        held.save(update_fields=["takes_place"])
        line.move_up(gathering)
        seats.recount(gathering)


def _may_take(gathering: Gathering, part: str, person: Person | None) -> bool:
    if gathering.needs_approval or not seats.is_free_for_all(gathering, part):
        return False
    # Only members come here: an address that is nobody's keeps nobody out.
    if gathering.circle.kind != Circle.Kind.OPEN and not (person and can_attend(person, gathering)):
        return False
    if person and gathering.rsvps.held().filter(person=person).exists():
        return False
    most = max(FEWEST_AT_ONCE, gathering.capacity_of(part) // SHARE_AT_ONCE)
    return gathering.holds.taking().filter(part=part).count() < most


def find(token: str, gathering: Gathering) -> Hold | None:
    return gathering.holds.filter(token_hash=hashed(token)).first()


def owner(held: Hold) -> Person | None:
    return owner_of(held.address)


@transaction.atomic
def confirm(held: Hold, name: str) -> Rsvp:
    """Whoever can read that mailbox comes: they get what was held for them, or what is free now."""
    person = person_at(held.address)
    bounces.proven(held.address)
    if name and not person.name:
        profiles.change(person, name=name)
    return rsvp.attend(held.gathering, person, hold=held)


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

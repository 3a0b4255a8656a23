"""Tickets: the address in the code that somebody shows at the door.

It names one answer, and cannot be guessed. To open it changes nothing: whoever may greet sees
whose it is, with one button; everybody else the same page without a name on it.
"""

from typing import TypeGuard

from django.conf import settings
from django.core import signing
from django.urls import reverse

from peerhood.gatherings.models import Gathering, Part, Rsvp

SALT = "peerhood.gatherings.arriving.tickets"


def is_needed(rsvp: Rsvp | None) -> TypeGuard[Rsvp]:
    """A ticket is for whoever comes through the door."""
    return rsvp is not None and rsvp.is_going() and rsvp.part == Part.ROOM and not rsvp.gathering.is_over()


def address_of(rsvp: Rsvp) -> str:
    """The whole address, for the code."""
    token = signing.Signer(salt=SALT).sign(f"{rsvp.gathering_id}.{rsvp.pk}").partition(".")[2]
    return settings.SITE_URL + reverse("gatherings:arrival", args=[rsvp.gathering_id, token])


def rsvp_of(token: str, gathering: Gathering) -> Rsvp | None:
    """Whose ticket it is, if we made it for this gathering."""
    try:
        named = signing.Signer(salt=SALT).unsign(f"{gathering.pk}.{token}")
    except signing.BadSignature:
        return None
    return gathering.rsvps.select_related("person", "greeter").filter(pk=named.partition(".")[2]).first()

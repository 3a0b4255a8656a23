"""Reply addresses: where a calendar program sends its owner's answer, and the proof that it may.

Anybody can write anybody's address into From, and a gathering's UID is in public feeds; with those
two alone a stranger could give somebody's seat away, and take it. So the organiser of a REQUEST is
``reply+<mark>@…``, with a mark of its own for each reader and gathering, which only their mailbox
has seen. It is made with the address the mail went to, and dies when that one is theirs no more:
whoever keeps an old employer's mailbox does not go on answering for them. It is 120 bits, in letters
and digits of one case, because mail servers may change the case of what stands before the @.
"""

import base64
from collections.abc import Iterable

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from peerhood.gatherings.models import Gathering
from peerhood.people.models import Person

SALT = "peerhood.gatherings.reply_address"
MARK_BYTES = 15


def for_reader(gathering: Gathering, person: Person) -> str:
    """The address to answer to; nothing where no answers are read."""
    if not settings.INBOUND_ADDRESS:
        return ""
    local, _at, domain = settings.INBOUND_ADDRESS.rpartition("@")
    mark = _mark(gathering, person, person.email or "", settings.SECRET_KEY)
    return f"{local}+{mark}@{domain}"


def is_proof(said_to: Iterable[str], gathering: Gathering, person: Person, addresses: Iterable[str]) -> bool:
    """Is one of these the address that this person was given, under one of their addresses of today?"""
    marks = [_mark_in(address) for address in said_to]
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    given = [_mark(gathering, person, address, key) for address in addresses for key in keys]
    return any(constant_time_compare(mark, each) for mark in marks if mark for each in given)


def _mark_in(address: str) -> str:
    """
    >>> _mark_in("Reply+ABC2@example.org")
    'abc2'
    """
    return address.rpartition("@")[0].rpartition("+")[2].lower() if "+" in address else ""


def _mark(gathering: Gathering, person: Person, address: str, key: str) -> str:
    said = f"{gathering.uid} {person.pk} {address.lower()}"
    mark = salted_hmac(SALT, said, secret=key, algorithm="sha256").digest()[:MARK_BYTES]
    return base64.b32encode(mark).decode().lower()

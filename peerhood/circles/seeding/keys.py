"""Keys: what is kept of a link, an address, and of somebody who said no.

A keyed hash each, so that the database alone tells neither whom a seed was shown to nor
how to open it. Those of one seed say nothing about another.
"""

import secrets

from django.utils.crypto import salted_hmac

from peerhood.circles.models import Seed
from peerhood.people.models import Person

TOKEN_BYTES = 16  # 128 bits


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def of_token(token: str) -> str:
    return _key("token", token)


def of_address(seed: Seed, address: str) -> str:
    return _key(f"address/{seed.pk}", address.strip().lower())


def of_person(seed: Seed, person: Person) -> str:
    return _key(f"person/{seed.pk}", str(person.pk))


def _key(purpose: str, value: str) -> str:
    return salted_hmac(f"peerhood.circles.seeding/{purpose}", value, algorithm="sha256").hexdigest()

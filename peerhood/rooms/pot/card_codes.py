"""The code on a paper card: twelve characters that nobody mistakes for others, 60 bits of chance."""

import hashlib
import re
import secrets

# No I, O, 0 or 1: thirty-two are left, five bits each.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
LENGTH = 12
# What stands before the code in a token, so that a card's is told from a phone's.
MARK = "CARD"
TOKEN = re.compile(f"{MARK}[{ALPHABET}]{{{LENGTH}}}")


def new() -> str:
    """A code as it is printed.

    >>> re.fullmatch("[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", new()) is not None
    True
    """
    letters = "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))
    return "-".join(letters[at : at + 4] for at in range(0, LENGTH, 4))


def token_of(typed: str) -> str:
    """The token that a code as somebody typed it stands for; "" when it is none.

    >>> token_of(" k7qm-4tzb – 9hxw"), token_of("K7QM"), token_of("K7QM-4TZB-9HX0")
    ('CARDK7QM4TZB9HXW', '', '')
    """
    token = MARK + re.sub(r"[\s–—-]", "", typed).upper()
    return token if is_one(token) else ""


def is_one(token: str) -> bool:
    """Whether a token is a card's."""
    return TOKEN.fullmatch(token) is not None


def hashed(token: str) -> str:
    """All that is kept of a card; the same as the nullifier of what is handed in with it."""
    return hashlib.sha256(token.encode()).hexdigest()

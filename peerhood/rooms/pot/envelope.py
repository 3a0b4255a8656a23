"""What a phone hands in: a token that only it knows, and a text, always in a body of one size.

Every body is 2,048 bytes long, so that nobody who sees the traffic learns how much was
written. A page without JavaScript cannot pad; its form is taken as it comes.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl

from peerhood.rooms.pot import card_codes

SIZE = 2048
# A form has its text in percent signs, three bytes for one; nothing that fits an envelope is longer.
MOST_OF_A_FORM = 3 * SIZE
# What is left for the text beside a token and the braces, in bytes of UTF-8.
MOST_BYTES = 1800
FORM = "application/x-www-form-urlencoded"
TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")


class NotAnEnvelope(ValueError):
    """It is not what a phone hands in. Nothing was kept."""


class TooLong(NotAnEnvelope):
    """The text does not fit."""


@dataclass(frozen=True)
class Envelope:
    token: str
    text: str

    @property
    def nullifier(self) -> str:
        """What is kept of the token, so that it counts once, and so that its holder can take the note back."""
        return hashlib.sha256(self.token.encode()).hexdigest()


def read(body: bytes, content_type: str) -> Envelope:
    """The envelope in a request's body; ``NotAnEnvelope`` when it is none.

    >>> read(padded("t" * 20, "Stop one report"), "application/json").text
    'Stop one report'
    """
    if content_type.partition(";")[0].strip() == FORM:
        return checked(*_from_form(body))
    if len(body) != SIZE:
        raise NotAnEnvelope
    try:
        said = json.loads(body)
        return checked(said["token"], said["text"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        if isinstance(error, NotAnEnvelope):
            raise
        raise NotAnEnvelope from error


def _from_form(body: bytes) -> tuple[str, str]:
    try:
        said = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=200, errors="strict")
    except ValueError as error:
        raise NotAnEnvelope from error
    fields = dict(reversed(said))
    # Typed in capitals or not, with or without its dashes.
    token = re.sub(r"[\s–-]", "", fields.get("token", "")).upper()
    if typed := fields.get("code", "").strip():
        token = card_codes.token_of(typed)
    return token, chosen(said) or fields.get("text", "").replace("\r\n", "\n")


def chosen(said: Iterable[tuple[str, str]]) -> str:
    """The vote in a form's fields: ticked boxes, or a number of dots for each.

    >>> chosen([("choice", "7"), ("choice", "9"), ("dots-a", "2"), ("dots-b", "0"), ("dots-c", "x"), ("text", "!")])
    '7 9 a a'
    """
    keys = []
    for name, value in said:
        if name == "choice":
            keys.append(value)
        elif name.startswith("dots-") and re.fullmatch(r"[0-9]{1,2}", value):
            keys += [name.removeprefix("dots-")] * int(value)
    return " ".join(keys)


def checked(token: object, text: object) -> Envelope:
    """The two in an envelope; ``NotAnEnvelope`` or ``TooLong`` when they do not fit in one."""
    if not isinstance(token, str) or not isinstance(text, str) or not TOKEN.fullmatch(token):
        raise NotAnEnvelope
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        # Half a character, which no database takes.
        raise NotAnEnvelope from error
    if size > MOST_BYTES:
        raise TooLong
    return Envelope(token, text.replace("\0", "").strip())


def padded(token: str, text: str) -> bytes:
    """The body a phone sends: JSON, filled up with spaces to the one size."""
    body = json.dumps({"token": token, "text": text}, ensure_ascii=False).encode()
    if len(body) > SIZE:
        raise TooLong
    return body.ljust(SIZE)

"""The hat: as many one-time tickets as there are people to vote, drawn by each for themselves.

The tickets are made at random before anybody asks, and a person who draws gets whichever
comes. That they have drawn is kept until the pot is poured, as a keyed hash; which ticket
they drew is kept nowhere. A ticket whose answer was lost on the way is lost with it: to give
another, the server would have to remember who has which.
"""

import contextlib
import hmac
import os
import secrets
from pathlib import Path

from peerhood.rooms.pot import card_codes
from peerhood.rooms.pot.envelope import Envelope, NotAnEnvelope
from peerhood.rooms.pot.spool import Closed, NoPot, NoTicket, Spent, about, folder_of, hand_in, knows_card


class Drawn(Exception):
    """Each draws once."""


class Empty(Exception):
    """Who came after the vote was opened has no ticket in it."""


def new_tickets(count: int) -> set[str]:
    """As many as there are voters. What is spent is known by the hash of a ticket, and not by the hat."""
    return {secrets.token_urlsafe(24) for _number in range(count)}


def draw(spool: Path, key: str, voter: str) -> str:
    """A ticket for this voter, once; two who draw at the same moment never get the same one."""
    folder = folder_of(spool, key)
    if not (folder / "hat").is_dir():
        raise NoPot
    if not (folder / "notes").is_dir():
        raise Closed
    mark = hmac.new((folder / "secret").read_bytes(), f"voter {voter}".encode(), "sha256").hexdigest()
    try:
        os.close(os.open(folder / "drawn" / mark, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise Drawn from None
    for ticket in os.listdir(folder / "hat"):
        with contextlib.suppress(FileNotFoundError):
            # Whose removal succeeds has it; the others look for the next.
            (folder / "hat" / ticket).unlink()
            return ticket
    # Who finds it empty has not drawn.
    (folder / "drawn" / mark).unlink(missing_ok=True)
    raise Empty


def take_in(spool: Path, key: str, written: Envelope) -> None:
    """Let fall in what was handed in: a note, or a vote with its ticket, either from a phone or from a card.

    A vote for what does not stand to it, or with more dots than one has, is refused as ``NotAnEnvelope``.
    """
    if not (folder_of(spool, key) / "hat").is_dir():
        hand_in(spool, key, written)
        return
    stand = about(spool, key)
    if not _counts(written.text.split(), stand.get("choices", []), stand.get("each")):
        raise NotAnEnvelope
    if card_codes.is_one(written.token):
        vote_with_card(spool, key, written)
    else:
        hand_in(spool, key, written)


def _counts(chosen: list[str], choices: list[list[str]], each: int | None) -> bool:
    keys = {key for key, _words in choices}
    return bool(chosen) and keys.issuperset(chosen) and len(chosen) <= (each or len(keys))


def vote_with_card(spool: Path, key: str, envelope: Envelope) -> None:
    """Hand in a vote from a paper card. It takes a ticket out of the hat: no more vote than were here.

    Raises ``NoTicket`` for a card that is none of the room's or when every ticket is drawn, and
    ``Spent`` for one that has voted.
    """
    if not knows_card(spool, key, envelope.nullifier):
        raise NoTicket
    try:
        ticket = draw(spool, key, card_voter(envelope.nullifier))
    except Drawn:
        raise Spent from None
    except Empty:
        raise NoTicket from None
    hand_in(spool, key, Envelope(ticket, envelope.text))


def card_voter(code_hash: str) -> str:
    return f"card {code_hash}"


def has_drawn(spool: Path, key: str, voter: str) -> bool:
    """Whether this voter has drawn; told to nobody but their own phone."""
    folder = folder_of(spool, key)
    try:
        secret = (folder / "secret").read_bytes()
    except FileNotFoundError:
        return False
    return (folder / "drawn" / hmac.new(secret, f"voter {voter}".encode(), "sha256").hexdigest()).exists()

"""The hat: as many one-time tickets as there are people to vote, drawn by each for themselves.

The tickets are made at random before anybody asks, and a person who draws gets whichever
comes. That they have drawn is kept until the pot is poured, as a keyed hash; which ticket
they drew is kept nowhere. A ticket whose answer was lost on the way is lost with it: to give
another, the server would have to remember who has which.
"""

import contextlib
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from peerhood.rooms.pot.spool import Closed, NoPot, folder_of


class Drawn(Exception):
    """Each draws once."""


class Empty(Exception):
    """Who came after the vote was opened has no ticket in it."""


def fill(spool: Path, key: str, tickets_count: int) -> None:
    """Put the tickets in, once. What is spent is known by the hash of a ticket, and not by the hat."""
    folder = folder_of(spool, key)
    if (folder / "hat").exists():
        return
    for part in ("tickets", "drawn"):
        (folder / part).mkdir(mode=0o700, exist_ok=True)
    made = folder / f"making-{secrets.token_hex(8)}"
    made.mkdir(mode=0o700)
    for _number in range(tickets_count):
        ticket = secrets.token_urlsafe(24)
        (made / ticket).touch(mode=0o600)
        (folder / "tickets" / hashlib.sha256(ticket.encode()).hexdigest()).touch(mode=0o600)
    with contextlib.suppress(OSError):
        # Another process was first: nobody ever draws what is in this one.
        made.rename(folder / "hat")


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
    raise Empty


def has_drawn(spool: Path, key: str, voter: str) -> bool:
    """Whether this voter has drawn; told to nobody but their own phone."""
    folder = folder_of(spool, key)
    try:
        secret = (folder / "secret").read_bytes()
    except FileNotFoundError:
        return False
    return (folder / "drawn" / hmac.new(secret, f"voter {voter}".encode(), "sha256").hexdigest()).exists()

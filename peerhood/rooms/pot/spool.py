"""Where notes wait until they are poured out: files in memory, which no backup ever holds.

One folder a pot, named after its key. A note's file is named by a keyed hash of its token,
with a key made for this pot and forgotten with it: in the order of these names the notes
come out, which is the shuffle. The file system says which of two comes first, across all
processes, and lives through the death of any of them; a power cut empties it, and the
phones, which keep what they wrote, hand in again.

    <spool>/<pot>/about.json   what the door needs to know, so that it never asks the database
                  secret       the key of this pot's hash
                  notes/       one file a note; renamed to closed/ when the pot closes
                  incoming/    where a file is written before it gets its name
                  hat/ tickets/ drawn/   for ballots: see ``hat``
"""

import contextlib
import hashlib
import hmac
import json
import os
import secrets
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from peerhood.rooms.pot import place
from peerhood.rooms.pot.envelope import SIZE, Envelope

# Far above what a room writes; what comes beyond is somebody filling the memory.
MOST_NOTES = 5_000


class NoPot(Exception):
    """No pot has this key: there never was one, or it was poured out."""


class Closed(Exception):
    """The pot has closed. What was not handed in stays on the phone."""


class Spent(Exception):
    """This token has handed in something else before."""


class NoTicket(Exception):
    """A ballot counts tickets, and this is none."""


class Full(Exception):
    """Somebody is filling the pot; the facilitator can give it another key."""


@dataclass(frozen=True)
class Note:
    """A note as it is poured out: its text, and the hash of the token that can take it back."""

    nullifier: str
    text: str


def folder_of(spool: Path, key: str) -> Path:
    """The pot's folder; its name does not tell the key."""
    return spool / hashlib.sha256(key.encode()).hexdigest()[:32]


def lay_out(spool: Path, key: str, about: dict) -> None:
    """Make a pot to hand in to. Doing it again, after a power cut, makes an empty one at the same address."""
    folder = folder_of(spool, key)
    if folder.exists():
        return
    made = place.prepared(spool) / f"making-{secrets.token_hex(8)}"
    for part in ("notes", "incoming"):
        (made / part).mkdir(parents=True, mode=0o700)
    (made / "secret").write_bytes(secrets.token_bytes(32))
    (made / "about.json").write_text(json.dumps(about))
    try:
        made.rename(folder)
    except OSError:
        # Another process was first.
        shutil.rmtree(made, ignore_errors=True)


def about(spool: Path, key: str) -> dict:
    """What is known of a pot at the door; ``NoPot`` when there is none."""
    try:
        return json.loads((folder_of(spool, key) / "about.json").read_text())
    except FileNotFoundError:
        raise NoPot from None


def hand_in(spool: Path, key: str, envelope: Envelope) -> None:
    """Let a note fall in. The same again is the same; the file appears whole or not at all."""
    folder = folder_of(spool, key)
    if not folder.is_dir():
        raise NoPot
    if (folder / "tickets").is_dir() and not (folder / "tickets" / envelope.nullifier).exists():
        raise NoTicket
    try:
        if len(os.listdir(folder / "notes")) >= MOST_NOTES:
            raise Full
        _let_fall(folder, envelope)
    except FileNotFoundError:
        raise (Closed if folder.is_dir() else NoPot) from None


def _let_fall(folder: Path, envelope: Envelope) -> None:
    content = json.dumps({"nullifier": envelope.nullifier, "text": envelope.text}).encode().ljust(2 * SIZE)
    written = folder / "incoming" / secrets.token_hex(16)
    written.write_bytes(content)
    # A file says when it was written; this one says nothing.
    os.utime(written, (0, 0))
    name = folder / "notes" / _name(folder, envelope.nullifier)
    try:
        os.link(written, name)
    except FileExistsError:
        if name.read_bytes() != content:
            raise Spent from None
    finally:
        with contextlib.suppress(FileNotFoundError):
            written.unlink()


def _name(folder: Path, nullifier: str) -> str:
    return hmac.new((folder / "secret").read_bytes(), nullifier.encode(), "sha256").hexdigest()


def take_back(spool: Path, key: str, envelope: Envelope) -> bool:
    """Take a note out again. Whether that was all: after the close it may be on its way into the database."""
    folder = folder_of(spool, key)
    try:
        name = _name(folder, envelope.nullifier)
    except FileNotFoundError:
        return False
    for part, is_all in (("notes", True), ("closed", False)):
        with contextlib.suppress(FileNotFoundError):
            (folder / part / name).unlink()
            return is_all
    return False


def close(spool: Path, key: str) -> list[Note]:
    """Close the pot and read what is in it, shuffled. Nothing is lost: asking again reads the same.

    Raises ``NoPot`` when memory was lost: then nothing was in it that can still be had.
    """
    folder = folder_of(spool, key)
    with contextlib.suppress(FileNotFoundError):
        # From here on nothing can fall in: a file cannot get a name in a folder that is gone.
        (folder / "notes").rename(folder / "closed")
    try:
        names = sorted(os.listdir(folder / "closed"))
    except FileNotFoundError:
        raise NoPot from None
    # By the keyed names: neither the order of writing nor anything about a writer is in it.
    found = [json.loads((folder / "closed" / name).read_bytes()) for name in names]
    return [Note(each["nullifier"], each["text"]) for each in found if each["text"]]


def open_again(spool: Path, key: str) -> None:
    """Let more fall in, beside what is there."""
    folder = folder_of(spool, key)
    with contextlib.suppress(FileNotFoundError):
        (folder / "closed").rename(folder / "notes")


def forget(spool: Path, key: str) -> None:
    """Remove the pot, with the key of its shuffle."""
    folder = folder_of(spool, key)
    with contextlib.suppress(FileNotFoundError):
        gone = spool / f"gone-{secrets.token_hex(8)}"
        folder.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)


def folders(spool: Path) -> list[Path]:
    """Every pot there is, and what is left of those that are over."""
    found = list(spool.iterdir()) if spool.is_dir() else []
    return [folder for folder in found if not folder.name.startswith("making-")]


def sweep(found: Collection[Path], *, keep: Collection[str]) -> None:
    """Of these, remove what belongs to no live pot: a crash came between the pouring and the forgetting."""
    for folder in found:
        if folder.name not in keep:
            shutil.rmtree(folder, ignore_errors=True)

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
                  cards        the hashes of the paper cards that may hand in here
                  most         how many notes fit, once the facilitator has given it another key
                  hat/ tickets/ drawn/   for votes: see ``hat``
"""

import contextlib
import hashlib
import hmac
import json
import os
import secrets
import shutil
import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from peerhood.rooms.pot import card_codes, place
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
    """A vote counts tickets, and a paper card is one of the room's sheet; this is none."""


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


def is_there(spool: Path, key: str) -> bool:
    """Whether the pot stands; a power cut takes it away."""
    return folder_of(spool, key).is_dir()


def lay_out(
    spool: Path, key: str, about: dict, *, cards: Iterable[str] = (), tickets: Collection[str] | None = None
) -> None:
    """Make a pot to hand in to. Doing it again, after a power cut, makes an empty one at the same address.

    ``cards`` are the hashes of the paper cards it knows. With ``tickets`` it takes nothing else: they
    lie in its hat, and their hashes beside it.
    """
    folder = folder_of(spool, key)
    if folder.exists():
        return
    made = place.prepared(spool) / f"making-{secrets.token_hex(8)}"
    for part in ("notes", "incoming"):
        (made / part).mkdir(parents=True, mode=0o700)
    (made / "secret").write_bytes(secrets.token_bytes(32))
    (made / "about.json").write_text(json.dumps(about | {"key": key}))
    (made / "cards").write_text(json.dumps(sorted(cards)))
    if tickets is not None:
        for part in ("hat", "tickets", "drawn"):
            (made / part).mkdir(mode=0o700)
        for ticket in tickets:
            (made / "hat" / ticket).touch(mode=0o600)
            (made / "tickets" / hashlib.sha256(ticket.encode()).hexdigest()).touch(mode=0o600)
    try:
        made.rename(folder)
    except OSError:
        # Another process was first.
        shutil.rmtree(made, ignore_errors=True)


def know_cards(spool: Path, key: str, cards: Iterable[str]) -> None:
    """From here on it takes these paper cards and no others."""
    _replace(folder_of(spool, key), "cards", json.dumps(sorted(cards)))


def knows_card(spool: Path, key: str, code_hash: str) -> bool:
    try:
        return code_hash in json.loads((folder_of(spool, key) / "cards").read_text())
    except FileNotFoundError:
        return False


def key_for_card(spool: Path, code_hash: str) -> str:
    """The pot that this paper card may hand in to; ``NoTicket`` when there is none right now."""
    for folder in folders(spool):
        with contextlib.suppress(FileNotFoundError):
            if code_hash in json.loads((folder / "cards").read_text()):
                return json.loads((folder / "about.json").read_text())["key"]
    raise NoTicket


def give_another_key(spool: Path, key: str, other: str) -> None:
    """Let it stand at another address, with what is in it and room for as much again."""
    folder = folder_of(spool, key)
    with contextlib.suppress(FileNotFoundError, NoPot):
        _replace(folder, "about.json", json.dumps(about(spool, key) | {"key": other}))
        _replace(folder, "most", str(len(os.listdir(folder / "notes")) + MOST_NOTES))
        try:
            folder.rename(folder_of(spool, other))
        except OSError:
            # Somebody's page was quicker, and has laid out an empty one there.
            _move_notes(folder, folder_of(spool, other))


def _move_notes(folder: Path, other: Path) -> None:
    (other / "most").write_text((folder / "most").read_text())
    for note in list((folder / "notes").iterdir()):
        nullifier = json.loads(note.read_bytes())["nullifier"]
        with contextlib.suppress(FileExistsError):
            os.link(note, other / "notes" / _name(other, nullifier))
    shutil.rmtree(folder)


def _replace(folder: Path, name: str, text: str) -> None:
    with contextlib.suppress(FileNotFoundError):
        written = folder / "incoming" / secrets.token_hex(16)
        written.write_text(text)
        written.rename(folder / name)


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
    if card_codes.is_one(envelope.token) and not knows_card(spool, key, envelope.nullifier):
        raise NoTicket
    try:
        if len(os.listdir(folder / "notes")) >= _most(folder):
            raise Full
        _let_fall(folder, envelope)
    except FileNotFoundError:
        raise (Closed if folder.is_dir() else NoPot) from None


def _most(folder: Path) -> int:
    try:
        return int((folder / "most").read_text())
    except FileNotFoundError:
        return MOST_NOTES


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
    """Of these, remove what belongs to no live pot: a crash came between the pouring and the forgetting.

    One that says until when it stands is no room's; it is left until then.
    """
    for folder in found:
        if folder.name not in keep and not _stands(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _stands(folder: Path) -> bool:
    try:
        return json.loads((folder / "about.json").read_text()).get("until", 0) > time.time()
    except FileNotFoundError:
        return False

"""The inbox: answers of calendar programs, and mails of ours that came back; read by the worker or from a file.

A mailbox is named by an address: ``imaps://user:password@host/INBOX`` or ``maildir:///var/mail/replies``.
What was read is marked as seen and stays, for whoever keeps the mailbox to empty; a mail that is read
twice, because the worker died in between, changes nothing the second time.
"""

import imaplib
import mailbox
import ssl
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from peerhood.gatherings.calendars import replies
from peerhood.gatherings.calendars.replies import Outcome
from peerhood.notices import bounces

# Somebody else's server must not hold a worker.
TIMEOUT_SECONDS = 20
MOST_MAILS = 200
# A reply is a few kilobytes; the beginning of something larger is no reply.
MOST_BYTES = 512 * 1024
ON_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")

IMAP_PORT, IMAPS_PORT = 143, 993

Counts = Counter[Outcome]


class Unreadable(Exception):
    """The mailbox could not be read; the words are for the operator, and hold no password."""


def read_mailbox(address: str) -> Counts:
    """Read what is new in a mailbox, 200 mails at most: the next look goes on."""
    url = urlsplit(address)
    try:
        if url.scheme == "maildir":
            return _read_maildir(Path(unquote(url.path)))
        if url.scheme == "imaps" or (url.scheme == "imap" and url.hostname in ON_THIS_MACHINE):
            return _read_imap(url)
    except (OSError, imaplib.IMAP4.error, ValueError) as error:
        raise Unreadable(f"{type(error).__name__} at {url.hostname or url.path}") from error
    raise Unreadable("its address begins neither with imaps:// nor with maildir://")


def read_file(path: Path) -> Counts:
    """Read one mail (``.eml``), an mbox, or a Maildir folder. A file stays as it is."""
    if path.is_dir():
        return _read_maildir(path)
    if _begins_as_mbox(path):
        box = mailbox.mbox(path, create=False)
        try:
            return Counter(_read(box.get_bytes(key)) for key in box.keys())  # noqa: SIM118
        finally:
            box.close()
    return Counter([_read(path.read_bytes())])


def _read(message: bytes) -> Outcome:
    return Outcome.CAME_BACK if bounces.read(message) else replies.read(message)


def _begins_as_mbox(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(5) == b"From "


def _read_maildir(path: Path) -> Counts:
    if not (path / "new").is_dir():
        raise FileNotFoundError(path)
    box, counts = mailbox.Maildir(path, create=False), Counts()
    for key in sorted(box.keys())[: MOST_MAILS * 10]:
        if counts.total() == MOST_MAILS:
            break
        mail = box.get_message(key)
        if "S" in mail.get_flags():
            continue
        counts[_read(box.get_bytes(key)[:MOST_BYTES])] += 1
        mail.add_flag("S")
        mail.set_subdir("cur")
        box[key] = mail
    return counts


def _read_imap(url: SplitResult) -> Counts:
    counts = Counts()
    with _signed_in(url) as server:
        found = _asked(server.uid, "SEARCH", "UNSEEN")
        for uid in (found[0] or b"").split()[:MOST_MAILS]:
            # Looked at without being marked (PEEK): it is marked once what it says is done.
            answer = _asked(server.uid, "FETCH", uid.decode(), f"(BODY.PEEK[]<0.{MOST_BYTES}>)")
            bodies = [part[1] for part in answer if isinstance(part, tuple)]
            counts[_read(bodies[0]) if bodies else Outcome.NO_REPLY] += 1
            _asked(server.uid, "STORE", uid.decode(), "+FLAGS.SILENT", r"(\Seen)")
    return counts


@contextmanager
def _signed_in(url: SplitResult) -> Iterator[imaplib.IMAP4]:
    if url.scheme == "imaps":
        server: imaplib.IMAP4 = imaplib.IMAP4_SSL(
            url.hostname or "",
            url.port or IMAPS_PORT,
            ssl_context=ssl.create_default_context(),
            timeout=TIMEOUT_SECONDS,
        )
    else:
        server = imaplib.IMAP4(url.hostname or "", url.port or IMAP_PORT, timeout=TIMEOUT_SECONDS)
    with server:
        server.login(unquote(url.username or ""), unquote(url.password or ""))
        _asked(server.select, unquote(url.path.strip("/")) or "INBOX")
        yield server


def _asked(ask: Callable, *words: str) -> list:
    """What the server answers; anything but OK is an error of its."""
    state, answer = ask(*words)
    if state != "OK":
        raise imaplib.IMAP4.error(f"{words[0]}: {state}")
    return answer

"""The bytes that are left: database, the log it writes ahead, a backup, Redis, and what the server logged.

For each of them: in which order do these marks stand in it, by where each stands first, and by where last?
"""

import contextlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import BinaryIO

import redis
from django.conf import settings
from django.db import connection

from bench.promise import backups

Files = dict[str, bytes]
# Of PostgreSQL's log, as it is built everywhere.
PAGE = 8192


def home() -> Path:
    return Path(os.environ["PEERHOOD_HOME"])


class Since:
    """Where the logs ended when a round began: what is new in it stands behind.

    PostgreSQL throws a piece of its log away as soon as anybody on that server asks for a checkpoint; the one that
    was being written when the round began is held open, so that it can be read all the same.
    """

    server_log = 0
    segment = ""
    held: BinaryIO | None = None

    def begin(self) -> None:
        self.server_log = len(_server_log())
        if self.held:
            self.held.close()
            self.held = None
        if connection.vendor == "postgresql":
            self.segment = _segment_now()
            with contextlib.suppress(OSError):
                self.held = (_directory() / "pg_wal" / self.segment).open("rb")

    def read(self, segment: Path) -> bytes:
        if self.held and segment.name == self.segment:
            self.held.seek(0)
            return self.held.read()
        return segment.read_bytes()


since = Since()


def orders(files: Files, marks: Mapping[str, str], called: str = "") -> dict[str, list[str]]:
    """What each mark stands for, in the order of the marks in each file; empty where none of them is.

    ``called`` is put before the file's name, for marks that are not what was written itself.
    """
    found = {}
    for name, content in files.items():
        first, last = _places(content, marks)
        for side, places in (("first", first), ("last", last)):
            # Where some are not in it, it still says something of the others; those come last.
            order = sorted(marks, key=lambda mark, at=places: (at.get(mark, len(content)), mark))
            found[f"{called}{name}, {side}"] = [marks[mark] for mark in order] if places else []
    return found


def _places(content: bytes, marks: Iterable[str]) -> tuple[dict[str, int], dict[str, int]]:
    first, last = {}, {}
    for mark in marks:
        sought = mark.encode()
        at = content.find(sought)
        while at >= 0:
            first.setdefault(mark, at)
            last[mark] = at
            at = content.find(sought, at + 1)
    return first, last


def everything(table: str) -> Files:
    """Every file there is, of the database those that this table is in."""
    files = _sqlite() if connection.vendor == "sqlite" else _postgresql(table)
    files["backup file"] = backups.file_of_last().read_bytes()
    files["server log"] = _server_log()[since.server_log :]
    return files | _redis()


def _server_log() -> bytes:
    return (home() / "server.log").read_bytes()


def _redis() -> Files:
    """Its dump and its log; nothing where the game is played without."""
    if not settings.REDIS_URL:
        return {}
    with redis.Redis.from_url(settings.REDIS_URL) as asked:
        asked.save()
    kept = home() / "redis"
    log = b"".join(path.read_bytes() for path in sorted(kept.glob("appendonlydir/*.aof")))
    return {"Redis dump": (kept / "dump.rdb").read_bytes(), "Redis log": log}


def _sqlite() -> Files:
    path = Path(connection.settings_dict["NAME"])
    log = path.with_name(f"{path.name}-wal").read_bytes()
    return {"log": _in_order_of_writing(log), "file": path.read_bytes()}


def _in_order_of_writing(log: bytes) -> bytes:
    """The frames of a write-ahead log, those from before it last began anew in front: SQLite's file format, section 4."""
    size = int.from_bytes(log[8:12], "big") + 24
    frames = [log[at : at + size] for at in range(32, len(log), size)]
    return b"".join(sorted(frames, key=lambda frame: int.from_bytes(frame[8:12], "big")))


def _segment_now() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_walfile_name(pg_current_wal_lsn())")
        return cursor.fetchone()[0]


def _directory() -> Path:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('data_directory')")
        return Path(cursor.fetchone()[0])


def _log_of_postgresql() -> bytes:
    """All pieces since the round began."""
    now, kept = _segment_now(), _directory() / "pg_wal"
    names = {path.name for path in kept.iterdir() if len(path.name) == 24} | {since.segment or now}
    among = [name for name in sorted(names) if (since.segment or now) <= name <= now]
    return b"".join(_records(since.read(kept / name)) for name in among)


def _records(segment: bytes) -> bytes:
    """What is written in a piece of the log, without the heads of its pages: one may stand in the middle of a text.

    Source: ``xlog_internal.h`` of PostgreSQL, XLogPageHeaderData and XLogLongPageHeaderData, aligned to 8 bytes.
    """
    pages = [segment[at : at + PAGE] for at in range(0, len(segment), PAGE)]
    return b"".join(page[24 if number else 40 :] for number, page in enumerate(pages))


def _postgresql(table: str) -> Files:
    files: Files = {}
    # Where the server is on another machine, its rows say the same as its files. The log first: a checkpoint shortens it.
    with contextlib.suppress(OSError):
        files["log"] = _log_of_postgresql()
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT pg_relation_filepath(%s)", [table])
        (heap,) = cursor.fetchone()
        cursor.execute(
            "SELECT pg_relation_filepath(indexrelid) FROM pg_index WHERE indrelid = %s::regclass ORDER BY 1",
            [table],
        )
        indexes = [path for (path,) in cursor.fetchall()]
    with contextlib.suppress(OSError):
        files["file"] = (_directory() / heap).read_bytes()
        files["indexes"] = b"".join((_directory() / path).read_bytes() for path in indexes)
    return files

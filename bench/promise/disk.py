"""What is on the disk afterwards, read as a thief would: rows in the order they lie, and the bytes of the files."""

import contextlib
from collections.abc import Callable, Iterable
from pathlib import Path

from django.conf import settings
from django.db import connection

from peerhood.rooms.models import Note, Participant, Pot

Orders = dict[str, list]


def of_pot(pot: Pot) -> dict:
    """The orders in which the disk holds the people of a round and the notes of its pot."""
    notes, people = Note._meta.db_table, Participant._meta.db_table
    texts = _column(f"SELECT text FROM {notes} WHERE pot_id = %s", pot.pk)
    return {
        "state": pot.state,
        "people": {
            name: _column(
                f"SELECT person_id FROM {people} WHERE room_id = %s AND person_id IS NOT NULL ORDER BY {order}",
                pot.room_id,
            )
            for name, order in _orders().items()
        },
        "notes": {
            "as they come": texts,
            "keys": _column(f"SELECT text FROM {notes} WHERE pot_id = %s ORDER BY id", pot.pk),
            **{
                name: _column(f"SELECT text FROM {notes} WHERE pot_id = %s ORDER BY {order}", pot.pk)
                for name, order in _orders().items()
            },
            "hashes": _column(f"SELECT text FROM {notes} WHERE pot_id = %s ORDER BY nullifier", pot.pk),
            "lengths": sorted(texts, key=len),
            **_bytes(notes, texts),
        },
        # Nothing of it may be left in memory.
        "spool": [path.name for path in settings.POT_SPOOL.rglob("*")],
    }


def of_twin(design: str, round: int) -> dict:
    """The same for a control; nothing where the design belongs to the other database."""
    if connection.vendor == {"without-rowid": "postgresql", "xmin": "sqlite"}.get(design):
        return {}
    table = f"twin_{design.replace('-', '_')}"
    among = f"SELECT text FROM {table} WHERE text LIKE %s"
    texts = _column(among, f"% {round} %")
    # A table without row numbers has its order in the files alone.
    orders = {} if design == "without-rowid" else _orders()
    notes = {name: _column(f"{among} ORDER BY {order}", f"% {round} %") for name, order in orders.items()}
    notes |= _bytes(table, texts)
    if design == "last-seen":
        return {"people": _seen(round), "notes": notes}
    written = "SELECT person FROM twin_written WHERE design = %s AND round = %s ORDER BY"
    people = {name: _column(f"{written} {order}", design, round) for name, order in _orders().items()}
    if design == "time":
        people["times"] = _column(f"{written} at", design, round)
        notes["times"] = _column(f"{among} ORDER BY at", f"% {round} %")
    return {"people": people, "notes": notes}


def _seen(round: int) -> Orders:
    """The people in the order in which their day was written: a row that changes is written anew."""
    marks = {f"seen-{round}-{pk}-": pk for pk in _column("SELECT person FROM twin_days")}
    people = {
        name: [marks[mark] for mark in order] for name, order in _bytes("twin_days", list(marks)).items()
    }
    if connection.vendor == "postgresql":
        people |= {
            name: _column(f"SELECT person FROM twin_days ORDER BY {order}")
            for name, order in _orders().items()
        }
    return people


def _orders() -> dict[str, str]:
    """The orders that a table has by itself: how its rows lie, and in which transaction each was written."""
    if connection.vendor == "sqlite":
        return {"rows": "rowid"}
    # Several connections fill several pages at once; their transactions are numbered one after the other.
    return {"rows": "ctid", "transactions": "xmin::text::bigint, ctid"}


def _column(question: str, *values: object) -> list:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return [row[0] for row in cursor.fetchall()]


def _bytes(table: str, marks: list[str]) -> Orders:
    """The marks in the order in which they stand in files: first and last, in the data and in the log before it."""
    files = _sqlite_files() if connection.vendor == "sqlite" else _postgresql_files(table)
    found: Orders = {}
    for name, content in files.items():
        for side, find in (("first", content.find), ("last", content.rfind)):
            if order := _in_order(marks, find):
                found[f"{name}, {side}"] = order
    return found


def _in_order(marks: Iterable[str], find: Callable[[bytes], int]) -> list[str]:
    places = {mark: find(mark.encode()) for mark in marks}
    # Where some are not in a file at all, the file still says something of the others; those come last.
    return sorted(places, key=lambda mark: (places[mark] < 0, places[mark], mark))


def _sqlite_files() -> dict[str, bytes]:
    path = Path(connection.settings_dict["NAME"])
    log = path.with_name(f"{path.name}-wal").read_bytes()
    return {"log": _in_order_of_writing(log), "file": path.read_bytes()}


def _in_order_of_writing(log: bytes) -> bytes:
    """The frames of a write-ahead log, those from before it last began anew in front: SQLite's file format, section 4."""
    size = int.from_bytes(log[8:12], "big") + 24
    frames = [log[at : at + size] for at in range(32, len(log), size)]
    return b"".join(sorted(frames, key=lambda frame: int.from_bytes(frame[8:12], "big")))


def _postgresql_files(table: str) -> dict[str, bytes]:
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT current_setting('data_directory'), pg_relation_filepath(%s)", [table])
        directory, heap = cursor.fetchone()
        cursor.execute("SELECT pg_walfile_name(pg_current_wal_lsn())")
        (segment,) = cursor.fetchone()
    files = {}
    # Where the server is on another machine, its rows say the same as its files.
    with contextlib.suppress(OSError):
        files["file"] = (Path(directory) / heap).read_bytes()
        files["log"] = (Path(directory) / "pg_wal" / segment).read_bytes()
    return files

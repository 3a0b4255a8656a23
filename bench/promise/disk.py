"""What is on the disk afterwards, read as a thief would: rows in the order they lie, the bytes of files, and backups."""

import hashlib

from django.conf import settings
from django.db import connection

from bench.promise import files
from bench.promise.backups import Backups, plain
from peerhood.rooms.harvest import exporting
from peerhood.rooms.models import Note, Participant, Pot
from peerhood.themes.models import Ballot, Choice

Orders = dict[str, list]
NOTES, PEOPLE, CHOICES = (model._meta.db_table for model in (Note, Participant, Choice))
backups = Backups()


def of_notes(pot: Pot) -> dict:
    """The orders in which the disk holds the people of a round and the notes of its pot."""
    backups.take()
    hashes = dict(pot.notes.values_list("nullifier", "text"))
    texts = {text: text for text in hashes.values()}
    found = files.everything(NOTES) | {"export": exporting.as_text(pot.room.gathering).encode()}
    return {
        "state": pot.state,
        "people": _people(pot),
        "notes": {
            "as they come": _column(f"SELECT text FROM {NOTES} WHERE pot_id = %s", pot.pk),
            **_lying(NOTES, "text", "pot_id", pot.pk),
            **{
                name: _column(f"SELECT text FROM {NOTES} WHERE pot_id = %s ORDER BY {column}", pot.pk)
                for name, column in (("keys", "id"), ("hashes", "nullifier"))
            },
            "lengths": sorted(texts, key=len),
            **files.orders(found, texts),
            **files.orders(found, hashes, "hashes in "),
            **_in_backups(NOTES, "text", texts),
        },
        **_in_memory(),
    }


def of_votes(pot: Pot, tickets: list[str]) -> dict:
    """The same for a vote: what stood to it, in all orders, and whatever is left of the tickets, which we are told.

    The adversary knows each ticket, and not whose it was.
    """
    backups.take()
    table = CHOICES if pot.is_ballot() else NOTES
    found = files.everything(table)
    hashes = {hashlib.sha256(ticket.encode()).hexdigest(): ticket for ticket in tickets}
    return {
        "state": pot.state,
        "people": _people(pot),
        "choices": _choices(pot, found),
        "tickets": {
            "tickets": sorted(tickets),
            "hashes": [hashes[each] for each in sorted(hashes)],
            **files.orders(found, {ticket: ticket for ticket in tickets}),
            **files.orders(found, hashes, "hashes in "),
        },
        **_in_memory(),
    }


def _choices(pot: Pot, found: files.Files) -> Orders:
    """What stood to the vote, by key; of thumbs nothing but three totals is kept."""
    if pot.is_ballot():
        ballot = Ballot.objects.get(gathering=pot.room.gathering_id)
        keys = {str(pk) for pk in ballot.choices.values_list("pk", flat=True)}
        return _lying(CHOICES, "id", "ballot_id", ballot.pk) | _in_backups(CHOICES, "id", keys)
    if pot.is_dots():
        texts = {
            text: plain(pk) for pk, text in Note.objects.filter(pot=pot.about_id).values_list("pk", "text")
        }
        return (
            _lying(NOTES, "id", "pot_id", pot.about_id)
            | files.orders(found, texts)
            | _in_backups(NOTES, "id", set(texts.values()))
        )
    return {}


def of_twin(design: str, round: int, texts: list[str]) -> dict:
    """The same for a control, whose texts we are told; nothing where it belongs to the other database, or to a Redis."""
    if connection.vendor == {"without-rowid": "postgresql", "xmin": "sqlite"}.get(design):
        return {}
    if design == "redis" and not settings.REDIS_URL:
        return {}
    table = "twin_written" if design in ("redis", "logged") else f"twin_{design.replace('-', '_')}"
    among = f"SELECT text FROM {table} WHERE text LIKE %s"
    # One design is enough to see that a backup is read.
    if design == "time":
        backups.take()
    notes = files.orders(files.everything(table), {text: text for text in texts})
    # What has no table, or one without row numbers, has its order in files alone.
    if design not in ("without-rowid", "redis", "logged"):
        notes |= {
            name: _column(f"{among} ORDER BY {order}", f"% {round} %") for name, order in _orders().items()
        }
    if design == "last-seen":
        return {"people": _seen(round), "notes": notes}
    written = "SELECT person FROM twin_written WHERE design = %s AND round = %s ORDER BY"
    people = {name: _column(f"{written} {order}", design, round) for name, order in _orders().items()}
    if design == "time":
        people["times"] = _column(f"{written} at", design, round)
        notes["times"] = _column(f"{among} ORDER BY at", f"% {round} %")
        notes |= _in_backups(table, "text", set(texts))
    if design == "ticket":
        people = {"hashes": _column(f"{written} hash", design, round)}
        notes = {"hashes": _column(f"{among} ORDER BY hash", f"% {round} %")}
    return {"people": people, "notes": notes}


def _seen(round: int) -> Orders:
    """The people in the order in which their day was written: a row that changes is written anew."""
    marks = {f"seen-{round}-{pk}-": pk for pk in _column("SELECT person FROM twin_days")}
    people = files.orders(files.everything("twin_days"), marks)
    if connection.vendor == "postgresql":
        people |= {
            name: _column(f"SELECT person FROM twin_days ORDER BY {order}")
            for name, order in _orders().items()
        }
    return people


def _people(pot: Pot) -> Orders:
    """The members in the room: as their rows lie, by what stands beside them, and in what is new in the backup."""
    asked = f"SELECT person_id FROM {PEOPLE} WHERE room_id = %s AND person_id IS NOT NULL ORDER BY"
    orders = {**_orders(), "hashes": "token_hash"}
    people = {name: _column(f"{asked} {order}", pot.room_id) for name, order in orders.items()}
    return people | backups.people(people["rows"])


def _lying(table: str, column: str, among: str, value: object) -> Orders:
    asked = f"SELECT {column} FROM {table} WHERE {among} = %s ORDER BY"
    return {
        name: [key if column == "text" else plain(key) for key in _column(f"{asked} {order}", value)]
        for name, order in _orders().items()
    }


def _in_backups(table: str, column: str, keys) -> Orders:
    """By key, whatever a backup's file takes for dashes; a text that has some is the one it stands for."""
    whole = {plain(key): key for key in keys}
    return {
        name: [whole[key] for key in order] for name, order in backups.orders(table, column, whole).items()
    }


def _in_memory() -> dict[str, list[str]]:
    """Nothing of it may be left in memory."""
    return {"spool": [path.name for path in settings.POT_SPOOL.rglob("*")]}


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

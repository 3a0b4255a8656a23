"""What the tests of traces do and read: a page, a note at the pot's door, and every byte on the disk."""

import re
import subprocess
import urllib.request

from bench.promise.game import Table
from peerhood.rooms.pot import envelope

# Each dump has a word of its own against what could be smuggled into it; it says nothing.
RESTRICTED = re.compile(rb"^\\(un)?restrict .*$", re.MULTILINE)


def page(table: Table, path: str, member: int | None = None, **headers: str) -> str:
    if member:
        headers["Cookie"] = f"sessionid={table.sessions[member]}"
    with urllib.request.urlopen(urllib.request.Request(table.server.url + path, headers=headers)) as answer:
        return answer.read().decode()


def hand_in(table: Table, key: str, text: str, token: str, **headers: str) -> tuple[int, bytes, dict]:
    """Status, words and headers of the door's answer."""
    body = envelope.padded(token, text)
    headers = {"Content-Type": "application/json", **headers}
    request = urllib.request.Request(f"{table.server.url}/pot/{key}/", data=body, headers=headers)
    with urllib.request.urlopen(request) as answer:
        return answer.status, answer.read(), {n: v for n, v in answer.headers.items() if n != "date"}


def in_database(table: Table) -> dict[str, bytes]:
    """The files of the database, with the log it writes ahead; of PostgreSQL what pg_dump writes."""
    if address := table.environment["DATABASE_URL"]:
        dump = subprocess.run(["pg_dump", "--dbname", address], check=True, stdout=subprocess.PIPE).stdout
        return {"dump": RESTRICTED.sub(b"", dump)}
    return {path.name: path.read_bytes() for path in (table.home / "var").glob("peerhood.sqlite3*")}


def on_disk(table: Table) -> dict[str, bytes]:
    """The database, what Redis wrote down of what it heard, and the server's log."""
    heard = {path.name: path.read_bytes() for path in (table.home / "redis").rglob("*.aof")}
    return in_database(table) | heard | {"log": table.log.read_bytes()}


def said(page: str) -> str:
    """A page without what is drawn anew each time: tokens of forms, and the clock."""
    return re.sub(r'(csrfmiddlewaretoken" value|server-now|left|value)="[^"]*"|>\d+:\d\d<', "", page)

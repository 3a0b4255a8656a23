"""Playing: twelve members write in a random order, and each comes in just before: the order of the rows is the truth."""

import contextlib
import json
import os
import random
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench import databases, servers
from bench.promise.attackers import Round
from peerhood.rooms.pot import envelope

DESIGNS = ("time", "uuid", "without-rowid", "xmin", "last-seen")
CSRF = "t" * 32


@dataclass
class Table:
    """Where the game is played: a server, the process beside it, and the members' sessions."""

    server: servers.Server
    beside: subprocess.Popen
    sessions: dict[int, str]
    log: Path
    home: Path
    chance: random.Random
    environment: dict[str, str]

    def ask(self, *request: object) -> dict:
        self.beside.stdin.write(json.dumps(request) + "\n")
        self.beside.stdin.flush()
        return json.loads(self.beside.stdout.readline())

    def text(self, number: int) -> str:
        """Something to write: nothing in it has to do with who writes it."""
        words = self.chance.randrange(1, 40)
        return f"canary-{self.chance.randbytes(8).hex()} {number} " + "word " * words + "end"

    def members(self) -> list[int]:
        return self.chance.sample(list(self.sessions), len(self.sessions))

    def wait(self) -> None:
        time.sleep(self.chance.random() * 0.004)


@contextlib.contextmanager
def laid(kind: str, seed: int) -> Iterator[Table]:
    """A table on this database, with every log the server can write."""
    with databases.fresh(kind) as environment:
        home = Path(environment["PEERHOOD_HOME"])
        environment |= {
            "DJANGO_SETTINGS_MODULE": "bench.promise.twin_settings",
            "LOG_LEVEL": "DEBUG",
            "POT_SPOOL": str(home / "pot"),
        }
        log = home / "server.log"
        with log.open("w") as written:
            server = servers.start("/healthz", environment, log=written)
            beside = subprocess.Popen(
                [sys.executable, "-m", "bench.promise.stage"],
                cwd=servers.ROOT,
                env={**os.environ, **environment},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=written,
                text=True,
            )
            try:
                table = Table(server, beside, {}, log, home, random.Random(seed), environment)
                table.sessions = {int(pk): key for pk, key in table.ask("set up")["sessions"].items()}
                yield table
            finally:
                beside.terminate()
                beside.wait()
                beside.stdin.close()
                beside.stdout.close()
                table.server.stop()


def play_pot(table: Table, number: int) -> Round:
    """A round of the product as it is."""
    room = table.ask("open")
    truth = {}
    for member in table.members():
        _ask(table, f"/r/{room['code']}/", member)
        text = table.text(number)
        token = f"{table.chance.randbytes(16).hex()}"
        _hand_in(table, room["key"], envelope.padded(token, text))
        truth[text] = member
        table.wait()
    seen = table.ask("pour", room["pot"])
    if seen["state"] != "poured" or seen["spool"]:
        raise RuntimeError(f"The pot was not poured out and forgotten: {seen['state']}, {seen['spool']}")
    return Round(truth, seen["people"], seen["notes"])


def play_twin(table: Table, design: str, number: int) -> Round | None:
    """A round of a control; None where the design belongs to another database."""
    truth = {}
    for member in table.members():
        text = table.text(number)
        _ask(table, f"/twin/{design}/{number}/", member, text=text)
        truth[text] = member
        table.wait()
    seen = table.ask("twin", design, number)
    return Round(truth, seen["people"], seen["notes"]) if seen else None


def _ask(table: Table, path: str, member: int, **said: str) -> None:
    """A member's own request, with their session."""
    body = urllib.parse.urlencode(said | {"csrfmiddlewaretoken": CSRF}).encode() if said else None
    cookies = f"sessionid={table.sessions[member]}; csrftoken={CSRF}"
    request = urllib.request.Request(table.server.url + path, data=body, headers={"Cookie": cookies})
    with urllib.request.urlopen(request, timeout=60) as answer:
        answer.read()


def _hand_in(table: Table, key: str, body: bytes) -> None:
    """The phone's request to the pot, with nothing of the member in it."""
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{table.server.url}/pot/{key}/", data=body, headers=headers)
    with urllib.request.urlopen(request, timeout=60) as answer:
        answer.read()

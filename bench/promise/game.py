"""Playing: twelve members write in a random order, and each comes in just before: the order of the rows is the truth.

In the same order they vote afterwards: dots on the notes, thumbs, and the ballot. Each draws a ticket and votes at
once, without the moment that a phone waits.
"""

import contextlib
import json
import os
import random
import shlex
import shutil
import socket
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

DESIGNS = ("time", "uuid", "without-rowid", "xmin", "last-seen", "ticket", "logged", "redis")
VOTES = ("dots", "thumbs", "ballot")
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
    with databases.fresh(kind) as environment, _redis(Path(environment["PEERHOOD_HOME"])) as redis_url:
        home = Path(environment["PEERHOOD_HOME"])
        environment |= {
            "REDIS_URL": redis_url,
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


@contextlib.contextmanager
def _redis(home: Path) -> Iterator[str]:
    """A Redis of the table's own, which keeps all it hears in files, uncompressed; "" where there is none to be had."""
    if not shutil.which("redis-server"):
        yield ""
        return
    kept, port = home / "redis", servers.free_port()
    kept.mkdir()
    says = f"--port {port} --bind 127.0.0.1 --save '' --appendonly yes --rdbcompression no --dir {kept}"
    with subprocess.Popen(["redis-server", *shlex.split(says)], stdout=subprocess.DEVNULL) as process:
        try:
            _wait_for(port, process)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.terminate()


def _wait_for(port: int, process: subprocess.Popen) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        time.sleep(0.01)
    raise RuntimeError("The table's Redis did not answer.")


def play_pot(table: Table, number: int) -> dict[str, Round]:
    """A round of the product as it is: what was linked to whom, by the kind of it."""
    room, members = table.ask("open"), table.members()
    played = {"notes": _play_notes(table, room, members, number)}
    for kind in VOTES:
        votes, tickets = _play_votes(table, room, members, kind)
        # Of thumbs only three totals are kept, and nothing that could be laid beside twelve people.
        played |= {kind: votes} if votes.notes else {}
        played[f"tickets for {kind}"] = tickets
    table.ask("close", room["room"])
    return played


def _play_notes(table: Table, room: dict, members: list[int], number: int) -> Round:
    truth = {}
    for member in members:
        ask(table, f"/r/{room['code']}/", member)
        text = table.text(number)
        token = f"{table.chance.randbytes(16).hex()}"
        _hand_in(table, room["key"], envelope.padded(token, text))
        truth[text] = member
        table.wait()
    seen = _poured(table.ask("pour", room["pot"]))
    return Round(truth, seen["people"], seen["notes"])


def _play_votes(table: Table, room: dict, members: list[int], kind: str) -> tuple[Round, Round]:
    """Each chooses what nobody else does, where there is enough: then whoever links a choice has linked a vote."""
    vote = table.ask("vote", room["room"], kind)
    choices = [key.replace("-", "") for key in vote["choices"]]
    written = dict(zip(choices, vote["choices"], strict=True))
    chosen = table.chance.sample(choices * (-(-len(members) // len(choices))), len(members))
    tickets = {}
    for member, choice in zip(members, chosen, strict=True):
        ticket = draw(table, room["code"], member)
        _hand_in(table, vote["key"], envelope.padded(ticket, written[choice]))
        tickets[ticket] = member
        table.wait()
    seen = _poured(table.ask("count", vote["pot"], sorted(tickets)))
    return (
        Round(dict(zip(chosen, members, strict=True)), seen["people"], seen["choices"]),
        Round(tickets, seen["people"], seen["tickets"]),
    )


def _poured(seen: dict) -> dict:
    if seen["state"] != "poured" or seen["spool"]:
        raise RuntimeError(f"The pot was not poured out and forgotten: {seen['state']}, {seen['spool']}")
    return seen


def play_twin(table: Table, design: str, number: int) -> Round | None:
    """A round of a control; None where the design belongs to another database, or to a Redis that is not there."""
    if design == "redis" and not table.environment["REDIS_URL"]:
        return None
    table.ask("begin")
    truth = {}
    for member in table.members():
        text = table.text(number)
        ask(table, f"/twin/{design}/{number}/", member, text=text)
        truth[text] = member
        table.wait()
    seen = table.ask("twin", design, number, sorted(truth))
    return Round(truth, seen["people"], seen["notes"]) if seen else None


def draw(table: Table, code: str, member: int) -> str:
    """A member's ticket."""
    return json.loads(ask(table, f"/r/{code}/draw/", member, asked="1"))["ticket"]


def ask(table: Table, path: str, member: int, **said: str) -> bytes:
    """A member's own request, with their session."""
    body = urllib.parse.urlencode(said | {"csrfmiddlewaretoken": CSRF}).encode() if said else None
    cookies = f"sessionid={table.sessions[member]}; csrftoken={CSRF}"
    request = urllib.request.Request(table.server.url + path, data=body, headers={"Cookie": cookies})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read()


def _hand_in(table: Table, key: str, body: bytes) -> None:
    """The phone's request to the pot, with nothing of the member in it."""
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{table.server.url}/pot/{key}/", data=body, headers=headers)
    with urllib.request.urlopen(request, timeout=60) as answer:
        answer.read()

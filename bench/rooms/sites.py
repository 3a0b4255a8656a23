"""What is measured: a site that phones follow, and the press that changes it. Ours, and the yardstick of Channels."""

import contextlib
import http.client
import json
import os
import time
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bench import databases, servers

TOKEN = "t" * 32
CHANNELS = ("uvicorn", "bench.rooms.channels_site:application", "--log-level", "warning")


@dataclass
class Site:
    processes: list[servers.Server]
    stream: str
    version: int
    environment: dict[str, str]

    def streams(self) -> list[str]:
        return [process.url + self.stream for process in self.processes]

    def cpu_seconds(self) -> float:
        return sum(process.cpu_seconds() for process in self.processes)

    def press(self) -> tuple[int, float, float]:
        """Change the room: its new version, when the press was sent, and when it was answered."""
        path, body, headers = self.request()
        parts = urlsplit(self.processes[0].url)
        door = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
        begun = time.monotonic()
        door.request("POST", path, body, headers)
        answer = door.getresponse()
        answer.read()
        answered = time.monotonic()
        door.close()
        assert answer.status == 200, answer.status
        self.version = int(answer.headers["Room-Version"])
        return self.version, begun, answered

    def request(self) -> tuple[str, str, dict[str, str]]:
        raise NotImplementedError


@dataclass
class Ours(Site):
    gathering: int
    session: str

    def request(self) -> tuple[str, str, dict[str, str]]:
        said = {"version": self.version, "csrfmiddlewaretoken": TOKEN}
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={self.session}; csrftoken={TOKEN}",
            "HX-Request": "true",
        }
        return f"/gatherings/{self.gathering}/room/minute/", urllib.parse.urlencode(said), headers

    def restart(self) -> float:
        """End the first process as a crash does and start it again at once; the moment of the crash."""
        first = self.processes[0]
        at = time.monotonic()
        first.kill()
        port = urlsplit(first.url).port or 0
        self.processes[0] = servers.start("/healthz", self.environment, port=port)
        return at


class Channels(Site):
    def request(self) -> tuple[str, str, dict[str, str]]:
        return "/press/", str(self.version + 1), {}


@contextlib.contextmanager
def ours(kind: str, *, redis: str = "", processes: int = 1) -> Iterator[Ours]:
    """The real server on a database of ``kind``; more processes than one find each other through Redis."""
    with databases.fresh(kind) as environment:
        environment["POT_SPOOL"] = str(Path(environment["PEERHOOD_HOME"]) / "pot")
        environment["REDIS_URL"] = redis
        made = json.loads(databases.run(["-m", "bench.make_room"], environment))
        started = [servers.start("/healthz", environment) for _ in range(processes)]
        site = Ours(
            started,
            f"/r/{made['code']}/stream/",
            made["version"],
            environment,
            made["gathering"],
            made["session"],
        )
        with _stopped_afterwards(site):
            yield site


@contextlib.contextmanager
def channels(*, redis: str = "", processes: int = 1) -> Iterator[Channels]:
    environment = {"CHANNELS_REDIS": redis}
    started = []
    for _ in range(processes):
        port = servers.free_port()
        started.append(servers.start("/healthz", environment, (*CHANNELS, "--port", str(port)), port=port))
    site = Channels(started, "/stream/", 0, environment)
    with _stopped_afterwards(site):
        yield site


@contextlib.contextmanager
def _stopped_afterwards(site: Site) -> Iterator[None]:
    try:
        yield
    finally:
        for process in site.processes:
            # Not asked to: a thousand streams that end politely take their time.
            process.kill()


def redis_url() -> str:
    return os.environ.get("TEST_REDIS_URL", "")

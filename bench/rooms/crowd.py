"""A process of its own with many phones in it: ``python -m bench.rooms.crowd`` and one request a line.

``["come in", ADDRESS, 1000]``, ``["heard", 7]`` (who heard of version 7, and when), ``["fall"]`` (from now
on, count who comes back), ``["back"]``, ``["knocks"]`` (how long after its loss each first tried to), ``["pauses"]`` (what each was
told to wait, in milliseconds) and ``["pause", 2000]`` (let all wait that long): each is answered with one
line of JSON. Moments are seconds of the machine's monotonic clock, the same in every process.
"""

import asyncio
import json
import re
import resource
import sys
import time
from urllib.parse import urlsplit

EVENT = re.compile(rb"^(?:retry|data): (\d+)$", re.MULTILINE)
# What a browser waits before it comes back, where the server says nothing.
RETRY_MS = 3000
# How long anybody is waited for. Whoever has not come by then is missing.
PATIENCE = 30


class Phone(asyncio.Protocol):
    """One phone: it connects, listens, and comes back after the pause it was told."""

    def __init__(self, crowd: "Crowd", host: str, port: int, path: str) -> None:
        self.crowd, self.address = crowd, (host, port)
        self.request = (
            f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nAccept: text/event-stream\r\n\r\n".encode()
        )
        self.retry_ms = RETRY_MS
        self.version = -1
        self.lost_at = 0.0

    async def connect(self) -> None:
        self.crowd.knocks.setdefault(id(self), time.monotonic() - self.lost_at)
        self.rest, self.is_in = b"", False
        try:
            await asyncio.get_running_loop().create_connection(lambda: self, *self.address)
        except OSError:
            self.come_back()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.write(self.request)  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        at = time.monotonic()
        whole, mark, self.rest = (self.rest + data).rpartition(b"\n\n")
        if not mark:
            return
        for line in EVENT.finditer(whole):
            if line[0].startswith(b"retry"):
                self.retry_ms = int(line[1])
            else:
                self.hear(int(line[1]), at)

    def hear(self, version: int, at: float) -> None:
        if not self.is_in:
            self.is_in = True
            self.crowd.came_in.append(at)
        if version > self.version:
            self.version = version
            self.crowd.arrivals.setdefault(version, []).append(at)

    def connection_lost(self, _error: Exception | None) -> None:
        self.come_back()

    def come_back(self) -> None:
        self.lost_at = time.monotonic()
        loop = asyncio.get_running_loop()
        loop.call_later(self.retry_ms / 1000, lambda: self.crowd.keep(loop.create_task(self.connect())))


class Crowd:
    def __init__(self) -> None:
        self.phones: list[Phone] = []
        # When each phone was told the first word of its stream; and when it heard of each version.
        self.came_in: list[float] = []
        self.arrivals: dict[int, list[float]] = {}
        # How long after it lost its stream each phone first tried to come back, in seconds.
        self.knocks: dict[int, float] = {}
        self.tasks: set[asyncio.Task] = set()

    def keep(self, task: asyncio.Task) -> None:
        """A task that nobody holds may be forgotten by the loop."""
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def come_in(self, address: str, count: int) -> list[float]:
        parts = urlsplit(address)
        assert parts.hostname
        assert parts.port
        self.phones += [Phone(self, parts.hostname, parts.port, parts.path) for _ in range(count)]
        # Fifty at a time: coming in is measured elsewhere, when everybody comes back.
        for start in range(len(self.phones) - count, len(self.phones), 50):
            await asyncio.gather(*(phone.connect() for phone in self.phones[start : start + 50]))
        return await self.all_of(self.came_in)

    async def heard(self, version: int) -> list[float]:
        return await self.all_of(self.arrivals.setdefault(version, []))

    async def fall(self) -> list[float]:
        self.came_in, self.knocks = [], {}
        return []

    async def knocked(self) -> list[float]:
        return sorted(self.knocks.values())

    async def pauses(self) -> list[float]:
        return [phone.retry_ms for phone in self.phones]

    async def pause(self, ms: int) -> list[float]:
        for phone in self.phones:
            phone.retry_ms = ms
        return []

    async def back(self) -> list[float]:
        return await self.all_of(self.came_in)

    async def all_of(self, moments: list[float]) -> list[float]:
        """The moments, once there is one for each phone, or when patience ends."""
        until = time.monotonic() + PATIENCE
        while len(moments) < len(self.phones) and time.monotonic() < until:
            await asyncio.sleep(0.01)
        return sorted(moments)


async def main() -> None:
    crowd = Crowd()
    acts = {"come in": crowd.come_in, "heard": crowd.heard, "fall": crowd.fall, "back": crowd.back}
    acts |= {"knocks": crowd.knocked, "pauses": crowd.pauses, "pause": crowd.pause}
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    while line := await reader.readline():
        name, *of = json.loads(line)
        print(json.dumps(await acts[name](*of)), flush=True)


if __name__ == "__main__":
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    asyncio.run(main())

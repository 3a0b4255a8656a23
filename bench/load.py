"""A small load generator: N keep-alive connections ask for one thing again and again.

It reads whole answers (Content-Length or chunked) and counts them by status; the time
of an answer is from the first byte sent to the last one read.
"""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass
class Result:
    seconds: float
    times: list[float] = field(default_factory=list)
    statuses: Counter = field(default_factory=Counter)

    @property
    def per_second(self) -> float:
        return len(self.times) / self.seconds

    @property
    def p95_ms(self) -> float:
        return sorted(self.times)[int(len(self.times) * 0.95)] * 1000


def ask(url: str, *, connections: int, seconds: float, headers: dict[str, str] | None = None) -> Result:
    """Ask for ``url`` over so many connections for so many seconds."""
    return asyncio.run(_ask(url, connections, seconds, headers or {}))


async def _ask(url: str, connections: int, seconds: float, headers: dict[str, str]) -> Result:
    parts = urlsplit(url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    lines = [f"GET {target} HTTP/1.1", f"Host: {parts.netloc}", *(f"{k}: {v}" for k, v in headers.items())]
    request = ("\r\n".join(lines) + "\r\n\r\n").encode()
    result = Result(seconds)
    until = time.perf_counter() + seconds
    await asyncio.gather(
        *(_connection(parts.hostname, parts.port, request, until, result) for _ in range(connections))
    )
    return result


async def _connection(host, port, request: bytes, until: float, result: Result) -> None:
    reader, writer = await asyncio.open_connection(host, port)
    while (begun := time.perf_counter()) < until:
        writer.write(request)
        status, keep = await read_answer(reader)
        result.times.append(time.perf_counter() - begun)
        result.statuses[status] += 1
        if not keep:
            writer.close()
            reader, writer = await asyncio.open_connection(host, port)
    writer.close()


async def read_answer(reader: asyncio.StreamReader) -> tuple[int, bool]:
    """The status of one answer, and whether the connection stays open."""
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    lower = head.lower()
    if b"transfer-encoding: chunked" in lower:
        while size := int(await reader.readuntil(b"\r\n"), 16):
            await reader.readexactly(size + 2)
        await reader.readexactly(2)
    elif (at := lower.find(b"content-length:")) >= 0:
        await reader.readexactly(int(lower[at + 15 : lower.index(b"\r\n", at)]))
    return status, b"connection: close" not in lower

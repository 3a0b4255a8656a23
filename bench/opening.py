"""Many people answer one gathering at the same instant, through HTTP; then the rows are counted.

Every client first fetches the form token, all wait at one gate, and post together.
"""

import asyncio
import json
import re
import time
from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlsplit

from bench import databases, servers

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
COUNT = """
import json
from bench import make_gatherings
from peerhood.gatherings.models import Gathering, Rsvp
gathering = Gathering.objects.get(title="Few places")
line = list(gathering.rsvps.filter(status="waitlisted").order_by("answered_at", "pk").values_list("pk", flat=True))
print(json.dumps({
    "going": gathering.rsvps.filter(status="going").count(),
    "waiting": len(line),
    "in_order": line == sorted(line),
    "counted_going": gathering.going_count,
    "counted_waiting": gathering.waiting_count,
    "last_seat_before_line": not line or max(
        gathering.rsvps.filter(status="going").values_list("answered_at", flat=True), default=None
    ) <= gathering.rsvps.get(pk=line[0]).answered_at,
}))
"""


@dataclass
class Outcome:
    rows: dict
    statuses: Counter
    seconds: float

    @property
    def errors_5xx(self) -> int:
        return sum(count for status, count in self.statuses.items() if status >= 500)


def open_doors(
    kind: str, *, people: int, places: int, path: str = "/gatherings/{pk}/rsvp/", settings: str = ""
) -> Outcome:
    """Let ``people`` answer a gathering of ``places`` at once on a database of ``kind``.

    ``settings`` names another settings module: the control's, where the lock is missing.
    """
    with databases.fresh(kind) as environment:
        if settings:
            environment["DJANGO_SETTINGS_MODULE"] = settings
        made = databases.run(["-m", "bench.make_answerers", str(people), str(places)], environment)
        pk, *sessions = made.split()
        server = servers.start("/healthz", environment)
        try:
            begun = time.perf_counter()
            statuses = asyncio.run(
                _all_at_once(server.url, f"/gatherings/{pk}/", path.format(pk=pk), sessions)
            )
            seconds = time.perf_counter() - begun
        finally:
            server.stop()
        return Outcome(json.loads(databases.run(["-c", COUNT], environment)), statuses, seconds)


async def _all_at_once(url: str, page: str, action: str, sessions: list[str]) -> Counter:
    gate = asyncio.Event()
    ready = asyncio.Semaphore(0)
    # A client that fails ends them all: nobody waits for one who will never stand at the gate.
    async with asyncio.TaskGroup() as group:
        clients = [group.create_task(_client(url, page, action, key, ready, gate)) for key in sessions]
        for _ in sessions:
            await ready.acquire()
        gate.set()
    return Counter(client.result() for client in clients)


async def _client(
    url: str, page: str, action: str, session: str, ready: asyncio.Semaphore, gate: asyncio.Event
) -> int:
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    cookie = f"sessionid={session}"
    writer.write(
        f"GET {page} HTTP/1.1\r\nHost: {parts.netloc}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n".encode()
    )
    answer = await reader.read()
    writer.close()
    token = TOKEN.search(answer)
    assert token, answer[:600]
    csrf = re.search(rb"csrftoken=([^;]+)", answer)
    cookie += f"; csrftoken={csrf.group(1).decode()}"
    body = f"csrfmiddlewaretoken={token.group(1).decode()}".encode()
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    ready.release()
    await gate.wait()
    writer.write(
        f"POST {action} HTTP/1.1\r\nHost: {parts.netloc}\r\nCookie: {cookie}\r\nConnection: close\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        + body
    )
    answer = await reader.read()
    writer.close()
    return int(answer[9:12])

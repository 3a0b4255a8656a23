"""Many people answer one gathering at the same instant, through HTTP; then the rows are counted.

Every client first fetches the form token, all wait at one gate, and post together. Mails and journal
are written as ever; no worker runs beside it.
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


BARE = "bench.bare.answering_settings"


def measure(people: int = 500, places: int = 40) -> dict[str, float]:
    """Open the doors on each database, the yardstick beside it; print the table, and return the figures by name."""
    figures: dict[str, float] = {"seated": places, "waitlist_gaps": 0, "errors_5xx": 0, "p95_ms": 0}
    print(f"{'':<12}{'posts/s':>10}{'p95 ms':>10}{'bare: posts/s':>16}{'seated':>10}{'waiting':>10}")
    for kind in databases.reachable():
        bare = open_doors(kind, people=people, places=places, settings=BARE)
        outcome = open_doors(kind, people=people, places=places)
        # The one that is farthest from what was to be is the figure.
        figures["seated"] = max(figures["seated"], outcome.rows["going"], key=lambda n: abs(n - places))
        figures["waitlist_gaps"] += outcome.waitlist_gaps(people - places)
        figures["errors_5xx"] += outcome.errors_5xx
        figures["p95_ms"] = max(figures["p95_ms"], round(outcome.p95_ms))
        figures[f"posts_per_s_{kind}"] = round(outcome.posts_per_second, 1)
        figures[f"posts_vs_bare_{kind}"] = round(outcome.posts_per_second / bare.posts_per_second, 2)
        print(
            f"{kind:<12}{outcome.posts_per_second:>10.1f}{outcome.p95_ms:>10.0f}{bare.posts_per_second:>16.1f}"
            f"{outcome.rows['going']:>10}{outcome.rows['waiting']:>10}"
        )
    print()
    for name, value in figures.items():
        print(f"{name:<32}{value:>10}")
    return figures


@dataclass
class Outcome:
    rows: dict
    statuses: Counter
    # From the moment the doors open to the last answer; getting the form is before it.
    seconds: float
    times: list[float]

    def waitlist_gaps(self, expected: int) -> int:
        """How many of those who should wait do not, and one more where the line is in another order than the commits."""
        in_order = self.rows["in_order"] and self.rows["last_seat_before_line"]
        return abs(expected - self.rows["waiting"]) + (not in_order)

    @property
    def posts_per_second(self) -> float:
        return len(self.times) / self.seconds

    @property
    def p95_ms(self) -> float:
        return self.times[int(len(self.times) * 0.95)] * 1000

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
            answers, seconds = asyncio.run(
                _all_at_once(server.url, f"/gatherings/{pk}/", path.format(pk=pk), sessions)
            )
        finally:
            server.stop()
        statuses = Counter(status for status, _took in answers)
        times = sorted(took for _status, took in answers)
        return Outcome(json.loads(databases.run(["-c", COUNT], environment)), statuses, seconds, times)


async def _all_at_once(
    url: str, page: str, action: str, sessions: list[str]
) -> tuple[list[tuple[int, float]], float]:
    """Each answer's status and seconds, and the seconds from the gate to the last answer."""
    gate = asyncio.Event()
    ready = asyncio.Semaphore(0)
    # A client that fails ends them all: nobody waits for one who will never stand at the gate.
    async with asyncio.TaskGroup() as group:
        clients = [group.create_task(_client(url, page, action, key, ready, gate)) for key in sessions]
        for _ in sessions:
            await ready.acquire()
        begun = time.perf_counter()
        gate.set()
    return [client.result() for client in clients], time.perf_counter() - begun


async def _client(
    url: str, page: str, action: str, session: str, ready: asyncio.Semaphore, gate: asyncio.Event
) -> tuple[int, float]:
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
    begun = time.perf_counter()
    writer.write(
        f"POST {action} HTTP/1.1\r\nHost: {parts.netloc}\r\nCookie: {cookie}\r\nConnection: close\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        + body
    )
    answer = await reader.read()
    writer.close()
    return int(answer[9:12]), time.perf_counter() - begun

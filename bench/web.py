"""Pages, beside a bare Django view of the same list: requests a second, p95, CPU a request.

Same machine, same run, same server program, same 1,000 gatherings, and the list once more among
10,000; the load
generator uses the same cores, so only the ratios are worth quoting.
"""

import os
import urllib.request
from statistics import median

from bench import databases, opening, servers
from bench.load import Result, ask

SECONDS = float(os.environ.get("BENCH_SECONDS", "3"))
CONNECTIONS = (1, 16)
MANY = 10_000


def measure() -> dict[str, float]:
    """Measure everything, print the table, and return the figures by name."""
    rows: dict[str, dict[str, dict[int, tuple[Result, float]]]] = {}
    starts: list[float] = []
    for kind in databases.reachable():
        rows[kind], start = _pages(kind)
        starts.append(start)
    figures = _ratios(rows)
    figures["start_to_first_page_s"] = round(median(starts), 2)
    figures["pss_two_workers_mb"] = _two_workers()
    errors = 0
    for kind in databases.reachable():
        outcome = opening.open_doors(kind, people=100, places=10)
        figures[f"race_oversold_{kind}"] = max(0, outcome.rows["going"] - 10)
        errors += outcome.errors_5xx
    figures["race_5xx"] = errors
    _print(rows, figures)
    return figures


def _pages(kind: str) -> tuple[dict[str, dict[int, tuple[Result, float]]], float]:
    with databases.fresh(kind) as environment:
        session = databases.run(["-m", "bench.make_gatherings"], environment).strip()
        starts = []
        for _ in range(3):
            server = servers.start("/gatherings/", environment)
            starts.append(server.seconds_to_first_page)
            server.stop()
        measured = {}
        bare = servers.start("/gatherings/", environment | {"DJANGO_SETTINGS_MODULE": "bench.bare.settings"})
        try:
            measured["bare list"] = _load(bare, "/gatherings/")
        finally:
            bare.stop()
        server = servers.start("/gatherings/", environment)
        try:
            feed = "/gatherings/feed.ics"
            etag = urllib.request.urlopen(server.url + feed).headers["ETag"]
            measured["list, visitor"] = _load(server, "/gatherings/")
            measured["list, signed in"] = _load(server, "/gatherings/", {"Cookie": f"sessionid={session}"})
            measured["gathering, visitor"] = _load(server, "/gatherings/1/")
            measured["gathering, signed in"] = _load(
                server, "/gatherings/1/", {"Cookie": f"sessionid={session}"}
            )
            measured["calendar of one"] = _load(server, "/gatherings/1/calendar.ics")
            measured["feed of 1,000"] = _load(server, feed)
            measured["feed of 1,000, not changed"] = _load(server, feed, {"If-None-Match": etag}, status=304)
        finally:
            server.stop()
    return measured | _among_many(kind), median(starts)


def _among_many(kind: str) -> dict[str, dict[int, tuple[Result, float]]]:
    with databases.fresh(kind) as environment:
        session = databases.run(["-m", "bench.make_gatherings", str(MANY)], environment).strip()
        server = servers.start("/gatherings/", environment)
        try:
            return {
                "list of 10,000, visitor": _load(server, "/gatherings/"),
                "list of 10,000, signed in": _load(
                    server, "/gatherings/", {"Cookie": f"sessionid={session}"}
                ),
            }
        finally:
            server.stop()


def _load(server: servers.Server, path: str, headers: dict[str, str] | None = None, status: int = 200):
    """Result and CPU milliseconds a request, by number of connections; every answer must be the expected one."""
    measured = {}
    for connections in CONNECTIONS:
        ask(server.url + path, connections=connections, seconds=0.5, headers=headers)
        before = server.cpu_seconds()
        result = ask(server.url + path, connections=connections, seconds=SECONDS, headers=headers)
        cpu_ms = (server.cpu_seconds() - before) / len(result.times) * 1000
        if set(result.statuses) != {status}:
            raise RuntimeError(f"{path} answered {dict(result.statuses)}, expected {status}")
        measured[connections] = (result, cpu_ms)
    return measured


def _two_workers() -> float:
    """Memory of two web workers after load; needs Redis, without which two are refused."""
    redis = os.environ.get("TEST_REDIS_URL")
    if not redis:
        return 0.0
    with databases.fresh("sqlite") as environment:
        databases.run(["-m", "bench.make_gatherings"], environment)
        server = servers.start("/gatherings/", environment | {"WEB_WORKERS": "2", "REDIS_URL": redis})
        try:
            ask(server.url + "/gatherings/", connections=16, seconds=1)
            ask(server.url + "/gatherings/?page=2", connections=16, seconds=1)
            return round(server.pss_mb(), 1)
        finally:
            server.stop()


def _ratios(rows) -> dict[str, float]:
    """Per database at 16 connections; the worst of the databases is the figure."""

    def worst(ratio, choose):
        return round(choose(ratio(measured) for measured in rows.values()), 2)

    def per_second(name):
        return lambda measured: measured[name][16][0].per_second / measured["bare list"][16][0].per_second

    return {
        "list_anonymous_vs_bare": worst(per_second("list, visitor"), min),
        "list_signed_in_cpu_vs_bare": worst(
            lambda measured: measured["list, signed in"][16][1] / measured["bare list"][16][1], max
        ),
        "list_signed_in_p95_growth_1k_10k": worst(
            lambda measured: (
                measured["list of 10,000, signed in"][1][0].p95_ms / measured["list, signed in"][1][0].p95_ms
            ),
            max,
        ),
        "page_anonymous_vs_bare": worst(per_second("gathering, visitor"), min),
        "feed_anonymous_vs_bare": worst(per_second("feed of 1,000"), min),
        "feed_304_vs_bare": worst(per_second("feed of 1,000, not changed"), min),
    }


def _print(rows, figures: dict[str, float]) -> None:
    print(f"{'':<12}{'':<30}{'req/s':>20}{'p95 ms':>16}{'CPU ms/request':>18}")
    print(f"{'':<12}{'':<30}{'1':>10}{'16':>10}{'1':>8}{'16':>8}{'1':>9}{'16':>9}")
    for kind, measured in rows.items():
        for name, by_connections in measured.items():
            (one, one_cpu), (many, many_cpu) = (by_connections[n] for n in CONNECTIONS)
            print(
                f"{kind:<12}{name:<30}{one.per_second:>10.0f}{many.per_second:>10.0f}"
                f"{one.p95_ms:>8.1f}{many.p95_ms:>8.1f}{one_cpu:>9.2f}{many_cpu:>9.2f}"
            )
    print()
    for name, value in figures.items():
        print(f"{name:<32}{value:>10}")

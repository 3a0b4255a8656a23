"""Phones follow a room, the facilitator presses, and the web process is killed and started again.

The time of a change is from the moment the facilitator's press is sent until the bytes are at the phone; so
the press, its transaction and the page it is answered with are in it. Processor time is of every process
of the server: what a press takes with the phones, less what it takes when nobody follows. Each run
has a server and phones of its own; the figure is the median of the runs.
"""

import importlib.util
import json
import math
import os
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from statistics import median

from bench import databases
from bench.rooms import sites
from bench.servers import ROOT

PHONES, RUNS, CHANGES = 1000, 3, 20
SLOT = 0.1  # seconds: how finely a crowd at the door is looked at
WARMING = 2


class Crowd:
    """The process with the phones; see crowd.py."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.rooms.crowd"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, *request: object) -> list[float]:
        self.send(*request)
        return self.answer()

    def send(self, *request: object) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()

    def answer(self) -> list[float]:
        assert self.process.stdout
        return json.loads(self.process.stdout.readline())

    def __enter__(self) -> "Crowd":
        return self

    def __exit__(self, *_error: object) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            pipe and pipe.close()


@dataclass
class Run:
    """What one server and its phones did: seconds, for each phone and change; missing are those who never heard."""

    delays: list[float]
    expected_count: int
    # Of all presses: with the phones, and when nobody followed.
    cpu_seconds: float
    cpu_seconds_alone: float
    changes: int
    back: list[float]

    def percentile_ms(self, share: float) -> float:
        """Of all who should have heard: whoever never did counts as the slowest."""
        place = int((self.expected_count - 1) * share)
        return round(sorted(self.delays)[place] * 1000, 1) if place < len(self.delays) else math.inf

    @property
    def p50_ms(self) -> float:
        return self.percentile_ms(0.5)

    @property
    def p95_ms(self) -> float:
        return self.percentile_ms(0.95)

    @property
    def max_ms(self) -> float:
        return self.percentile_ms(1)

    @property
    def press_cpu_ms(self) -> float:
        """Of a press when nobody follows: the act, and the page that answers it."""
        return round(self.cpu_seconds_alone / self.changes * 1000, 1)

    @property
    def cpu_ms(self) -> float:
        """Of telling the phones."""
        return round((self.cpu_seconds - self.cpu_seconds_alone) / self.changes * 1000, 1)

    @property
    def received_share(self) -> float:
        return len(self.delays) / self.expected_count


def measure(phones: int = PHONES, runs: int = RUNS, changes: int = CHANGES) -> dict[str, float]:
    """Measure every site, print the table, and return the figures by name."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    load_before = os.getloadavg()[0]
    rows = {
        name: [follow(make, phones, changes) for _ in range(runs)]
        for name, make in sites_to_measure().items()
    }
    figures = figures_of(rows, phones) | {"load_average_before": round(load_before, 1)}
    _print(rows, figures, phones)
    return figures


Make = Callable[[], AbstractContextManager[sites.Site]]


def sites_to_measure() -> dict[str, Make]:
    redis, last = sites.redis_url(), databases.reachable()[-1]
    made: dict[str, Make] = {"one process": lambda: sites.ours("sqlite")}
    if redis:
        made["two processes"] = lambda: sites.ours(last, redis=redis, processes=2)
    if importlib.util.find_spec("channels"):
        made["Channels"] = sites.channels
        if redis:
            made["Channels, Redis"] = lambda: sites.channels(redis=redis)
            made["Channels, two processes"] = lambda: sites.channels(redis=redis, processes=2)
    return made


def follow(make: Make, phones: int, changes: int) -> Run:
    with make() as site, Crowd() as crowd:
        for _ in range(WARMING):
            site.press()
        alone = site.cpu_seconds()
        for _ in range(changes):
            site.press()
        alone = site.cpu_seconds() - alone
        streams = site.streams()
        for address in streams:
            came = crowd.ask("come in", address, phones // len(streams))
        count = len(streams) * (phones // len(streams))
        assert len(came) == count, f"{len(came)} of {count} came in"
        for _ in range(WARMING):
            crowd.ask("heard", site.press()[0])
        delays: list[float] = []
        cpu = site.cpu_seconds()
        for _ in range(changes):
            version, sent, _answered = site.press()
            delays += [at - sent for at in crowd.ask("heard", version)]
        cpu = site.cpu_seconds() - cpu
        back: list[float] = []
        if isinstance(site, sites.Ours) and len(streams) == 1:
            crowd.ask("fall")
            crowd.send("back")
            at = site.restart()
            back = [moment - at for moment in crowd.answer()]
        return Run(delays, count * changes, cpu, alone, changes, back)


def figures_of(rows: dict[str, list[Run]], phones: int) -> dict[str, float]:
    """Medians of the runs; of what must hold always (who heard, who came back) the worst."""
    ours, two = rows["one process"], rows.get("two processes", [])
    figures: dict[str, float] = {
        f"broadcast_p95_ms_{phones}": _median(run.p95_ms for run in ours),
        f"broadcast_cpu_ms_{phones}": _median(run.cpu_ms for run in ours),
        "press_cpu_ms": _median(run.press_cpu_ms for run in ours),
        "received_share": min(run.received_share for run in [*ours, *two]),
    }
    if two:
        figures[f"two_processes_p95_ms_{phones}"] = _median(run.p95_ms for run in two)
        figures[f"two_processes_cpu_ms_{phones}"] = _median(run.cpu_ms for run in two)
    # Of the layers that Channels offers one process, the better.
    if yardsticks := [rows[name] for name in ("Channels", "Channels, Redis") if name in rows]:
        best = min(yardsticks, key=lambda runs: _median(run.p95_ms for run in runs))
        figures[f"channels_p95_ms_{phones}"] = _median(run.p95_ms for run in best)
        figures[f"channels_cpu_ms_{phones}"] = _median(run.cpu_ms for run in best)
        figures["channels_received_share"] = min(run.received_share for run in best)
    figures["back_share"] = min(len(run.back) for run in ours) / phones
    figures["back_all_s"] = round(max(max(run.back, default=0) for run in ours), 2)
    figures["back_most_in_100_ms"] = max(fullest_slot(run.back) for run in ours)
    return figures


def fullest_slot(moments: list[float]) -> int:
    """How many came in the fullest tenth of a second."""
    return max(Counter(int(moment / SLOT) for moment in moments).values(), default=0)


def _median(of) -> float:
    return round(median(of), 1)


def _print(rows: dict[str, list[Run]], figures: dict[str, float], phones: int) -> None:
    print(f"\n{phones} phones; milliseconds from the press to the phone; the median of the runs\n")
    print(f"{'':<28}{'p50':>8}{'p95':>8}{'worst':>8}{'CPU':>8}{'CPU/press':>11}{'heard':>9}   each run's p95")
    for name, runs in rows.items():
        columns = [
            _median(getattr(run, what) for run in runs)
            for what in ("p50_ms", "p95_ms", "max_ms", "cpu_ms", "press_cpu_ms")
        ]
        heard = min(run.received_share for run in runs)
        each = ", ".join(f"{run.p95_ms:.0f}" for run in runs)
        print(
            f"{name:<28}{columns[0]:>8.0f}{columns[1]:>8.0f}{columns[2]:>8.0f}{columns[3]:>8.0f}{columns[4]:>11.0f}{heard:>9.2%}   {each}"
        )
    print()
    for name, value in figures.items():
        print(f"{name:<32}{value:>10}")

"""Start a server for a measurement, and read what it used: CPU seconds and memory of its whole process group."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[1]
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Server:
    url: str
    process: subprocess.Popen
    seconds_to_first_page: float

    def cpu_seconds(self) -> float:
        """User and system time of every process of the group so far."""
        total = 0
        for pid in self._pids():
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
            total += int(fields[11]) + int(fields[12])
        return total / TICKS

    def pss_mb(self) -> float:
        """Proportional set size of the group: shared pages are counted once."""
        total = 0
        for pid in self._pids():
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
        return total / 1024

    def _pids(self) -> list[int]:
        group = self.process.pid
        found = []
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                if int(path.read_text().rsplit(") ", 1)[1].split()[2]) == group:
                    found.append(int(path.parent.name))
            except OSError:
                continue
        return found

    def kill(self) -> None:
        """As a crash ends it."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(
    page: str,
    environment: dict[str, str],
    command: tuple[str, ...] = ("peerhood", "serve"),
    log: IO[str] | None = None,
    port: int = 0,
) -> Server:
    """Start a Python module, ``peerhood serve`` unless said, and wait for the first 200 of ``page``."""
    port = port or free_port()
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env={**os.environ, **environment, "PORT": str(port)},
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    url = f"http://127.0.0.1:{port}"
    while time.perf_counter() - begun < 60 and process.poll() is None:
        try:
            with urllib.request.urlopen(url + page, timeout=10):
                return Server(url, process, time.perf_counter() - begun)
        except urllib.error.HTTPError as error:
            os.killpg(process.pid, signal.SIGKILL)
            raise RuntimeError(f"{page} answered {error.code}") from error
        except OSError:
            time.sleep(0.005)
    raise RuntimeError(f"The server did not answer {page}.")

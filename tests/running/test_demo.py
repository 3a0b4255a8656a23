"""bin/demo, as a newcomer types it: it says what it does, keeps the data, and leaves nothing running."""

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from peerhood.demo.cast import CAST
from tests.conftest import ROOT, free_port

pytestmark = pytest.mark.processes
PATIENCE = 90
SENT_TO_NEWCOMER = re.compile(r">Sent<.{,200}newcomer@example\.org", re.DOTALL)


class Demo:
    """One run of bin/demo in a terminal of its own."""

    def __init__(self, home: Path, *arguments: str, port: int | None = None, **environment: str) -> None:
        self.port = port or free_port()
        self.home = home
        self.output = home.parent / f"{home.name}-{self.port}.log"
        ours = {"PEERHOOD_HOME": str(home), "PORT": str(self.port), **environment}
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                ["bin/demo", *arguments],
                cwd=ROOT,
                env=_newcomers_environment() | ours,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def says(self) -> str:
        return self.output.read_text()

    def is_ready(self) -> bool:
        """Wait until it has told where it is and whom to come in as."""
        until = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < until:
            if "Ctrl-C stops everything." in self.says():
                return True
            time.sleep(0.05)
        return False

    def press_ctrl_c(self, signal_number: int = signal.SIGINT) -> int:
        os.killpg(self.process.pid, signal_number)
        return self.process.wait(30)

    def page(self, path: str, host: str = "127.0.0.1") -> str:
        with urllib.request.urlopen(f"http://{host}:{self.port}{path}", timeout=10) as answer:
            return answer.read().decode()


def _newcomers_environment() -> dict[str, str]:
    ours = {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "PEERHOOD_MODE", "SITE_URL", "HOST"}
    return {name: value for name, value in os.environ.items() if name not in ours}


def left_running(home: Path) -> list[str]:
    """Command lines of every process that was started with this home."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"PEERHOOD_HOME={home}".encode() in (process / "environ").read_bytes().split(b"\0"):
                found.append((process / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found


@pytest.fixture
def start(tmp_path):
    runs = []

    def run(*arguments: str, **keywords) -> Demo:
        demo = Demo(tmp_path / "home", *arguments, **keywords)
        runs.append(demo)
        return demo

    yield run
    for demo in runs:
        if demo.process.poll() is None:
            demo.press_ctrl_c(signal.SIGTERM)


def ask_for_a_code(demo: Demo, address: str) -> None:
    """Leave a trace in the data: somebody asks for a sign-in code, so a mail is written."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    url = f"http://127.0.0.1:{demo.port}/sign-in/"
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', browser.open(url).read().decode())[1]
    browser.open(url, urllib.parse.urlencode({"csrfmiddlewaretoken": token, "address": address}).encode())


def wait_until(is_so: Callable[[], bool]) -> bool:
    until = time.monotonic() + PATIENCE
    while not is_so() and time.monotonic() < until:
        time.sleep(0.1)
    return is_so()


def test_from_start_to_ctrl_c_and_on_again_and_over(start):
    first = start()
    assert first.is_ready(), first.says()
    stages = ["Preparing the database", "Loading the demo network", "Peerhood is ready", "Come in as one of"]
    said = first.says()
    assert [stage for stage in stages if stage not in said] == []
    assert sorted(stages, key=said.index) == stages
    assert f"http://127.0.0.1:{first.port}/" in said
    assert all(f"  {address} " in said for address, _sentence in CAST)
    assert (first.home / "var" / "peerhood.sqlite3").exists()
    ask_for_a_code(first, "newcomer@example.org")
    assert wait_until(lambda: SENT_TO_NEWCOMER.search(first.page("/mail/")))  # web and worker both work
    assert len(left_running(first.home)) >= 3
    assert first.press_ctrl_c() == 0
    assert left_running(first.home) == []

    again = start(port=first.port)
    assert again.is_ready(), again.says()
    assert "nothing was loaded" in again.says()
    assert "newcomer@example.org" in again.page("/mail/")
    assert again.press_ctrl_c(signal.SIGHUP) == 0  # the terminal was closed
    assert left_running(first.home) == []

    over = start("--fresh", port=first.port, HOST="0.0.0.0")
    assert over.is_ready(), over.says()
    assert "Starting over" in over.says()
    assert "newcomer@example.org" not in over.page("/mail/", host=socket.gethostbyname(socket.gethostname()))
    assert over.press_ctrl_c() == 0


def test_a_taken_port_is_said_and_nothing_is_touched(start):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        demo = start("--fresh", port=port)
        assert demo.process.wait(PATIENCE) == 1
    assert f"127.0.0.1:{port} is taken" in demo.says()
    assert f"PORT={port + 1} bin/demo" in demo.says()
    assert "Traceback" not in demo.says()
    assert not demo.home.exists()


def test_the_demo_never_removes_a_network_that_is_not_its_own(start, tmp_path):
    database = tmp_path / "home" / "var" / "peerhood.sqlite3"
    database.parent.mkdir(parents=True)
    database.write_bytes(b"a real network")
    demo = start("--fresh")
    assert demo.process.wait(PATIENCE) == 1
    assert "nothing was changed" in demo.says()
    assert database.read_bytes() == b"a real network"
    assert list(database.parent.iterdir()) == [database]


def test_fresh_does_not_pretend_to_empty_another_database(start):
    demo = start("--fresh", DATABASE_URL="postgres://nobody@127.0.0.1:1/nothing")
    assert demo.process.wait(PATIENCE) == 1
    assert "DATABASE_URL" in demo.says()


def test_ctrl_c_while_it_is_loading_leaves_the_data_whole(start):
    demo = start()
    assert wait_until(lambda: "Loading the demo network" in demo.says())
    assert demo.press_ctrl_c() == 0
    assert "Traceback" not in demo.says()
    assert left_running(demo.home) == []
    again = start()
    assert again.is_ready(), again.says()
    assert "nothing was loaded" in again.says()

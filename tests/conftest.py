"""A real server for tests that cross processes: the demo as a newcomer runs it, on a port of its own."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from peerhood.config import demo_home
from tests.browsing import LOCALES, Somebody

ROOT = Path(__file__).resolve().parents[1]
DATABASE = "peerhood.sqlite3"


@dataclass
class Server:
    url: str
    process: subprocess.Popen
    home: Path
    environment: dict[str, str]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(command: list[str], home: Path, **environment: str) -> Server:
    """Start a peerhood command and wait until /healthz answers."""
    port = free_port()
    # A server has its own database and the product's settings, not those of the tests.
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    }
    environment = {
        **inherited,
        "PEERHOOD_MODE": "demo",
        "PEERHOOD_HOME": str(home),
        "PORT": str(port),
        "POT_SPOOL": str(home / "pot"),
        "SITE_URL": f"http://127.0.0.1:{port}",
        **environment,
    }
    with (home / "server.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "peerhood", *command],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    url = f"http://127.0.0.1:{port}"
    until = time.monotonic() + 90
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=2):
                return Server(url, process, home, environment)
        except OSError:
            time.sleep(0.1)
    stop(process)
    raise RuntimeError((home / "server.log").read_text())


def stop(process: subprocess.Popen) -> None:
    """Ask the whole group to end, as Ctrl-C does; insist after ten seconds."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@dataclass
class Loaded:
    """The demo that all share, and its database as it was before anybody came."""

    server: Server
    untouched: Path

    def put_into(self, home: Path) -> None:
        """A network of its own for a demo that starts here, and need not plant one."""
        shutil.copytree(self.untouched, home / "var")


@pytest.fixture(scope="session")
def loaded_demo(tmp_path_factory):
    home = tmp_path_factory.mktemp("demo")
    server = start(["demo"], home)
    untouched = tmp_path_factory.mktemp("untouched") / "var"
    untouched.mkdir()
    shutil.copy(home / "var" / demo_home.MARK, untouched)
    # Not the file itself: what was written last may still be in the log beside it.
    with (
        closing(sqlite3.connect(home / "var" / DATABASE)) as source,
        closing(sqlite3.connect(untouched / DATABASE)) as copy,
    ):
        source.backup(copy)
    yield Loaded(server, untouched)
    stop(server.process)


@pytest.fixture(scope="session")
def demo(loaded_demo):
    """The demo network, served as bin/demo serves it."""
    return loaded_demo.server


@pytest.fixture
def somebody(browser, demo):
    """Open a browser: ``somebody("sv", width=390)``; with ``scripts=False`` it runs none."""
    contexts = []

    def open_browser(
        language: str = "en", width: int = 1280, height: int = 800, *, scripts: bool = True
    ) -> Somebody:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale=LOCALES[language],
            is_mobile=width < 500,
            java_script_enabled=scripts,
        )
        contexts.append(context)
        return Somebody(context, context.new_page(), demo.url, language)

    yield open_browser
    for context in contexts:
        context.close()

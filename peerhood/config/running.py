"""Run the demo: prepare the data, start the web and the worker process, stop both together."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from types import FrameType

PATIENCE_SECONDS = 30


def demo(host: str, port: int, *, fresh: bool, reload: bool) -> int:
    """Prepare and run until stopped; the exit code for the shell."""
    begun = time.monotonic()
    if not _is_free(host, port):
        say(
            f"Port {port} is taken by another program. Stop it, or choose another port: PORT={port + 1} bin/demo"
        )
        return 1
    if fresh:
        _forget_everything()
    _prepare()
    processes = [
        _start("serve", *(["--reload"] if reload else [])),
        _start("work"),
    ]
    try:
        signal.signal(signal.SIGTERM, _interrupt)
        if not _comes_up(processes, host, port):
            say("The server did not come up; what it said is above.")
            return 1
        _welcome(time.monotonic() - begun)
        while all(process.poll() is None for process in processes):
            time.sleep(0.3)
        say("One of the two processes ended by itself; stopping the other.")
        return 1
    except KeyboardInterrupt:
        say("\nStopping. The data stays; bin/demo goes on where you left, bin/demo --fresh starts over.")
        return 0
    finally:
        _stop(processes)


def say(words: str) -> None:
    print(words, flush=True)


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _var() -> Path:
    return Path(os.environ.get("PEERHOOD_HOME") or Path(__file__).resolve().parents[2]) / "var"


def _forget_everything() -> None:
    say("· Starting over: the demo's data is removed")
    shutil.rmtree(_var(), ignore_errors=True)


def _prepare() -> None:
    """Migrate and load in this process: every further start of Python would cost half a second."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peerhood.config.settings")
    import django
    from django.core.management import call_command

    say("· Preparing the database")
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_demo")


def _start(*command: str) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-m", "peerhood", *command], start_new_session=True)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _comes_up(processes: list[subprocess.Popen], host: str, port: int) -> bool:
    address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}/healthz"
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and all(process.poll() is None for process in processes):
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                return bool(json.load(answer)["database"])
        except OSError:
            time.sleep(0.1)
    return False


def _welcome(seconds: float) -> None:
    from peerhood.demo.cast import CAST

    url = os.environ["SITE_URL"]
    say(f"\nPeerhood is ready after {seconds:.1f} s:  {url}/")
    say(f"Come in as one of these, without a password, at {url}/demo/")
    for email, sentence in CAST:
        say(f"  {email:<42} {sentence}")
    say(f"Mail that would have been sent: {url}/mail/\nCtrl-C stops everything.")


def _stop(processes: list[subprocess.Popen]) -> None:
    """Ask, wait, then insist. Each child leads a group of its own, so its children go with it."""
    for number, patience in ((signal.SIGTERM, 5), (signal.SIGKILL, 5)):
        for process in processes:
            if process.poll() is None:
                os.killpg(process.pid, number)
        until = time.monotonic() + patience
        while time.monotonic() < until and any(process.poll() is None for process in processes):
            time.sleep(0.05)

"""Run the demo: prepare the data, start the web and the worker process, stop both together."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from threading import Event

from peerhood.config import demo_home

PATIENCE_SECONDS = 30
# A closed terminal and a process manager end the demo as Ctrl-C does.
STOPPING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


def demo(host: str, port: int, *, fresh: bool, reload: bool) -> int:
    """Prepare and run until stopped; the exit code for the shell."""
    begun = time.monotonic()
    if not _is_free(host, port):
        say(f"{host}:{port} is taken, or not an address of this machine; nothing was changed.")
        say(f"Stop the program that has it, or choose another port: PORT={port + 1} bin/demo")
        return 1
    if objection := demo_home.objection(fresh=fresh):
        say(objection)
        return 1
    stopped = _when_asked_to_stop()
    if fresh:
        say("· Starting over: the demo's data is removed")
        demo_home.forget()
    _prepare()
    processes = [_start("serve", *(["--reload"] if reload else [])), _start("work")]
    try:
        if _comes_up(processes, host, port, stopped):
            _welcome(time.monotonic() - begun)
            while not stopped.wait(0.3) and _all_alive(processes):
                pass
    finally:
        _stop(processes)
    if not stopped.is_set():
        say("One of the two processes ended by itself, or never came up; what it said is above.")
        return 1
    say("\nStopped. The data stays; bin/demo goes on where you left, bin/demo --fresh starts over.")
    return 0


def _when_asked_to_stop() -> Event:
    """An event instead of an exception, which could cut the data off half way, or be lost in a finalizer."""
    stopped = Event()
    for number in STOPPING:
        signal.signal(number, lambda _number, _frame: stopped.set())
    return stopped


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


def _prepare() -> None:
    """Migrate and load in this process: every further start of Python would cost half a second."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peerhood.config.settings")
    import django
    from django.core.management import call_command

    say("· Preparing the database")
    demo_home.claim()
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_demo")


def _start(*command: str) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-m", "peerhood", *command], start_new_session=True)


def _all_alive(processes: list[subprocess.Popen]) -> bool:
    return all(process.poll() is None for process in processes)


def _comes_up(processes: list[subprocess.Popen], host: str, port: int, stopped: Event) -> bool:
    address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}/healthz"
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and _all_alive(processes) and not stopped.wait(0.1):
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                return bool(json.load(answer)["database"])
        except OSError:
            continue
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

"""The site as an operator runs it, in processes of its own, and a phone that listens to its streams."""

import http.client
import json
import os
import queue
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from contextlib import suppress
from pathlib import Path

# Long, because a machine that runs a whole suite is slow; nothing here waits longer than it must.
PATIENCE = 120
TOKEN = "t" * 32


class Server:
    def __init__(self, home: Path, **environment: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.home = home
        inherited = {
            name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}
        }
        self.environment = inherited | {
            "PEERHOOD_MODE": "demo",
            "PEERHOOD_HOME": str(home),
            "DJANGO_SETTINGS_MODULE": "peerhood.config.settings",
            "PORT": str(self.port),
            "POT_SPOOL": str(home / "pot"),
            **environment,
        }

    def start(self) -> None:
        migrate = [sys.executable, "-m", "peerhood", "admin", "migrate", "--verbosity=0"]
        subprocess.run(migrate, env=self.environment, check=True, timeout=PATIENCE)
        with (self.home / "server.log").open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "peerhood", "serve"], env=self.environment, stdout=log, stderr=log
            )
        self.other_process = subprocess.Popen(
            [sys.executable, "-m", "peerhood.rooms.tests.stage"],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        until = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError((self.home / "server.log").read_text())

    def stop(self) -> None:
        with self.other_process:
            self.other_process.terminate()
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def stage(self, *request: object) -> dict:
        """Do something in the other process; see stage.py."""
        self.other_process.stdin.write(json.dumps(request) + "\n")
        self.other_process.stdin.flush()
        return json.loads(self.other_process.stdout.readline())

    def press(self, staged: dict, act: str, version: int) -> int:
        """Ada presses a button in her browser; returns the version the answer shows."""
        request = urllib.request.Request(
            f"{self.url}/gatherings/{staged['gathering']}/room/{act}/",
            data=urllib.parse.urlencode({"version": version, "csrfmiddlewaretoken": TOKEN}).encode(),
            headers={
                "Cookie": f"sessionid={staged['session']}; csrftoken={TOKEN}",
                "HX-Request": "true",
            },
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as response:
            return int(response.headers["Room-Version"])

    def get(self, path: str, session: str = "") -> int:
        """The status of a page, as a visitor sees it or whoever the session is of."""
        return self._answer(path, session)[0]

    def where(self, path: str, session: str = "") -> str:
        """Where a page sends whoever asks for it; empty when it stays."""
        return self._answer(path, session)[1]

    def _answer(self, path: str, session: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        cookie = {"Cookie": f"sessionid={session}"} if session else {}
        connection.request("GET", path, headers=cookie)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status, answer.headers.get("Location", "")


class Phone:
    """Follows a room's stream; ``heard`` are the versions it was told, None at the end of the stream."""

    def __init__(self, server: Server, code: str, session: str = "") -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        cookie = {"Cookie": f"sessionid={session}"} if session else {}
        self.connection.request("GET", f"/r/{code}/stream/", headers=cookie)
        self.socket = self.connection.sock
        self.response = self.connection.getresponse()
        self.status, self.headers = self.response.status, self.response.headers
        self.last_event = ""
        self.heard: queue.Queue[int | None] = queue.Queue()
        self.listening = threading.Thread(target=self._listen, daemon=True)
        self.listening.start()

    def _listen(self) -> None:
        try:
            for line in self.response:
                if line.startswith(b"event: "):
                    self.last_event = line.removeprefix(b"event: ").strip().decode()
                if line.startswith(b"data: "):
                    self.heard.put(int(line.removeprefix(b"data: ")))
        except (OSError, ValueError, http.client.HTTPException):
            pass
        self.heard.put(None)

    def next(self) -> int | None:
        return self.heard.get(timeout=PATIENCE)

    def until(self, version: int | None) -> list[int | None]:
        """Everything heard up to this version, or up to the end of the stream."""
        told = [self.next()]
        while told[-1] is not None and told[-1] != version:
            told.append(self.next())
        return told

    def hang_up(self) -> None:
        # The thread reads until the socket ends under it; only then is it safe to close.
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.listening.join(PATIENCE)
        self.response.close()
        self.connection.close()

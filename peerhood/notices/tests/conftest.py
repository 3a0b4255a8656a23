"""A provider of our own: a tiny mail server that does what a test tells it to."""

import itertools
import socketserver
import threading
import time
from collections import deque
from email import message_from_bytes, policy

import pytest


class Provider(socketserver.ThreadingTCPServer):
    """Speaks just enough SMTP. ``mood`` is well, refusing, busy, hanging or dropping (dies after DATA).

    ``hangs_at`` and ``fails_at`` name a verb, or END for the end of DATA; HELLO is the greeting itself.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.mood = "well"
        self.refusal = "550 no such person"
        self.hangs_at = self.fails_at = ""
        self.failure = "451 later, please"
        self.received, self.senders = [], []
        # Each of the next conversations stands still at one of these until it is opened.
        self.gates = deque()
        # The same when it has the whole mail, and has not said so.
        self.gates_after_data = deque()

    def subjects(self):
        return [message["Subject"] for message in self.received]


class Gate:
    def __init__(self):
        self.reached, self.opened = threading.Event(), threading.Event()

    def pass_through(self):
        self.reached.set()
        self.opened.wait(10)


class Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        if self.server.gates:
            self.server.gates.popleft().pass_through()
        if self.server.mood == "hanging" or not self.goes_on("HELLO", "220 provider"):
            return time.sleep(1.5)
        for line in self.rfile:
            verb = line[:4].upper().strip().decode("ascii", "replace")
            if verb == "MAIL":
                self.server.senders.append(line.decode().partition("<")[2].partition(">")[0])
            if verb == "RCPT" and self.server.mood in {"refusing", "busy"}:
                self.say(self.server.refusal if self.server.mood == "refusing" else "451 later, please")
            elif verb == "DATA":
                if not self.goes_on("DATA", "354 go on"):
                    return time.sleep(1.5)
                if self.server.fails_at == "DATA":
                    continue
                self.server.received.append(self.message())
                if self.server.gates_after_data:
                    self.server.gates_after_data.popleft().pass_through()
                    return None
                if self.server.mood == "dropping":
                    return None
                if not self.goes_on("END", "250 fine"):
                    return time.sleep(1.5)
            elif not self.goes_on(verb, "221 bye" if verb == "QUIT" else "250 fine"):
                return time.sleep(1.5)
            elif verb == "QUIT":
                return None
        return None

    def goes_on(self, verb, words):
        """Answer, unless this is where it hangs; where it fails it says so."""
        if verb == self.server.hangs_at:
            return False
        self.say(self.server.failure if verb == self.server.fails_at else words)
        return True

    def say(self, words):
        self.wfile.write(words.encode() + b"\r\n")

    def message(self):
        lines = iter(self.rfile.readline, b".\r\n")
        return message_from_bytes(b"".join(lines), policy=policy.default)


@pytest.fixture
def provider(settings):
    with Provider() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_TIMEOUT = 0.5
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def letter(tmp_path, settings):
    """Write a mail's template and get its kind: ``letter("Hello\\nDear {{ person.name }}")``."""
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}]
    folder = tmp_path / "tests" / "mail"
    folder.mkdir(parents=True)
    numbers = itertools.count(1)

    def write(text):
        name = f"letter{next(numbers)}"
        (folder / f"{name}.txt").write_text(text)
        return f"tests/{name}"

    return write

"""A provider of our own: a tiny mail server that does what a test tells it to."""

import itertools
import socketserver
import threading
import time
from email import message_from_bytes, policy

import pytest


class Provider(socketserver.ThreadingTCPServer):
    """Speaks just enough SMTP. ``mood`` is well, refusing, busy, hanging or dropping (dies after DATA)."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.mood = "well"
        self.received = []

    def subjects(self):
        return [message["Subject"] for message in self.received]


class Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        if self.server.mood == "hanging":
            return time.sleep(3)
        self.say("220 provider")
        for line in self.rfile:
            verb = line[:4].upper().strip()
            if verb == b"DATA":
                self.say("354 go on")
                self.server.received.append(self.message())
                if self.server.mood == "dropping":
                    return None
            if verb == b"RCPT" and self.server.mood in {"refusing", "busy"}:
                self.say("550 no such person" if self.server.mood == "refusing" else "451 later, please")
            elif verb == b"QUIT":
                return self.say("221 bye")
            else:
                self.say("250 fine")
        return None

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

"""F5 with a real worker that is killed (kill -9) while it delivers: nothing is lost, and nothing comes twice
but in the one window between the end of DATA and our writing down that the mail went out.
"""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time

import pytest

from peerhood.notices.tests.conftest import Gate, Provider
from tests.conftest import ROOT, stop

pytestmark = pytest.mark.processes

WRITE = """
from peerhood.notices.models import Mail
from peerhood.notices.tasks import deliver_mail
mail = Mail.objects.create(address="ada@example.org", kind="tests/letter", language="en",
                           subject="Hello", text="there")
deliver_mail(mail.pk)
"""
DUE_AGAIN = """
from django.utils.timezone import now
from peerhood.notices.models import Mail
from peerhood.notices.tasks import deliver_mail
Mail.objects.update(next_try_at=now())
deliver_mail(Mail.objects.get().pk)
"""


@pytest.fixture
def provider():
    with Provider() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def office(tmp_path, provider):
    """A Peerhood in production with a database of its own, whose provider is the test's."""
    host, port = provider.server_address
    environment = {
        "PATH": os.environ["PATH"],
        "PEERHOOD_MODE": "production",
        "PEERHOOD_HOME": str(tmp_path),
        "SECRET_KEY": "k" * 50,
        "ALLOWED_HOSTS": "peers.example",
        "SITE_URL": "https://peers.example",
        "EMAIL_URL": f"smtp://{host}:{port}",
    }
    office = Office(environment, tmp_path / "var")
    office.run("migrate", "--verbosity", "0")
    yield office
    for worker in office.workers:
        stop(worker)


class Office:
    def __init__(self, environment, var):
        self.environment, self.var, self.workers = environment, var, []

    def run(self, *command):
        subprocess.run(
            [sys.executable, "-m", "peerhood", "admin", *command],
            cwd=ROOT, env=self.environment, check=True, capture_output=True, timeout=120,
        )  # fmt: skip

    def shell(self, code):
        self.run("shell", "--no-imports", "-c", code)

    def work(self):
        command = [sys.executable, "-m", "peerhood", "work"]
        self.workers.append(subprocess.Popen(command, cwd=ROOT, env=self.environment, start_new_session=True))

    def kill(self):
        worker = self.workers.pop()
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()

    def mail(self):
        (database,) = [path for path in self.var.glob("*.sqlite3") if path.name.startswith("peerhood")]
        with sqlite3.connect(database, timeout=20) as connection:
            return connection.execute("SELECT state, tries_count FROM notices_mail").fetchone()

    def wait_for(self, state):
        until = time.monotonic() + 60
        while self.mail()[0] != state and time.monotonic() < until:
            time.sleep(0.1)
        return self.mail()


@pytest.mark.parametrize(("killed_at", "copies"), [("before", 1), ("after", 2)])
def test_a_worker_that_is_killed_leaves_its_mail_to_the_next(office, provider, killed_at, copies):
    gate = Gate()
    (provider.gates if killed_at == "before" else provider.gates_after_data).append(gate)
    office.shell(WRITE)
    office.work()
    assert gate.reached.wait(60)
    office.kill()
    gate.opened.set()
    # It was claimed, and not written down as sent: nobody else takes it until the lease is over.
    assert office.mail() == ("queued", 1)
    office.shell(DUE_AGAIN)
    office.work()
    assert office.wait_for("sent") == ("sent", 2)
    assert len(provider.received) == copies
    assert len({message["Message-ID"] for message in provider.received}) == 1

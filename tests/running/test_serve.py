"""peerhood serve: what it refuses, and that it says why in one line."""

import os
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from peerhood.config import cli
from peerhood.rooms.pot import place
from peerhood.rooms.tests.server import Server
from tests.conftest import ROOT, free_port, start, stop

pytestmark = pytest.mark.processes


def serve(home, **environment) -> subprocess.CompletedProcess:
    """Run it where it is expected to refuse."""
    inherited = {"PATH": os.environ["PATH"], "PEERHOOD_HOME": str(home), "PORT": str(free_port())}
    return subprocess.run(
        [sys.executable, "-m", "peerhood", "serve"],
        cwd=ROOT,
        env=inherited | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_two_workers_without_redis_are_refused_with_the_reason(tmp_path):
    refused = serve(tmp_path, PEERHOOD_MODE="demo", WEB_WORKERS="2")
    assert refused.returncode == 2
    assert "2 web workers without REDIS_URL" in refused.stderr
    assert "Set REDIS_URL, or use one worker" in refused.stderr


def test_control_two_workers_with_redis_serve(tmp_path):
    redis = os.environ.get("TEST_REDIS_URL")
    if not redis:
        pytest.skip("Redis")
    server = start(["demo"], tmp_path, WEB_WORKERS="2", REDIS_URL=redis)
    stop(server.process)
    assert server.process.returncode == 0


def test_it_takes_as_many_open_files_as_it_is_granted(tmp_path):
    """A thousand phones are a thousand open files; a shell often grants 1,024."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))
    server = Server(tmp_path)
    try:
        server.start()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    try:
        if sys.platform != "linux":
            pytest.skip("/proc")
        limits = Path(f"/proc/{server.process.pid}/limits").read_text()
        assert int(re.search(r"Max open files +(\d+)", limits)[1]) == min(hard, cli.MANY_FILES)
    finally:
        server.stop()


@pytest.mark.parametrize(
    ("environment", "reason"),
    [
        ({}, "SECRET_KEY"),
        ({"SECRET_KEY": "k" * 50, "DATABASE_URL": "nonsense"}, "DATABASE_URL"),
        ({"SECRET_KEY": "k" * 50, "SECURE_SSL_REDIRECT": "perhaps"}, "SECURE_SSL_REDIRECT"),
        ({"SECRET_KEY": "k" * 50, "INBOUND_ADDRESS": "reply"}, "INBOUND_ADDRESS"),
        ({"SECRET_KEY": "k" * 50, "WEB_WORKERS": "many"}, "WEB_WORKERS"),
        ({"SECRET_KEY": "k" * 50, "PORT": "99999"}, "PORT"),
    ],
)
def test_a_setting_that_cannot_be_is_named_and_nothing_starts(tmp_path, environment, reason):
    refused = serve(tmp_path, **environment)
    assert refused.returncode == 2
    assert reason in refused.stderr
    assert "Traceback" not in refused.stderr


PRODUCTION = {"SECRET_KEY": "k" * 50, "ALLOWED_HOSTS": "peers.example", "SITE_URL": "https://peers.example"}


def test_notes_are_never_kept_on_a_disk(tmp_path):
    if place.is_in_memory(tmp_path):
        pytest.skip("a disk")
    refused = serve(tmp_path, **PRODUCTION, POT_SPOOL=str(tmp_path / "pot"))
    assert refused.returncode == 2
    assert "is on a disk" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_spool_that_others_may_read_is_refused(tmp_path):
    (tmp_path / "pot").mkdir(mode=0o755)
    refused = serve(tmp_path, PEERHOOD_MODE="demo", POT_SPOOL=str(tmp_path / "pot"))
    assert refused.returncode == 2
    assert "0700" in refused.stderr

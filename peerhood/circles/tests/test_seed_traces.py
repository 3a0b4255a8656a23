"""Once the mail to an invited address is delivered, no file on the machine holds the address any more."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.processes

ROOT = Path(__file__).parents[3]
CANARY = "planted.canary@example.net"
STORY = """
from pathlib import Path
from datetime import timedelta
from django.conf import settings
from django.db import connection
from django.utils.timezone import localdate
from peerhood.circles.seeding import inviting, planting
from peerhood.notices import delivery, fleeting
from peerhood.people.models import Person

CANARY = {canary!r}.encode()

def files():
    return sorted(path.name for path in Path(settings.VAR).rglob("*") if path.is_file() and CANARY in path.read_bytes())

connection.ensure_connection()
{before}
ada = Person.objects.create_user("ada@example.org", name="Ada")
seed = planting.draft(ada, name="One desk", purpose="Peers.", language="en", time_zone="Europe/Stockholm",
                      sprouts_by=localdate() + timedelta(days=20))
planting.plant(seed, by=ada)
inviting.invite(seed, [CANARY.decode()], by=ada)
print("waiting", bool(files()))
print("delivered", delivery.deliver_due())
fleeting.leave_no_trace()
print("files", files())
"""


def told(home: Path, before: str = "") -> list[str]:
    environment = {"PATH": os.environ["PATH"], "PEERHOOD_HOME": str(home), "PEERHOOD_MODE": "demo"}
    run = [sys.executable, "-m", "peerhood", "admin"]
    subprocess.run([*run, "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
    story = STORY.format(canary=CANARY, before=before)
    done = subprocess.run(
        [*run, "shell", "-v0", "-c", story],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.splitlines()


def test_no_file_holds_the_address_after_delivery(tmp_path):
    assert told(tmp_path) == ["waiting True", "delivered 1", "files []"]


def test_control_without_writing_over_what_is_deleted_the_file_holds_it(tmp_path):
    said = told(tmp_path, before='connection.cursor().execute("PRAGMA secure_delete=OFF")')
    assert said == ["waiting True", "delivered 1", "files ['peerhood.sqlite3']"]

"""D14: a web process and a worker that are killed with notes in the pot. Nothing by half, nothing lost, nothing twice."""

import os
import signal
import urllib.request

import pytest

from bench import databases, servers
from peerhood.rooms.pot import envelope

# One worker for all of them: a table is laid once.
pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("promise")]
# The worker dies where it hurts most: the pot is closed, and its notes are on their way into the database.
POUR_AND_DIE = """
import os, signal
import django
django.setup()
from peerhood.rooms.models import Note, Pot
from peerhood.rooms.pot import pouring
real = type(Note.objects).bulk_create
def dies(*args, **kwargs):
    {before}
    os.kill(os.getpid(), signal.SIGKILL)
type(Note.objects).bulk_create = dies
pouring.pour(Pot.objects.get(pk={pot}))
"""
WITHOUT_A_TRANSACTION = """
from peerhood.rooms.models import Room
type(Room.objects.all()).select_for_update = lambda rooms, **of: rooms
pouring.pour.__wrapped__("""


def hand_in_all(table, room):
    statuses = []
    for number in range(5):
        body = envelope.padded(f"a-token-of-one-phone-{number}", f"Note {number}")
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{table.server.url}/pot/{room['key']}/", data=body, headers=headers)
        with urllib.request.urlopen(request) as answer:
            statuses.append(answer.status)
    return statuses


def poured(table, room):
    return sorted(table.ask("pour", room["pot"])["notes"]["keys"])


ALL = [f"Note {number}" for number in range(5)]


def test_a_web_process_that_is_killed_loses_no_note_that_was_acknowledged(table, room):
    assert hand_in_all(table, room) == [200] * 5
    os.killpg(table.server.process.pid, signal.SIGKILL)
    table.server.process.wait()
    table.server = servers.start("/healthz", table.environment)
    # A phone that is not sure hands in again, and nothing comes twice.
    assert hand_in_all(table, room) == [200] * 5
    assert poured(table, room) == ALL


@pytest.mark.parametrize("before", ["pass", "real(*args, **kwargs)"])
def test_a_worker_that_is_killed_while_it_pours_shows_nothing_by_half(table, room, before):
    hand_in_all(table, room)
    with pytest.raises(Exception, match="SIGKILL"):
        databases.run(["-c", POUR_AND_DIE.format(before=before, pot=room["pot"])], table.environment)
    assert table.ask("seen", room["pot"]) == {"state": "open", "notes": 0}
    assert poured(table, room) == ALL


def test_control_a_worker_without_a_transaction_shows_half(table, room):
    hand_in_all(table, room)
    dies = POUR_AND_DIE.format(before="real(args[0], list(args[1])[:2])", pot=room["pot"])
    with pytest.raises(Exception, match="SIGKILL"):
        databases.run(["-c", dies.replace("pouring.pour(", WITHOUT_A_TRANSACTION)], table.environment)
    assert table.ask("seen", room["pot"])["notes"] == 2

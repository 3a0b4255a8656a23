"""D14 for votes: a web process and a worker that are killed with votes in the pot. Nothing counted by half, lost or twice."""

import json

import pytest

from bench import databases, servers
from bench.promise import game
from tests.promise.looking import hand_in, page

# One worker for all of them: a table is laid once.
pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("promise")]
# The worker dies while the totals are being written.
COUNT_AND_DIE = """
import os, signal
import django
django.setup()
from peerhood.rooms.models import Note, Pot, Room
from peerhood.rooms.pot import pouring
real = type(Note.objects).bulk_update
def dies(*args, **kwargs):
    {before}
    os.kill(os.getpid(), signal.SIGKILL)
type(Note.objects).bulk_update = dies
{act}(Pot.objects.get(pk={pot}))
"""
WITHOUT_A_TRANSACTION = """
type(Room.objects.all()).select_for_update = lambda rooms, **of: rooms
pouring.pour.__wrapped__"""


@pytest.fixture
def vote(table, room):
    """Five notes, and a dot for each on the first of them: ``vote["tickets"]`` are spent."""
    members = table.members()[:5]
    for member in members:
        page(table, f"/r/{room['code']}/", member)
    for number in range(5):
        hand_in(table, room["key"], f"Note {number}", f"a-token-of-one-phone-{number}")
    table.ask("pour", room["pot"])
    vote = room | table.ask("vote", room["room"], "dots") | {"members": members}
    vote["tickets"] = [game.draw(table, vote["code"], member) for member in members]
    for ticket in vote["tickets"]:
        assert hand_in(table, vote["key"], vote["choices"][0], ticket)[0] == 200
    return vote


def die(table, vote, before, act="pouring.pour"):
    with pytest.raises(Exception, match="SIGKILL"):
        databases.run(
            ["-c", COUNT_AND_DIE.format(before=before, act=act, pot=vote["pot"])], table.environment
        )


def dots(table, vote):
    return table.ask("totals", vote["pot"])["dots"]


def counted(vote):
    return {key: 5 if key == vote["choices"][0] else 0 for key in vote["choices"]}


def test_a_web_process_that_is_killed_loses_no_vote_and_deals_no_second_ticket(table, vote):
    table.server.kill()
    table.server = servers.start("/healthz", table.environment)
    said = json.loads(game.ask(table, f"/r/{vote['code']}/draw/", vote["members"][0], asked="1"))
    assert said == {"said": "drawn"}
    # A phone that is not sure hands in again, and nothing counts twice.
    assert hand_in(table, vote["key"], vote["choices"][0], vote["tickets"][0])[0] == 200
    table.ask("count", vote["pot"], vote["tickets"])
    assert dots(table, vote) == counted(vote)


@pytest.mark.parametrize("before", ["pass", "real(*args, **kwargs)"])
def test_a_worker_that_is_killed_while_it_counts_shows_no_total(table, vote, before):
    die(table, vote, before)
    assert table.ask("totals", vote["pot"]) == {"state": "open", "dots": dict.fromkeys(vote["choices"])}
    table.ask("count", vote["pot"], vote["tickets"])
    assert dots(table, vote) == counted(vote)


def test_control_a_worker_without_a_transaction_shows_totals_of_a_vote_that_is_open(table, vote):
    die(table, vote, "real(*args, **kwargs)", act=WITHOUT_A_TRANSACTION)
    assert table.ask("totals", vote["pot"]) == {"state": "open", "dots": counted(vote)}

"""The linking game, short: the pot near chance, the controls near certainty. The long one is bin/bench promise."""

import os
import shutil

import pytest

from bench.promise import measuring

# One worker for all of them: a table is laid once.
pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("promise")]


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def outcome(request):
    """Twenty-four rounds of the product, each with notes and three votes, and four of each control."""
    if request.param == "postgresql" and not (
        os.environ.get("TEST_DATABASE_URL") and shutil.which("pg_dump")
    ):
        pytest.skip("PostgreSQL, with pg_dump")
    return measuring.play(request.param, 24, 4)


def test_nobody_is_found_by_what_the_pot_leaves_on_the_disk(outcome):
    played = {score.attacker.partition(": ")[0] for score in outcome.pot}
    assert played == {
        "notes",
        "dots",
        "ballot",
        *(f"tickets for {kind}" for kind in ("dots", "thumbs", "ballot")),
    }
    assert len(outcome.pot) >= 100
    # Three times chance is far below any control and far above what twenty-four rounds scatter.
    assert [score for score in outcome.pot if score.rate > 0.25] == []


def test_a_ticket_and_its_hash_are_in_no_file_at_all(outcome):
    """Database, the log before it, backup, the server's log and, where there is one, Redis: what was drawn is in none."""
    for kind in ("dots", "thumbs", "ballot"):
        begin = f"tickets for {kind}: "
        silent = {name.removeprefix(begin) for name in outcome.silent if name.startswith(begin)}
        files = {name.removeprefix("hashes in ").partition(",")[0] for name in silent}
        assert {"log", "file", "backup file", "server log"} <= files
        assert {f"{of}{file}, {side}" for file in files for of in ("", "hashes in ") for side in ("first", "last")} == silent  # fmt: skip
        linked = [score.attacker for score in outcome.pot if score.attacker.startswith(begin)]
        # What is left to go by is what we told them: the tickets themselves.
        assert {name.partition(" × ")[2].partition(",")[0] for name in linked} == {"tickets", "hashes"}


def test_a_note_is_in_no_log_of_the_server_and_nothing_of_it_in_redis(outcome):
    silent = {name for name in outcome.silent if name.startswith("notes: ")}
    assert {"notes: server log, first", "notes: hashes in server log, first"} <= silent
    if "redis" in outcome.controls:
        assert {"notes: Redis dump, first", "notes: Redis log, first"} <= silent


def test_control_every_other_design_gives_its_writers_away(outcome):
    assert {"time", "uuid", "last-seen", "ticket", "logged"} < set(outcome.controls)
    assert {design: score.rate for design, score in outcome.controls.items() if score.rate < 0.9} == {}


def test_control_every_file_that_is_silent_of_the_pot_tells_of_a_design_that_writes_there(outcome):
    assert {"log", "backup", "difference", "server log"} <= set(outcome.readers)
    assert {file: rate for file, rate in outcome.readers.items() if rate < 0.9} == {}

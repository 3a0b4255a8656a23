"""``peerhood mix`` as a program of its own: what it loads, how long it takes, how it is stopped."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.processes

PEOPLE = "name,group\n" + "".join(f"p{i},g{i % 7}\n" for i in range(60))
TABLES = ["--tables", "12x5", "--rounds", "8"]
LOADED = "import sys, atexit; atexit.register(lambda: print(*sys.modules, file=sys.stderr))\n"
RUN = "from peerhood.__main__ import main\nmain()"


def mix(*arguments, program=RUN, **options):
    return subprocess.run(
        [sys.executable, "-c", program, "mix", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        **options,
    )


def test_tables_are_mixed_without_django_and_without_anything_for_show():
    answer = mix("-", *TABLES, "--moves", "1000", program=LOADED + RUN, input=PEOPLE)
    assert answer.returncode == 0
    roots = {module.partition(".")[0] for module in answer.stderr.split()}
    assert "peerhood" in roots
    assert not roots & {"django", "typer", "rich", "numpy", "pydantic"}


def test_the_help_waits_for_no_engine():
    answer = mix("--help", program=LOADED + RUN)
    assert answer.returncode == 0
    assert "peerhood.mixing.engine" not in answer.stderr.split()


def test_the_operators_commands_list_it_and_pass_it_on():
    through = "from peerhood.config.cli import app\napp()"
    listed = subprocess.run(
        [sys.executable, "-c", through, "--help"], capture_output=True, text=True, timeout=60
    )
    assert "everyone meets someone new" in " ".join(listed.stdout.replace("│", " ").split())
    answer = mix("--help", program=through)
    assert answer.returncode == 0
    assert "usage: peerhood mix" in answer.stdout


def test_it_ends_by_itself_when_the_seconds_are_over():
    # Whoever runs it gives up after a minute, so a search without an end fails here.
    answer = mix("-", *TABLES, "--seconds", "1", "--json", input=PEOPLE)
    assert answer.returncode == 0
    assert len(json.loads(answer.stdout)["rounds"]) > 0


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_whoever_stops_it_gets_the_best_plan_so_far(tmp_path, number):
    past = tmp_path / "past.json"
    past.write_text('{"rounds": [[["a stranger"]]]}')
    people = tmp_path / "people.csv"
    people.write_text(PEOPLE)
    arguments = [str(people), *TABLES, "--seconds", "50", "--json", "--history", str(past)]
    running = subprocess.Popen(
        [sys.executable, "-c", RUN, "mix", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stderr is not None
    running.stderr.readline()  # The note on the stranger, just before the search.
    time.sleep(0.5)
    running.send_signal(number)
    stdout, stderr = running.communicate(timeout=20)
    assert running.returncode == 128 + number
    assert stderr == ""
    for tables in json.loads(stdout)["rounds"]:
        assert sorted(who for table in tables for who in table) == sorted(f"p{i}" for i in range(60))


@pytest.mark.skipif(sys.platform == "win32", reason="pipes")
def test_whoever_reads_only_the_beginning_breaks_nothing():
    program = [sys.executable, "-c", RUN, "mix", "-", "--size", "5", "--rounds", "200", "--moves", "0"]
    running = subprocess.Popen(
        program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert running.stdin is not None
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.close()
    with running.stdin as list_of_people:
        list_of_people.write(PEOPLE)
    assert running.stderr.read() == ""
    running.stderr.close()
    assert running.wait(20) == 0


def test_seats_are_written_in_utf_8_whatever_the_machine_speaks():
    speaks_ascii = os.environ | {"PYTHONIOENCODING": "ascii:strict"}
    answer = mix("-", "--size", "2", "--rounds", "1", input="name\nÅsa\nBjörk", env=speaks_ascii)
    assert "Åsa · Björk" in answer.stdout

"""The settings under which tests run: one machine, tasks done at once, a database of their own."""

import os
import tempfile
from pathlib import Path

os.environ["PEERHOOD_MODE"] = "test"

from peerhood.config.settings import *  # noqa: F403
from peerhood.config.settings import DATABASES

# A name of its own for every run, so that two runs on one machine never meet.
_run = f"peerhood_test_{os.getpid()}"
DATABASES["default"]["TEST"] = {
    "NAME": _run
    if DATABASES["default"]["ENGINE"].endswith("postgresql")
    else str(Path(tempfile.gettempdir()) / f"{_run}.sqlite3")
}

# So many moves, not so many seconds: the same seats on every machine.
MIXING = {
    "at_once": {"moves": 20_000},
    "in_the_room": {"moves": 2_000},
    "on_the_spot": {"moves": 20_000},
    "in_background": {"moves": 20_000},
}

ERASURES = Path(tempfile.gettempdir()) / f"{_run}.erasures.jsonl"
# Notes of one run must not be swept away by another.
POT_SPOOL = Path(tempfile.gettempdir()) / f"{_run}.pot"

"""Children: programs that are measured from outside: what they answer, how long they take, how large they grow."""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent.parent
OUTSIDE = Path(__file__).with_name("outside.py")
# What it is counted in: kilobytes on Linux, bytes on a Mac.
MAXRSS_MB = 1 / 2**20 if sys.platform == "darwin" else 1 / 2**10


class Child(NamedTuple):
    """One finished program. ``memory_mb`` is the most it ever held, ``seconds`` its whole life."""

    answer: dict[str, Any]
    seconds: float
    memory_mb: float


def run(module: str, *arguments: str) -> Child:
    """Run ``python -m module`` and read the JSON object it prints; ``RuntimeError`` where it fails."""
    command = [sys.executable, "-m", module, *arguments]
    with tempfile.NamedTemporaryFile("r") as memory:
        watched = [sys.executable, "-S", "-E", str(OUTSIDE), memory.name, *command]
        began_at = time.perf_counter()
        ended = subprocess.run(watched, cwd=ROOT, stdout=subprocess.PIPE)
        seconds = time.perf_counter() - began_at
        if ended.returncode:
            raise RuntimeError(f"{' '.join(command)} ended with {ended.returncode}")
        return Child(json.loads(ended.stdout), seconds, int(memory.read()) * MAXRSS_MB)

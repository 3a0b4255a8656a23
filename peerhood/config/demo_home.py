"""Where the demo keeps its data, and how to start over without ever touching anybody else's.

The demo marks its folder; ``--fresh`` removes a marked folder and nothing else, so
that ``bin/demo --fresh`` beside a real network cannot cost it its database.
"""

import os
import shutil
from pathlib import Path

MARK = "this-is-the-demo.txt"


def folder() -> Path:
    return Path(os.environ.get("PEERHOOD_HOME") or Path(__file__).resolve().parents[2]) / "var"


def objection(*, fresh: bool) -> str | None:
    """Why the demo must not run here, in words for the person at the shell; None when it may."""
    if (folder() / "peerhood.sqlite3").exists() and not (folder() / MARK).exists():
        return (
            f"{folder()} holds a network that is not the demo's; nothing was changed. "
            "Give the demo a place of its own: PEERHOOD_HOME=/some/folder bin/demo"
        )
    if fresh and os.environ.get("DATABASE_URL"):
        return (
            "--fresh does not empty the database that DATABASE_URL names; nothing was changed. "
            "Empty it yourself, or start without DATABASE_URL."
        )
    return None


def claim() -> None:
    folder().mkdir(parents=True, exist_ok=True)
    (folder() / MARK).write_text("Invented people only. bin/demo --fresh removes this folder.\n")


def forget() -> None:
    if (folder() / MARK).exists():
        shutil.rmtree(folder())

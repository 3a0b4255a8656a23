"""The demo's texts and figures, in TOML, read once."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@cache
def read(name: str) -> dict[str, Any]:
    """The content of one file; nobody changes what they are given."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def circle_specs() -> list[dict[str, Any]]:
    """The circles that meet; a network's parent only holds its chapters together."""
    return [spec for spec in read("circles")["circle"] if "series" in spec]

"""The catalogue: designs that our search found, an `Entry` each, in ``catalogue.txt``."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from peerhood.mixing.engine.designs.entry import Entry, parsed
from peerhood.mixing.engine.designs.symmetry import Round


def longest(tables: int, size: int) -> int:
    """The most rounds in which nobody meets twice that the catalogue holds; 0 where it holds none."""
    return max((r for r in _texts().get((tables, size), {}) if r * (size - 1) < tables * size), default=0)


def entry(tables: int, size: int, rounds: int) -> Entry | None:
    """The shortest design in the catalogue with at least so many rounds."""
    texts = _texts().get((tables, size), {})
    enough = [known for known in texts if known >= rounds > 0]
    return parsed(texts[min(enough)]) if enough else None


def rounds(tables: int, size: int, wanted: int) -> Iterator[Round]:
    """``wanted`` rounds or more, the rounds of that entry."""
    found = entry(tables, size, wanted)
    return found.expanded() if found else iter(())


def entries() -> Iterator[Entry]:
    """Everything in the catalogue."""
    for texts in _texts().values():
        yield from map(parsed, texts.values())


@cache
def _texts() -> dict[tuple[int, int], dict[int, str]]:
    """(tables, size) to rounds to the entry's text; read once, when first asked."""
    text = Path(__file__).with_name("catalogue.txt").read_text("utf-8")
    found: dict[tuple[int, int], dict[int, str]] = {}
    for lines in re.findall(r"^\d.+\n(?:^ .+\n)+", text, re.MULTILINE):
        tables, size, rounds = map(int, lines.split(maxsplit=1)[0].split("-"))
        found.setdefault((tables, size), {})[rounds] = lines
    return found

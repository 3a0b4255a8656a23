"""A make-believe English, at least 40 % longer than ours, to try layouts with.

A server whose ``var/locale`` holds it speaks it: what overflows there will overflow in
some language. Padding comes as short words, so that a line may break where it could.
"""

import re
from itertools import cycle, islice
from math import ceil
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SWEDISH = Path(__file__).parents[2] / "peerhood/locale/sv/LC_MESSAGES/django.po"
LONGER = 1.4
# Placeholders, tags and character references are for machines.
KEPT = re.compile(r"(%\(\w+\)[sd]|%%|\{\w*\}|</?\w[^>]*>|&#?\w+;)")
ACCENTS = str.maketrans("aeiouyAEIOUY", "áéíóúýÁÉÍÓÚÝ")
PADDING = ("ón", "tvö", "thréé", "föúr", "fívé", "síx", "sévén", "éíght")


def lengthened(text: str) -> str:
    """The same text with accents, and with words added until it is long enough.

    >>> lengthened("Save my <em>%(seat)s</em>")
    'Sávé mý <em>%(seat)s</em> ón tvö thréé'
    """
    words = text.strip()
    if not words:
        return text
    before, after = text[: text.index(words)], text[text.index(words) + len(words) :]
    parts = KEPT.split(words)
    accented = "".join(part if at % 2 else part.translate(ACCENTS) for at, part in enumerate(parts))
    return before + accented + _padding(ceil(len(text) * (LONGER - 1))) + after


def _padding(length: int) -> str:
    padding = ""
    # Every word is longer than one letter, so as many words as letters are always enough.
    for word in islice(cycle(PADDING), length):
        if len(padding) >= length:
            break
        padding += f" {word}"
    return padding


def catalogue() -> Catalog:
    """Every text the Swedish catalogue knows, lengthened; plurals in both forms."""
    with SWEDISH.open("rb") as file:
        swedish = read_po(file, locale="sv")
    longer = Catalog(locale="en", fuzzy=False)
    for message in swedish:
        if message.id:
            ids = message.id
            said = tuple(map(lengthened, ids)) if message.pluralizable else lengthened(ids)
            longer.add(ids, said, flags=message.flags, context=message.context)
    return longer


def write(locale_folder: Path) -> Path:
    """Write ``en/LC_MESSAGES/django.mo`` into a locale folder; returns the file."""
    path = locale_folder / "en/LC_MESSAGES/django.mo"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_mo(file, catalogue())
    return path

"""The formats we ship: one TOML file each in ``shipped/``, every text of it in every language.

They are read when first asked for. A file that lacks a text in one language, or that is no
recipe, does not load at all: half a format is worse than none.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from peerhood.rooms.formats.recipe import Recipe, read

FOLDER = Path(__file__).parent / "shipped"
LANGUAGES = ("en", "sv")
# As they are offered: what needs least courage first.
ORDER = (
    *("1-2-4-all", "impromptu-networking", "speed-networking-pairs", "speed-networking-tables"),
    *("lean-coffee", "house-of-genius-short", "house-of-genius-long", "troika-consulting"),
    *("world-cafe", "fishbowl", "action-learning-set", "lightning-talks", "elevator-pitch", "career-values"),
)
# Where a text may stand; anything else with languages in it is not known.
TEXTS = {"name", "says", "title", "script", "each"}


class FaultyFormat(Exception):
    """A shipped format that says something in one language only, or what nobody understands."""


def shipped(key: str, language: str) -> Recipe:
    """The format of that key, in English where we do not ship the language. KeyError when none is shipped."""
    return _loaded(key)[spoken(language)]


def all_in(language: str) -> list[Recipe]:
    """Every shipped format, in the order they are offered."""
    return [shipped(key, language) for key in ORDER]


def spoken(language: str) -> str:
    """The language that a format is shipped in, for one that somebody speaks.

    >>> spoken("sv-se"), spoken("fi")
    ('sv', 'en')
    """
    main = language.partition("-")[0]
    return main if main in LANGUAGES else LANGUAGES[0]


@cache
def _loaded(key: str) -> dict[str, Recipe]:
    if key not in ORDER:
        raise KeyError(key)
    return parsed(key, (FOLDER / f"{key}.toml").read_text(encoding="utf-8"))


def parsed(key: str, text: str) -> dict[str, Recipe]:
    """A recipe for each language.

    Raises:
        FaultyFormat: a text is missing in one language, or a word of the file is not known.
    """
    written = tomllib.loads(text)
    try:
        return {language: read({"key": key, **_in(language, written, key)}) for language in LANGUAGES}
    except (KeyError, TypeError, ValueError) as error:
        raise FaultyFormat(f"{key}.toml is no format: {error}") from error


def _in(language: str, written: Any, place: str) -> Any:
    """What stands at this place of the file, in one language."""
    if isinstance(written, list):
        return [_in(language, each, f"{place}[{number}]") for number, each in enumerate(written, start=1)]
    if not isinstance(written, Mapping):
        return written
    if written.keys() & set(LANGUAGES):
        return _said(language, written, place)
    for name in TEXTS & written.keys():
        if not isinstance(written[name], Mapping):
            # Each of a step is a number, that of a part is a word.
            if name == "each" and isinstance(written[name], int):
                continue
            raise FaultyFormat(f"{place}.{name} is not said in any language.")
    return {name: _in(language, value, f"{place}.{name}") for name, value in written.items()}


def _said(language: str, words: Mapping[str, str], place: str) -> str:
    if odd := words.keys() - set(LANGUAGES):
        raise FaultyFormat(f"{place} is said in {', '.join(sorted(odd))}, which we do not ship.")
    if not (said := str(words.get(language, "")).strip()):
        raise FaultyFormat(f"{place} is not said in {language}.")
    return said

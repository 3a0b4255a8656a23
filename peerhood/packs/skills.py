"""What people of a profession can be good at: ``packs/<key>/skills.toml``, in every language of it.

Names only, and the words of a scale from 1 to 5. A pack without the file names no skills; a circle can
still have a list of its own, on a scale of plain numbers.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from peerhood.packs.loading import FOLDER, PackIncomplete, Words

LEVELS = range(1, 6)
# Letters alone: a circle's own skills have keys with a number.
KEY = re.compile(r"[a-z]{1,40}")


@dataclass(frozen=True)
class Skills:
    """A profession's skills in their order, and what each level is called."""

    names: Mapping[str, Words]
    levels: tuple[Words, ...] = ()

    def level(self, number: int, language: str) -> str:
        """What a level is called; its number where the pack has no word."""
        return said(self.levels[number - 1], language) if self.levels else str(number)


def said(words: Words, language: str) -> str:
    """In that language, or in the first there is."""
    return words.get(language) or next(iter(words.values()))


def current() -> Skills:
    return load(settings.PACK)


@cache
def load(key: str) -> Skills:
    """Read the pack's file, once per process."""
    file = FOLDER / key / "skills.toml"
    return parsed(file.read_text(encoding="utf-8"), key) if file.exists() else Skills({})


def parsed(text: str, pack: str) -> Skills:
    """Make skills of their TOML.

    Raises:
        PackIncomplete: a text is missing in a language, the levels are not five, or a key is no word.
    """
    written = tomllib.loads(text)
    for words in (*written["levels"], *written["skills"].values()):
        if missing := [code for code in written["languages"] if not words.get(code, "").strip()]:
            raise PackIncomplete(f"The pack {pack} does not say {dict(words)} in {', '.join(missing)}.")
    if len(written["levels"]) != len(LEVELS):
        raise PackIncomplete(f"The pack {pack} has {len(written['levels'])} levels of skill, not five.")
    if odd := [key for key in written["skills"] if not KEY.fullmatch(key)]:
        raise PackIncomplete(f"The pack {pack} has keys that are no words: {', '.join(odd)}.")
    return Skills(written["skills"], tuple(written["levels"]))

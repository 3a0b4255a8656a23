"""What the certifications of a profession ask for: ``packs/<key>/cpd.toml``, versioned, in every language of it.

A pack without the file knows no certifications. Hours are kept as quarters of an hour, whole numbers.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.conf import settings

from peerhood.packs.loading import FOLDER, PackIncomplete, Words

RULE_WORDS = {
    "key", "holds_from", "name", "unit", "years", "total", "education", "each_side", "with_reflection",
}  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """One version of what one certification asks for in a cycle."""

    key: str
    holds_from: date
    name: Words
    unit: Words
    years: int
    total_quarters: int
    # At least so much of it is education; 0 where nothing is said.
    education_quarters: int = 0
    # At least so much for each of the sides; 0 where nothing is said.
    side_quarters: int = 0
    # Does only that count which has a reflection?
    with_reflection: bool = False

    def last_day(self, first: date) -> date:
        """Of a cycle that begins on that day.

        >>> words, leap_day = {"en": "CBA"}, date(2024, 2, 29)
        >>> Rule("cba", leap_day, words, words, years=3, total_quarters=40).last_day(leap_day)
        datetime.date(2027, 2, 28)
        """
        following = first.year + self.years
        is_leap_day = (first.month, first.day) == (2, 29)
        begins = date(following, 3, 1) if is_leap_day else first.replace(year=following)
        return begins - timedelta(days=1)


@dataclass(frozen=True)
class Rules:
    """All a pack knows of certifications."""

    sides: Mapping[str, Words]
    rules: tuple[Rule, ...]

    def keys(self) -> list[str]:
        return list(dict.fromkeys(rule.key for rule in self.rules))

    def holding(self, key: str, day: date) -> Rule | None:
        """The version for a cycle that begins on that day; the first one for earlier days, None for no such key."""
        versions = sorted((rule for rule in self.rules if rule.key == key), key=lambda rule: rule.holds_from)
        begun = [rule for rule in versions if rule.holds_from <= day]
        return next(iter([*begun[-1:], *versions]), None)


def said(words: Words, language: str) -> str:
    """In that language, or in the first there is."""
    return words.get(language) or next(iter(words.values()))


def current() -> Rules:
    return load(settings.PACK)


@cache
def load(key: str) -> Rules:
    """Read the pack's file, once per process."""
    file = FOLDER / key / "cpd.toml"
    return parsed(file.read_text(encoding="utf-8"), key) if file.exists() else Rules({}, ())


def parsed(text: str, pack: str) -> Rules:
    """Make rules of their TOML.

    Raises:
        PackIncomplete: a text is missing in a language, hours are no quarters, or a word is not known.
    """
    written = tomllib.loads(text)
    for words in (
        *written["sides"].values(),
        *(rule[word] for rule in written["rules"] for word in ("name", "unit")),
    ):
        if missing := [code for code in written["languages"] if not words.get(code, "").strip()]:
            raise PackIncomplete(f"The pack {pack} does not say {dict(words)} in {', '.join(missing)}.")
    return Rules(written["sides"], tuple(_rule(rule, pack) for rule in written["rules"]))


def _rule(told: dict[str, Any], pack: str) -> Rule:
    if unknown := told.keys() - RULE_WORDS:
        raise PackIncomplete(f"The pack {pack} says {', '.join(sorted(unknown))} about {told['key']}.")
    return Rule(
        key=told["key"],
        holds_from=told["holds_from"],
        name=told["name"],
        unit=told["unit"],
        years=told["years"],
        total_quarters=_quarters(told["total"], pack),
        education_quarters=_quarters(told.get("education", 0), pack),
        side_quarters=_quarters(told.get("each_side", 0), pack),
        with_reflection=told.get("with_reflection", False),
    )


def _quarters(hours: float, pack: str) -> int:
    quarters = hours * 4
    if quarters != int(quarters):
        raise PackIncomplete(f"The pack {pack} asks for {hours} hours: that is no number of quarters.")
    return int(quarters)

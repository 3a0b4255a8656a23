"""Read a pack and check it: what it says in one of its languages it says in all, or it does not load."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

FOLDER = Path(__file__).parent

# What a pack may say about a question.
FIELD_WORDS = {"label", "answers", "asked_first", "several", "shared"}

# One text in every language of its pack: {"en": "Sector", "sv": "Sektor"}.
Words = Mapping[str, str]


class PackIncomplete(Exception):
    """A pack says something in one language and not in another, nothing at all, or what nobody understands."""


@dataclass(frozen=True)
class Field:
    """A question about somebody's work, with its answers in order."""

    key: str
    label: Words
    answers: Mapping[str, Words]
    # Asked on the first page a newcomer sees; the others wait on the profile.
    asked_first: bool = False
    # Whether somebody may give more than one answer.
    several: bool = False
    # What those who give an answer have in common, after "you both": {"one": {"en": "run a PMO of one"}}.
    # Empty: this question says nothing about being alike.
    shared: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True)
class Pack:
    """A profession's vocabulary. Every method takes a language and falls back on the pack's first one."""

    key: str
    languages: tuple[str, ...]
    name: Words
    fields: Mapping[str, Field]
    theme_words: tuple[Words, ...]
    opener_words: tuple[Words, ...]

    def label(self, field: str, language: str) -> str:
        return self._said(self.fields[field].label, language)

    def choices(self, field: str, language: str) -> list[tuple[str, str]]:
        """The answers to one question, as form fields want them.

        >>> load("pmo").choices("sector", "sv")
        [('public', 'Offentlig sektor'), ('private', 'Privat sektor'), ('third', 'Civilsamhället')]
        """
        answers = self.fields[field].answers.items()
        return [(key, self._said(words, language)) for key, words in answers]

    def shared(self, field: str, key: str, language: str) -> str:
        """What people who give this answer have in common, as said after "you both"; empty when not told.

        >>> load("pmo").shared("team_size", "one", "en")
        'run a PMO of one'
        """
        words = self.fields[field].shared.get(key) if field in self.fields else None
        return self._said(words, language) if words else ""

    def answer(self, field: str, key: str, language: str) -> str:
        """One answer in words; empty when the pack no longer knows it."""
        words = self.fields[field].answers.get(key) if field in self.fields else None
        return self._said(words, language) if words else ""

    def themes(self, language: str) -> list[str]:
        """Themes a new circle may start with."""
        return [self._said(words, language) for words in self.theme_words]

    def openers(self, language: str) -> list[str]:
        """Questions to break the ice with; the first two are always asked first."""
        return [self._said(words, language) for words in self.opener_words]

    def _said(self, words: Words, language: str) -> str:
        return words.get(language) or words[self.languages[0]]


def current() -> Pack:
    """The pack this network speaks."""
    return load(settings.PACK)


@cache
def load(key: str) -> Pack:
    """Read ``packs/<key>/pack.toml``, once per process."""
    return parsed((FOLDER / key / "pack.toml").read_text(encoding="utf-8"), key)


def parsed(text: str, key: str) -> Pack:
    """Make a pack of its TOML.

    Raises:
        PackIncomplete: a text is missing in one of the pack's languages, or a word of the file is not known.
    """
    written = tomllib.loads(text)
    languages = tuple(written["languages"])
    _check_shape(written, key)
    for place, words in _texts(written):
        for language in languages:
            if not str(words.get(language, "")).strip():
                raise PackIncomplete(f"The pack {key} does not say {place} in {language}.")
    return Pack(
        key=key,
        languages=languages,
        name=written["name"],
        fields={name: _field(name, field) for name, field in written["fields"].items()},
        theme_words=tuple(written["themes"]),
        opener_words=tuple(written["openers"]),
    )


def _check_shape(written: dict[str, Any], pack: str) -> None:
    for name, told in written["fields"].items():
        if unknown := told.keys() - FIELD_WORDS:
            raise PackIncomplete(f"The pack {pack} says {', '.join(sorted(unknown))} about {name}.")
        shared = told.get("shared", {}).keys()
        if shared and shared != told["answers"].keys():
            odd = ", ".join(sorted(shared ^ told["answers"].keys()))
            raise PackIncomplete(
                f"The pack {pack} does not say for each answer to {name} what is shared: {odd}."
            )


def _field(key: str, written: dict[str, Any]) -> Field:
    return Field(key=key, **written)


def _texts(written: dict[str, Any]) -> Iterator[tuple[str, Words]]:
    """Every text of a pack, with the place where it stands."""
    yield "its name", written["name"]
    for name, told in written["fields"].items():
        yield f"the label of {name}", told["label"]
        for key, words in told["answers"].items():
            yield f"{name}.{key}", words
        for key, words in told.get("shared", {}).items():
            yield f"what {name}.{key} shares", words
    for number, words in enumerate(written["themes"], start=1):
        yield f"theme {number}", words
    for number, words in enumerate(written["openers"], start=1):
        yield f"opener {number}", words

"""Series templates: the runs of the day we ship, as data, one TOML file each, in every language.

They are read when first asked for, and a file that does not add up is refused
whole: a draft with a missing line would be worse than none.
"""

import tomllib
from dataclasses import dataclass
from datetime import time
from functools import cache
from pathlib import Path

from peerhood.gatherings.models import AgendaItem, Gathering, Series

FOLDER = Path(__file__).parent
Texts = dict[str, str]


class FaultyTemplate(Exception):
    """A series template that does not add up; it never reaches a person."""


@dataclass(frozen=True)
class TemplateLine:
    kind: str
    titles: Texts
    minutes: int
    confidentiality: str
    # Its title only says what kind of thing belongs there.
    is_placeholder: bool = False


@dataclass(frozen=True)
class SeriesTemplate:
    """A run of the day, and what a series made from it starts with."""

    key: str
    names: Texts
    abouts: Texts
    length: int
    cadence: str
    starts_at: time
    capacity: int
    mode: str
    lines: tuple[TemplateLine, ...]


def every() -> dict[str, SeriesTemplate]:
    """All shipped templates by key."""
    return {path.stem: get(path.stem) for path in sorted(FOLDER.glob("*.toml"))}


@cache
def get(key: str) -> SeriesTemplate:
    """The template of that key; KeyError when none is shipped."""
    path = FOLDER / f"{key}.toml"
    if key not in {known.stem for known in FOLDER.glob("*.toml")}:
        raise KeyError(key)
    return read(key, path.read_text(encoding="utf-8"))


@cache
def placeholders() -> frozenset[str]:
    """Titles, in every language, that say what kind of thing belongs there and not yet which."""
    lines = (line for template in every().values() for line in template.lines if line.is_placeholder)
    return frozenset(title for line in lines for title in line.titles.values())


def read(key: str, text: str) -> SeriesTemplate:
    """Read one template, or say what is wrong with it."""
    given = tomllib.loads(text)
    lines = tuple(
        TemplateLine(
            line["kind"],
            line["title"],
            line["minutes"],
            line.get("confidentiality", "open"),
            line.get("placeholder", False),
        )
        for line in given["agenda"]
    )
    template = SeriesTemplate(
        key=key,
        names=given["name"],
        abouts=given["about"],
        length=given["length"],
        cadence=given["cadence"],
        starts_at=given["starts_at"],
        capacity=given["capacity"],
        mode=given["mode"],
        lines=lines,
    )
    _check(template)
    return template


def _check(template: SeriesTemplate) -> None:
    for texts in (template.names, template.abouts, *(line.titles for line in template.lines)):
        if missing := {"en", *template.names} - {language for language in texts if texts[language].strip()}:
            raise FaultyTemplate(f"{template.key}: {texts} lacks {sorted(missing)}.")
    for line in template.lines:
        if line.kind not in AgendaItem.Kind or line.confidentiality not in AgendaItem.Confidentiality:
            raise FaultyTemplate(f"{template.key}: {line} is of no kind we know.")
    if template.cadence not in Series.Cadence or template.mode not in Gathering.Mode:
        raise FaultyTemplate(f"{template.key}: its cadence or mode is none we know.")
    if (total := sum(line.minutes for line in template.lines)) != template.length:
        raise FaultyTemplate(f"{template.key}: its lines take {total} minutes, not {template.length}.")


def said(texts: Texts, language: str) -> str:
    """The text in that language, in English where it is not spoken.

    >>> said({"en": "Welcome", "sv": "Välkomna"}, "sv-se"), said({"en": "Welcome"}, "fi")
    ('Välkomna', 'Welcome')
    """
    return texts.get(language) or texts.get(language.partition("-")[0]) or texts["en"]

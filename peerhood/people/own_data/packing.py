"""Packing: the tables of an export as one ZIP file, for people and for programs."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.timezone import now

from peerhood.people.models import Person, Photo
from peerhood.people.own_data.rules import Cell, plain
from peerhood.platform.spreadsheets import sheet

# Of the row that is the person themselves; what is said there beside these is for us, and names nobody.
OF_ONESELF = (
    "name", "email", "language", "time_zone", "work", "ask_me_about", "would_learn", "could_talk", "town",
    "languages", "links", "profile", "visibility", "welcomed_at", "joined_at", "last_login",
)  # fmt: skip

Tables = Mapping[str, Sequence[Mapping[str, Cell]]]


def packed(person: Person, tables: Tables) -> bytes:
    """One file with everything: ``everything.json``, a CSV for each table that has rows, the photo, and what it all is."""
    oneself = {name: plain(getattr(person, name)) for name in OF_ONESELF}
    everything = {
        "made_at": now().isoformat(),
        "network": settings.SITE_NAME,
        "me": oneself,
        **tables,
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("README.txt", _readme(person, tables))
        file.writestr("everything.json", json.dumps(everything, ensure_ascii=False, indent=1))
        for name, rows in {"me": [oneself], **tables}.items():
            if rows:
                file.writestr(f"{name}.csv", csv_of(rows))
        if photo := Photo.objects.filter(person=person).first():
            file.writestr("photo.webp", bytes(photo.large))
            file.writestr("photo-small.webp", bytes(photo.small))
    return written.getvalue()


def csv_of(rows: Sequence[Mapping[str, Cell]]) -> str:
    """Rows that are alike, as a spreadsheet.

    >>> csv_of([{"title": "=1", "n": 2, "at": None, "links": ["a", "b"]}])
    '\\ufeff"title","n","at","links"\\r\\n"\\'=1","2","","[""a"", ""b""]"\\r\\n'
    """
    return sheet(list(rows[0]), [[_in_a_cell(cell) for cell in row.values()] for row in rows])


def _in_a_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    return json.dumps(cell, ensure_ascii=False) if isinstance(cell, (list, dict)) else str(cell)


def _readme(person: Person, tables: Tables) -> str:
    context: dict[str, Any] = {
        "person": person,
        "network": settings.SITE_NAME,
        "made_at": now(),
        "tables": [(f"{name}.csv", len(rows)) for name, rows in tables.items() if rows],
    }
    with translation.override(person.language), timezone.override(person.time_zone):
        return render_to_string("people/export_readme.txt", context)

"""Read: the bytes somebody chose become rows of text, or one sentence that says why not.

Lists come out of Excel, LibreOffice, LinkedIn and Meetup, on Windows, Mac and the web:
in five encodings, with commas, semicolons or tabs. Nothing here knows what the columns
mean, and whatever the bytes are, the only thing it ever raises is an ImportProblem.
"""

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

MOST_BYTES = 5_000_000
MOST_ROWS = 20_000
LONGEST_CELL = 5_000
DELIMITERS = ",;\t|"

# Longer marks first: UTF-32 begins with the mark of UTF-16.
MARKS = [
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
# Before Unicode, one byte meant another letter in each house: Windows, old Macs, DOS.
OLD_ENCODINGS = ("cp1252", "mac_roman", "cp850")
NORDIC = "åäöÅÄÖéüæøÆØ"
SPREADSHEET_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
WEB_PAGE = re.compile(r"\s*<(!doctype|html|\?xml)", re.IGNORECASE)
# Letters that turn a line around can make one name look like another.
TURNS_TEXT_AROUND = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# What our own export puts before a cell that a spreadsheet would take for a formula.
GUARDED = re.compile(r"'+[=+\-@\t\r\n]")


class ImportProblem(Exception):
    """The list cannot be read in. The message is shown to the person who chose it."""


@dataclass(frozen=True)
class Record:
    """One row of the file; ``number`` counts as a spreadsheet does, the first row being 1."""

    number: int
    cells: list[str]


def text_of(content: bytes) -> str:
    """Decode a file, whatever it was saved as; refuse what is not a list in plain text."""
    if len(content) > MOST_BYTES:
        raise ImportProblem(_("This file is larger than 5 MB. Divide it and read in one part at a time."))
    if content.startswith(SPREADSHEET_STARTS):
        raise ImportProblem(
            _(
                "This is a spreadsheet file. Open it, choose “Save as”, and save it as CSV; then choose that file."
            )
        )
    text = _decoded(content)
    if not text.strip():
        raise ImportProblem(_("The file is empty."))
    if WEB_PAGE.match(text):
        raise ImportProblem(_("This is a web page, not a list. Choose the CSV file that was exported."))
    if "\0" in text:
        row = text.count("\n", 0, text.index("\0")) + 1
        raise ImportProblem(
            _(
                "This is not a plain text file: there is an empty character in row %(row)d. Save the list as CSV."
            )
            % {"row": row}
        )
    return text


def _decoded(content: bytes) -> str:
    encoding = next((name for mark, name in MARKS if content.startswith(mark)), None) or _without_mark(
        content
    )
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ImportProblem(_("The letters in this file are damaged. Save it as “CSV UTF-8”.")) from error


def _without_mark(content: bytes) -> str:
    start = content[:2000]
    # In UTF-16, every other byte of a Western text is zero.
    if start[1::2].count(0) > len(start) * 0.3:
        return "utf-16-le"
    if start[::2].count(0) > len(start) * 0.3:
        return "utf-16-be"
    try:
        content.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        return max(OLD_ENCODINGS, key=lambda name: _nordic_letters(content, name))


def _nordic_letters(content: bytes, encoding: str) -> int:
    """Count the letters that a Nordic list has many of: the right guess has the most."""
    text = content.decode(encoding, "replace")
    return sum(text.count(letter) for letter in NORDIC)


def records(text: str, delimiter: str) -> Iterator[Record]:
    """Yield the rows that hold anything, their cells tidied."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    number = 0
    while True:
        number += 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            raise _too_long(number) from error
        if any(len(cell) > LONGEST_CELL for cell in cells):
            raise _too_long(number)
        cells = [tidy(cell) for cell in cells]
        if any(cells):
            yield Record(number, cells)


def _too_long(number: int) -> ImportProblem:
    return ImportProblem(
        _(
            "A cell in row %(row)d is longer than %(most)d characters. Perhaps a quotation mark is missing there."
        )
        % {"row": number, "most": LONGEST_CELL}
    )


def tidy(cell: str) -> str:
    """Return the text of a cell on one line, as it was before our export guarded it.

    >>> tidy("  Anna\\n  Ek "), tidy("'-Anna"), tidy("'t Hart"), tidy("=1+1")
    ('Anna Ek', '-Anna', "'t Hart", '=1+1')
    """
    if GUARDED.match(cell):
        cell = cell[1:]
    if not cell.isascii():
        # A Mac writes å as a and a ring: the same name must be the same letters.
        cell = TURNS_TEXT_AROUND.sub("", unicodedata.normalize("NFC", cell))
    if not cell.isprintable():
        cell = "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in cell)
    return " ".join(cell.split())

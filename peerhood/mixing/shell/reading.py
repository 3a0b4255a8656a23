"""Reading: bytes from a file or from standard input, as text, as rows, as JSON."""

import csv
import io
import json
import sys
from collections.abc import Iterator
from typing import Any

from peerhood.mixing.shell.faults import Fault, Faulty

MOST_BYTES = 50_000_000
DELIMITERS = ",;\t"
SPREADSHEET_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def named(path: str) -> str:
    """What to call a file in a message."""
    return "standard input" if path == "-" else path


def content_of(path: str) -> bytes:
    """What a file holds; ``-`` is standard input. ``Faulty`` where it cannot be read."""
    try:
        if path == "-":
            content = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with open(path, "rb") as file:
                content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Faulty(path, [Fault("", f"cannot be read: {reason}")]) from None
    if len(content) > MOST_BYTES:
        raise Faulty(path, [Fault("", f"is larger than {MOST_BYTES // 1_000_000} MB")])
    return content


def json_of(content: bytes, source: str) -> Any:
    """The value of a JSON document in UTF-8, UTF-16 or UTF-32."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        reason = "too deep" if isinstance(error, RecursionError) else str(error)
        raise Faulty(source, [Fault("", f"is not JSON: {reason}")]) from None


def rows_of(content: bytes, source: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold anything, numbered as a spreadsheet does, with their cells trimmed.

    Commas, semicolons or tabs: whichever the first row has most of.
    """
    text = _text(content, source)
    first = text.lstrip().partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(DELIMITERS, key=first.count))
    number = 0
    while True:
        number += 1
        try:
            cells = [" ".join(cell.split()) for cell in next(rows)]
        except StopIteration:
            return
        except csv.Error as error:
            raise Faulty(source, [Fault(f"row {number}", f"{error}; is a quotation mark missing?")]) from None
        if any(cells):
            yield number, cells


def _text(content: bytes, source: str) -> str:
    if content.startswith(SPREADSHEET_STARTS):
        raise Faulty(source, [Fault("", "is a spreadsheet; save it as “CSV UTF-8”")])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise Faulty(source, [Fault(f"row {row}", "is not UTF-8; save the list as “CSV UTF-8”")]) from None

"""Spreadsheets: rows as a file that Excel opens, and in which nothing is taken for a formula.

UTF-8 with a mark, because Excel asks for it; lines and quotes as RFC 4180 has them. A cell that
would be taken for a formula gets a quotation mark before it (OWASP).
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

# A quotation mark that stands there already is guarded, too, so that taking one off is always right.
WANTS_GUARD = re.compile(r"'*[=+\-@\t\r\n]")
MARK = "\ufeff"


def sheet(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The header and the rows as one CSV file."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([guarded(cell) for cell in row])
    return MARK + lines.getvalue()


def bare_sheet(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The same for a program that compares the header letter for letter: no mark, no quotes that are not needed."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return lines.getvalue()


def guarded(cell: str) -> str:
    """
    >>> guarded("=1+1"), guarded("-Anna"), guarded("Anna"), guarded("'=x")
    ("'=1+1", "'-Anna", 'Anna', "''=x")
    """
    return f"'{cell}" if WANTS_GUARD.match(cell) else cell

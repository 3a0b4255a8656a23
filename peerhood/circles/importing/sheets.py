"""Sheets: a list that was recognised by its header, and the rows below it."""

from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from peerhood.circles.importing.formats import FORMATS, Format
from peerhood.circles.importing.reading import DELIMITERS, MOST_ROWS, ImportProblem, Record, records
from peerhood.circles.importing.rows import Row, row_of

# LinkedIn puts a note of some lines above its header.
LOOK_FOR_HEADER_IN = 30


@dataclass(frozen=True)
class Sheet:
    """A list that was recognised: its format, its header, and the rows below."""

    format: Format
    header: list[str]
    rows: list[Row]

    def unread_columns(self) -> list[str]:
        """Columns that hold nothing we keep; the preview names them, so that nobody wonders."""
        fields = self.format.fields_in(self.header)
        kept = {index for name, index in fields.items() if name != "known_on"}
        return [title for index, title in enumerate(self.header) if title and index not in kept]


def sheet_of(text: str) -> Sheet:
    """Recognise a list and read its rows."""
    found, delimiter, header = _recognised(text)
    fields = found.fields_in(header.cells)
    rows: list[Row] = []
    for record in records(text, delimiter):
        if record.number <= header.number:
            continue
        if len(rows) == MOST_ROWS:
            raise ImportProblem(
                _("The list has more than %(most)s rows. Divide it and read in one part at a time.")
                % {"most": f"{MOST_ROWS:,}".replace(",", "\u00a0")}
            )
        rows.append(row_of(found, fields, header.cells, record))
    if not rows:
        raise ImportProblem(_("There is a header, but no rows below it."))
    return Sheet(found, header.cells, rows)


def _recognised(text: str) -> tuple[Format, str, Record]:
    best, problem = Record(1, []), None
    for delimiter in DELIMITERS:
        try:
            for record in islice(records(text, delimiter), LOOK_FOR_HEADER_IN):
                for candidate in FORMATS:
                    if candidate.is_marked_by(record.cells):
                        return candidate, delimiter, record
                # The widest row is the likeliest header; the first of them, for rows are as wide.
                if len(record.cells) > len(best.cells):
                    best = record
        except ImportProblem as error:
            # Cut at the wrong letter, a good file may look damaged: another letter may do.
            problem = error
    raise (problem if problem and len(best.cells) < 2 else _unknown(best))


def _unknown(record: Record) -> ImportProblem:
    found = ", ".join(f"“{cell[:40]}”" for cell in record.cells[:12] if cell)
    return ImportProblem(
        _(
            "We do not recognise this list. The columns found are %(found)s. What is needed is at least a "
            "column “name” (or “namn”, or “first name” and “last name”); “email” makes it much better. "
            "LinkedIn’s Connections.csv and Meetup’s member list are read as they are."
        )
        % {"found": found or _("none")}
    )

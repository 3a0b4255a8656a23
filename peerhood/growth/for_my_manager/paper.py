"""The year on one sheet of A4."""

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from peerhood.gatherings.printing.paper import (
    BOLD,
    FOOT,
    MARGIN,
    QUIET,
    SERIF,
    SMALLEST,
    WIDTH,
    Paper,
    leading,
)
from peerhood.growth.for_my_manager.year import PARTS, Line, Told
from peerhood.growth.telling import not_a_provider

ROOM = WIDTH - 2 * MARGIN
STEP, GAP = 5.0, 2.0


def made(told: Told, name: str) -> bytes:
    title = _("My year in the network, %(year)s") % {"year": told.year}
    with Paper(title, get_language() or "en", notes=[not_a_provider()]) as paper:
        paper.page()
        paper.line(title, MARGIN, 28, ROOM, size=24, font=SERIF)
        paper.line(name, MARGIN, 37, ROOM, size=12)
        y = 48.0
        y = _lines(paper, "gatherings", told.first_gatherings, told.more_gatherings, y)
        y = _lines(paper, "given", told.first_given, told.more_given, y)
        y = _hours(paper, told, y)
        if told.words:
            _words(paper, told.words, _heading(paper, "words", y))
        return paper.to_bytes()


def _heading(paper: Paper, part: str, y: float) -> float:
    paper.line(str(PARTS[part]), MARGIN, y, ROOM, size=12, font=BOLD)
    return y + 6


def _lines(paper: Paper, part: str, lines: list[Line], more: int, y: float) -> float:
    if not lines:
        return y
    y = _heading(paper, part, y)
    for line in lines:
        paper.line(date_format(line.day, "j F"), MARGIN, y, 30, size=10, grey=QUIET)
        said = ", ".join(filter(None, [line.title, line.where]))
        paper.line(said, MARGIN + 32, y, ROOM - 32, size=10)
        y += STEP
    if more:
        said = ngettext("and %(n)s more", "and %(n)s more", more) % {"n": more}
        paper.line(said, MARGIN + 32, y, ROOM - 32, size=10, grey=QUIET)
        y += STEP
    return y + 4


def _hours(paper: Paper, told: Told, y: float) -> float:
    if not told.hours:
        return y
    y = _heading(paper, "hours", y)
    for name, hours in told.hours:
        paper.line(_("%(hours)s h") % {"hours": hours}, MARGIN, y, 30, size=10)
        paper.line(name, MARGIN + 32, y, ROOM - 32, size=10)
        y += STEP
    return y + 4


def _words(paper: Paper, text: str, y: float) -> None:
    """Each paragraph by itself, in letters as large as the rest of the page allows; all in one where there are many."""
    paragraphs, size, room = [line for line in text.splitlines() if line.strip()], 11.0, FOOT - 6 - y
    while size > SMALLEST and _height(paper, paragraphs, size) > room:
        size -= 0.5
    if _height(paper, paragraphs, size) > room:
        paper.block(text, MARGIN, y, ROOM, room, size=size)
        return
    for paragraph in paragraphs:
        y = paper.words(paragraph, MARGIN, y, ROOM, size=size) + GAP


def _height(paper: Paper, paragraphs: list[str], size: float) -> float:
    lines = sum(len(paper.wrapped(each, ROOM, size=size)) for each in paragraphs)
    return lines * leading(size) + GAP * len(paragraphs)

"""Badges: eight on a sheet of A4, with the name one is called by in large letters."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from peerhood.gatherings.printing.paper import BOLD, HEIGHT, QUIET, SERIF, WIDTH, Paper
from peerhood.gatherings.printing.seated import Seated

COLUMNS, ROWS = 2, 4
PER_PAGE = COLUMNS * ROWS
# Of one badge, in millimetres; it fits the usual holders of 90 by 65.
WIDE, HIGH = 90.0, 65.0
LEFT, TOP = (WIDTH - COLUMNS * WIDE) / 2, 15.0
PADDING, CODE = 7.0, 21.0


def pages_for(count: int) -> int:
    """
    >>> pages_for(0), pages_for(8), pages_for(9)
    (1, 1, 2)
    """
    return max(1, -(-count // PER_PAGE))


def draw(paper: Paper, seated: Sequence[Seated]) -> None:
    """The rest of the last sheet stays empty, for whoever comes without an answer."""
    for number in range(pages_for(len(seated))):
        paper.page()
        _lines_to_cut(paper)
        for place, each in enumerate(seated[number * PER_PAGE :][:PER_PAGE]):
            row, column = divmod(place, COLUMNS)
            _badge(paper, each, LEFT + column * WIDE, TOP + row * HIGH)


def _badge(paper: Paper, each: Seated, x: float, y: float) -> None:
    x, inner = x + PADDING, WIDE - 2 * PADDING
    paper.line(each.first_name, x, y + 18, inner, size=34, font=SERIF)
    paper.line(each.other_names, x, y + 26, inner, size=15, font=SERIF)
    paper.block(each.work, x, y + 33.5, inner, 11, size=10)
    beside = inner - CODE if each.address else inner
    if each.ask_me_about:
        paper.line(_("Ask me about"), x, y + 46.5, beside, size=7.5, font=BOLD, grey=QUIET)
        paper.block(each.ask_me_about, x, y + 50.5, beside, 13, size=9.5)
    if each.address:
        paper.code(each.address, x + inner - CODE + 2, y + HIGH - CODE - 2, CODE)


def _lines_to_cut(paper: Paper) -> None:
    right, bottom = LEFT + COLUMNS * WIDE, TOP + ROWS * HIGH
    for column in range(COLUMNS + 1):
        paper.cut(LEFT + column * WIDE, TOP, LEFT + column * WIDE, min(bottom, HEIGHT))
    for row in range(ROWS + 1):
        paper.cut(LEFT, TOP + row * HIGH, right, TOP + row * HIGH)

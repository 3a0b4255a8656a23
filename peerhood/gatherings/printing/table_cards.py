"""Cards for the tables: a number to be seen from the door, and a question to begin with."""

from peerhood import packs
from peerhood.gatherings.printing.paper import BOLD, HEIGHT, MARGIN, QUIET, SERIF, WIDTH, Paper
from peerhood.packs import card_questions

MOST = 60
# As many as sit well round one table.
PEOPLE_PER_TABLE = 5
HALF = HEIGHT / 2


def tables_for(people_count: int) -> int:
    """How many tables so many people need.

    >>> tables_for(0), tables_for(5), tables_for(38), tables_for(4000)
    (1, 1, 8, 60)
    """
    return min(MOST, max(1, -(-people_count // PEOPLE_PER_TABLE)))


def draw(paper: Paper, tables_count: int, language: str, word: str) -> None:
    """Two on a sheet. The pack's first two questions are always asked first; then each table has one of its own."""
    openers = packs.current().openers(language)
    for number in range(tables_count):
        first, own = card_questions.for_table(openers, number + 1, tables_count)
        top = HALF if number % 2 else 0
        if not top:
            paper.page()
            paper.cut(0, HALF, WIDTH, HALF)
        _card(paper, f"{word} {number + 1}", first, own, top)


def _card(paper: Paper, name: str, first: list[str], question: str, top: float) -> None:
    inner = WIDTH - 2 * MARGIN
    paper.line(name, MARGIN, top + 40, inner, size=64, font=SERIF)
    y = top + 66
    for opener in first:
        y = paper.words(opener, MARGIN, y, inner, size=16, lines=2, font=BOLD, grey=QUIET) + 1
    if question:
        paper.words(question, MARGIN, y + 6, inner, size=26, lines=3, font=SERIF)

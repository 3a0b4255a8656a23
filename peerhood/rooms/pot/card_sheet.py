"""The sheet of paper cards, to be cut: a code each, and where to type it. No name, no number."""

from django.utils import translation
from django.utils.translation import gettext as _

from peerhood.gatherings.printing.paper import BOLD, HEIGHT, QUIET, SERIF, WIDTH, Paper

COLUMNS, ROWS = 2, 5
CARD_WIDTH, CARD_HEIGHT = WIDTH / COLUMNS, HEIGHT / ROWS
INSIDE = 10


def draw(codes: list[str], *, address: str, language: str) -> bytes:
    """The PDF. ``address`` is the page that takes a code and a note, on any phone that is signed in nowhere here."""
    with translation.override(language), Paper(_("Paper cards"), language) as paper:
        for number, code in enumerate(codes):
            place = number % (COLUMNS * ROWS)
            if not place:
                paper.page()
                _cuts(paper)
            _card(paper, code, address, CARD_WIDTH * (place % COLUMNS), CARD_HEIGHT * (place // COLUMNS))
        return paper.to_bytes()


def _cuts(paper: Paper) -> None:
    for column in range(1, COLUMNS):
        paper.cut(CARD_WIDTH * column, 0, CARD_WIDTH * column, HEIGHT)
    for row in range(1, ROWS):
        paper.cut(0, CARD_HEIGHT * row, WIDTH, CARD_HEIGHT * row)


def _card(paper: Paper, code: str, address: str, left: float, top: float) -> None:
    width = CARD_WIDTH - 2 * INSIDE
    paper.line(code, left + INSIDE, top + 16, width, size=20, font=BOLD)
    words = _("Write on the back and lay me on the pile, or type my code on the page below. I am good for one note or one vote.")  # fmt: skip
    paper.words(words, left + INSIDE, top + 24, width - 28, size=9, lines=5, font=SERIF)
    paper.line(
        address.partition("//")[2], left + INSIDE, top + CARD_HEIGHT - 7, width - 28, size=8, grey=QUIET
    )
    paper.code(address, left + CARD_WIDTH - INSIDE - 26, top + 21, 26)

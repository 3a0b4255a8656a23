"""A list of names over as many sheets as it takes: what it is on top, one name a line."""

from collections.abc import Sequence

from peerhood.gatherings.printing.paper import BOLD, FOOT, MARGIN, QUIET, SERIF, WIDTH, Paper

TOP, STEP = 52.0, 9.0
# How much of a line is the name's.
SHARES = (0.58, 0.42)
PER_PAGE = int((FOOT - 6 - TOP) // STEP)
INNER = WIDTH - 2 * MARGIN


def draw(
    paper: Paper, title: str, about: str, columns: tuple[str, str], rows: Sequence[tuple[str, str]]
) -> None:
    """Rows of two: the name, and what stands beside it."""
    for start in range(0, max(1, len(rows)), PER_PAGE):
        paper.page()
        paper.line(title, MARGIN, MARGIN + 8, INNER, size=22, font=SERIF)
        paper.words(about, MARGIN, MARGIN + 16, INNER, size=11, lines=2)
        for place, words in enumerate(columns):
            paper.line(words, _left(place), TOP - STEP, _width(place), size=9, font=BOLD, grey=QUIET)
        for number, row in enumerate(rows[start : start + PER_PAGE]):
            y = TOP + number * STEP
            for place, words in enumerate(row):
                paper.line(words, _left(place), y - 2, _width(place), size=12)
            paper.rule(MARGIN, y + 1, INNER)


def _left(column: int) -> float:
    return MARGIN + INNER * sum(SHARES[:column])


def _width(column: int) -> float:
    return INNER * SHARES[column] - 4

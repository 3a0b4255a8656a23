"""The kit of a format on paper: the script with its timings, a card for each role, each question and each thing to sort.

Whoever runs it needs no screen. Everything is in the circle's language, as the format is.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from peerhood.gatherings.models import AgendaItem
from peerhood.gatherings.printing.paper import (
    BOLD,
    FOOT,
    HEIGHT,
    MARGIN,
    QUIET,
    SANS,
    SERIF,
    WIDTH,
    Paper,
    leading,
)
from peerhood.rooms.formats import words
from peerhood.rooms.formats.recipe import Contribution, Part, Recipe, Step

LENGTH, TEXT = MARGIN, MARGIN + 30
INNER = WIDTH - MARGIN - TEXT
# Cards: four on a sheet, the size of a postcard; what is sorted is smaller.
LARGE, SMALL = (2, 2), (2, 6)
PADDING = 9.0


@dataclass(frozen=True)
class Card:
    """A card: what kind it is, what stands on it in large letters, and below."""

    kind: str
    title: str
    text: str = ""


def put_on_paper(item: AgendaItem, recipe: Recipe) -> bytes:
    """The kit as a PDF."""
    language = item.gathering.circle.language
    with translation.override(language), Paper(recipe.name, language) as paper:
        _draw_script(paper, item, recipe)
        _draw_cards(paper, [*_role_cards(recipe), *_question_cards(recipe)], LARGE)
        _draw_cards(paper, _cards_to_sort(recipe), SMALL)
        return paper.to_bytes()


def _draw_script(paper: Paper, item: AgendaItem, recipe: Recipe) -> None:
    paper.page()
    y = _head(paper, item, recipe)
    for part in recipe.parts:
        for number, step in enumerate(part.steps):
            heading = _heading(part) if number == 0 else ""
            if y + _height(paper, step, heading) > FOOT - 6:
                paper.page()
                y = MARGIN + 6
            y = _row(paper, step, heading, y)


def _head(paper: Paper, item: AgendaItem, recipe: Recipe) -> float:
    inner = WIDTH - 2 * MARGIN
    y = paper.words(recipe.name, MARGIN, MARGIN + 8, inner, size=22, lines=2, font=SERIF)
    y = paper.words(recipe.says, MARGIN, y, inner, size=12)
    y = paper.words(" · ".join([item.title, words.people_of(recipe)]), MARGIN, y, inner, size=10, grey=QUIET)
    if recipe.brings:
        things = _("Have ready: %(things)s") % {"things": "; ".join(recipe.brings)}
        y = paper.words(things, MARGIN, y, inner, size=10)
    if recipe.first_names_only:
        y = paper.words(_("First names only, until the last part"), MARGIN, y, inner, size=10, font=BOLD)
    return y + 10


def _heading(part: Part) -> str:
    """What stands above a part that comes again."""
    return " · ".join(filter(None, [capfirst(part.each), words.times_of(part)]))


def _row(paper: Paper, step: Step, heading: str, y: float) -> float:
    paper.rule(MARGIN, y - 6, WIDTH - 2 * MARGIN)
    if heading:
        y = paper.words(heading, MARGIN, y, WIDTH - 2 * MARGIN, size=10, font=BOLD, grey=QUIET) + 2
    paper.line(words.length_of(step), LENGTH, y, TEXT - LENGTH - 3, size=11, font=BOLD)
    for text, size, font, grey in _lines(step):
        y = paper.words(text, TEXT, y, INNER, size=size, font=font, grey=grey)
    return y + 6


def _height(paper: Paper, step: Step, heading: str) -> float:
    lines = [
        leading(size)
        for text, size, font, _grey in _lines(step)
        for _line in paper.wrapped(text, INNER, size=size, font=font)
    ]
    return sum(lines) + (leading(10) + 2 if heading else 0) + 6


def _lines(step: Step) -> list[tuple[str, float, str, int]]:
    """A step's title, its script, its question, and what else there is to know."""
    lines = [
        (step.title, 13.0, SERIF, 30),
        (step.script, 10.5, SANS, 30),
        (_("On the phones: %(question)s") % {"question": step.says} if step.says else "", 10.5, BOLD, 30),
        (" · ".join(words.about(step)), 9.5, SANS, QUIET),
    ]
    return [line for line in lines if line[0]]


def _role_cards(recipe: Recipe) -> Iterable[Card]:
    return (Card(_("Role"), role.name, role.says) for role in recipe.roles)


def _question_cards(recipe: Recipe) -> Iterable[Card]:
    """Each question once, however often its step comes."""
    asked = {step.says: step for step in reversed(list(recipe.steps())) if step.says}
    return reversed([Card(step.title, says) for says, step in asked.items()])


def _cards_to_sort(recipe: Recipe) -> list[Card]:
    sorts = any(step.contribution == Contribution.VALUES for step in recipe.steps())
    return [Card("", card) for card in recipe.cards] if sorts else []


def _draw_cards(paper: Paper, cards: list[Card], grid: tuple[int, int]) -> None:
    columns, rows = grid
    wide, high = WIDTH / columns, HEIGHT / rows
    for number, card in enumerate(cards):
        place = number % (columns * rows)
        if place == 0:
            paper.page()
            _lines_to_cut(paper, columns, rows)
        row, column = divmod(place, columns)
        _card(paper, card, column * wide, row * high, wide, high)


def _card(paper: Paper, card: Card, left: float, top: float, wide: float, high: float) -> None:
    x, inner = left + PADDING, wide - 2 * PADDING
    if not card.kind:
        paper.words(card.title, x, top + high / 2, inner, size=18, lines=2, font=SERIF)
        return
    paper.line(card.kind, x, top + 16, inner, size=10, font=BOLD, grey=QUIET)
    y = paper.words(card.title, x, top + 33, inner, size=24, lines=8, font=SERIF)
    if card.text:
        paper.block(card.text, x, y + 3, inner, high - (y + 3 - top) - PADDING, size=15)


def _lines_to_cut(paper: Paper, columns: int, rows: int) -> None:
    for column in range(1, columns):
        paper.cut(WIDTH / columns * column, 0, WIDTH / columns * column, HEIGHT)
    for row in range(1, rows):
        paper.cut(0, HEIGHT / rows * row, WIDTH, HEIGHT / rows * row)

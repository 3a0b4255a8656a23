"""The picture that stands beside a shared link: the date leaf, what it is, and whose, 1200 by 630."""

from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.timezone import localtime

from peerhood.design import moments, paper_fonts
from peerhood.gatherings.models import Gathering
from peerhood.gatherings.printing.paper import printable

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

WIDTH, HEIGHT, MARGIN = 1200, 630, 80
LEAF = (MARGIN, 96, MARGIN + 190, 96 + 196)
TEXT_LEFT = LEAF[2] + 56
TEXT_WIDTH = WIDTH - MARGIN - TEXT_LEFT
# From tokens.css, by day.
PAPER, WHITE, INK, QUIET, LINE, ACCENT, SOFT = (
    *("#fbf8f3", "#ffffff", "#2b2320", "#5e524b", "#e3dbcf", "#9a3412", "#fce8dc"),
)
TITLE_SIZES, TITLE_HEIGHT, LEADING = range(84, 39, -4), 330, 1.12


def drawn(gathering: Gathering) -> bytes:
    """A PNG, in the circle's language."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(picture)
    with translation.override(gathering.circle.language), timezone.override(gathering.zone):
        _leaf(pen, gathering)
        when = moments.span(gathering.starts_at, gathering.ends_at)
    lines, size = fitted(pen, gathering.title)
    for number, line in enumerate(lines):
        pen.text((TEXT_LEFT, 84 + number * size * LEADING), line, INK, font("fraunces", size))
    _line(pen, when, TEXT_LEFT, 446, 34, INK)
    _line(pen, gathering.circle.name, TEXT_LEFT, 500, 34, QUIET)
    pen.rectangle((0, HEIGHT - 12, WIDTH, HEIGHT), ACCENT)
    _line(pen, settings.SITE_NAME, MARGIN, 548, 28, QUIET, name="figtree-bold", width=TEXT_LEFT - MARGIN - 20)
    made = BytesIO()
    # Few colours: a quarter of the bytes, and nobody sees it.
    picture.quantize(64).save(made, "PNG", optimize=True)
    return made.getvalue()


def _leaf(pen: "ImageDraw", gathering: Gathering) -> None:
    day = localtime(gathering.starts_at)
    left, top, right, bottom = LEAF
    middle = (left + right) / 2
    pen.rounded_rectangle(LEAF, 28, WHITE, LINE, 2)
    pen.rounded_rectangle((left, top, right, top + 68), 28, SOFT, corners=(True, True, False, False))
    pen.text((middle, top + 34), date_format(day, "D"), ACCENT, font("figtree-bold", 34), anchor="mm")
    pen.text((middle, top + 122), str(day.day), INK, font("fraunces", 82), anchor="mm")
    pen.text((middle, bottom + 34), date_format(day, "F"), QUIET, font("figtree", 32), anchor="mm")


def fitted(pen: "ImageDraw", title: str) -> tuple[list[str], int]:
    """The title in lines, in the largest letters that leave room for all of it."""
    for size in TITLE_SIZES:
        lines = wrapped(pen, title, size)
        if len(lines) * size * LEADING <= TITLE_HEIGHT:
            break
    return lines, size


def wrapped(pen: "ImageDraw", title: str, size: int) -> list[str]:
    """Broken between words, and within one that is wider than the card."""
    lines = [""]
    face = font("fraunces", size)
    for word in printable(title, "fraunces").split():
        longer = f"{lines[-1]} {word}".strip()
        if pen.textlength(longer, face) <= TEXT_WIDTH:
            lines[-1] = longer
            continue
        lines += [""] if lines[-1] else []
        for letter in word:
            if pen.textlength(lines[-1] + letter, face) > TEXT_WIDTH:
                lines.append("")
            lines[-1] += letter
    return lines


def _line(
    pen: "ImageDraw",
    text: str,
    x: int,
    y: int,
    size: int,
    colour: str,
    *,
    name: str = "figtree",
    width: int = TEXT_WIDTH,
) -> None:
    """One line, smaller where it would not fit."""
    text = printable(text, name)
    needed = pen.textlength(text, font(name, size))
    pen.text((x, y), text, colour, font(name, size if needed <= width else int(size * width / needed)))


def font(name: str, size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(str(paper_fonts.path(name)), size)

"""What all pictures beside a shared link are made of: paper, a title that fits, lines, and whose site it is."""

from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.conf import settings

from peerhood.design import paper_fonts
from peerhood.gatherings.printing.paper import printable

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

# As those who show links ask for it.
WIDTH, HEIGHT, MARGIN = 1200, 630, 80
# From tokens.css, by day.
PAPER, WHITE, INK, QUIET, LINE, ACCENT, SOFT = (
    *("#fbf8f3", "#ffffff", "#2b2320", "#5e524b", "#e3dbcf", "#9a3412", "#fce8dc"),
)
TITLE_TOP, TITLE_HEIGHT, LEADING = 84, 330, 1.12
TITLE_SIZES = range(84, 39, -4)


def blank() -> "tuple[Image, ImageDraw]":
    """A sheet with the site's name at its foot, and the pen that draws on it."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, HEIGHT - 12, WIDTH, HEIGHT), ACCENT)
    return picture, pen


def as_png(picture: "Image") -> bytes:
    made = BytesIO()
    # Few colours: a quarter of the bytes, and nobody sees it.
    picture.quantize(64).save(made, "PNG", optimize=True)
    return made.getvalue()


def title(pen: "ImageDraw", words: str, *, left: int) -> None:
    lines, size = fitted(pen, words, width=WIDTH - MARGIN - left)
    for number, each in enumerate(lines):
        pen.text((left, TITLE_TOP + number * size * LEADING), each, INK, font("fraunces", size))


def fitted(pen: "ImageDraw", words: str, *, width: int) -> tuple[list[str], int]:
    """The title in lines, in the largest letters that leave room for all of it."""
    for size in TITLE_SIZES:
        lines = wrapped(pen, words, size, width=width)
        if len(lines) * size * LEADING <= TITLE_HEIGHT:
            break
    return lines, size


def wrapped(pen: "ImageDraw", words: str, size: int, *, width: int) -> list[str]:
    """Broken between words, and within one that is wider than the card."""
    lines = [""]
    face = font("fraunces", size)
    for word in printable(words, "fraunces").split():
        longer = f"{lines[-1]} {word}".strip()
        if pen.textlength(longer, face) <= width:
            lines[-1] = longer
            continue
        lines += [""] if lines[-1] else []
        for letter in word:
            if pen.textlength(lines[-1] + letter, face) > width:
                lines.append("")
            lines[-1] += letter
    return lines


def site_name(pen: "ImageDraw", *, width: int) -> None:
    line(pen, settings.SITE_NAME, (MARGIN, 548), 28, QUIET, name="figtree-bold", width=width)


def line(
    pen: "ImageDraw",
    words: str,
    at: tuple[int, int],
    size: int,
    colour: str,
    *,
    width: int,
    name: str = "figtree",
) -> None:
    """One line, smaller where it would not fit."""
    words = printable(words, name)
    needed = pen.textlength(words, font(name, size))
    pen.text(at, words, colour, font(name, size if needed <= width else int(size * width / needed)))


def font(name: str, size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(str(paper_fonts.path(name)), size)

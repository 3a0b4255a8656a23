"""Paper: an A4 page with our typefaces, in millimetres from the top left, with a foot for what must be said.

Nothing runs over: a line shrinks until it fits, and words that are too many end in "…".
A letter that our typefaces lack is printed as "?", and ``lacks`` tells whose name needs a pen.
"""

import re
import unicodedata
from collections.abc import Iterable
from math import floor
from typing import Any, Self

from peerhood.design import paper_fonts

WIDTH, HEIGHT, MARGIN = 210.0, 297.0, 15.0
FOOT = HEIGHT - 9
# A point is a 72nd of an inch.
MM_PER_POINT = 25.4 / 72
INK, QUIET, RULE = 30, 95, 170
SERIF, SANS, BOLD = "fraunces", "figtree", "figtree-bold"
UNKNOWN = "?"
# Nobody reads less than this at arm's length.
SMALLEST = 6.5


class Paper:
    """One PDF in the making. Nothing of it is written to a disk.

    with Paper(title, language) as paper: ...; the typefaces' files are open until then.
    """

    def __init__(self, title: str, language: str, notes: Iterable[str] = ()) -> None:
        # A third of a second to import, and most processes never print.
        from fpdf import FPDF

        self.pdf: Any = FPDF(format="A4", unit="mm")
        self.pdf.set_auto_page_break(False)
        self.pdf.set_title(title)
        self.pdf.set_lang(language)
        self.pdf.set_line_width(0.2)
        for name in paper_fonts.CUTS:
            self.pdf.add_font(name, fname=paper_fonts.path(name))
        self.notes = " ".join(notes)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        for font in self.pdf.fonts.values():
            font.ttfont.close()

    def page(self) -> None:
        """Begin a new one. What every page must say stands at its foot."""
        self.pdf.add_page()
        if self.notes:
            self.line(self.notes, MARGIN, FOOT, WIDTH - 2 * MARGIN, size=8, font=BOLD)

    def line(
        self, text: str, x: float, y: float, width: float, *, size: float, font: str = SANS, grey: int = INK
    ) -> float:
        """One line with its feet at ``y``, smaller where it would not fit; the size it came out in, in points."""
        text = printable(text, font)
        size = self._fitting(text, width, size, font)
        self.pdf.set_font(font, size=size)
        self.pdf.set_text_color(grey)
        if text:
            self.pdf.text(x, y, text)
        return size

    def words(
        self,
        text: str,
        x: float,
        y: float,
        width: float,
        *,
        size: float,
        lines: int = 99,
        font: str = SANS,
        grey: int = INK,
    ) -> float:
        """Several lines, the first with its feet at ``y``; returns where the next one would have its feet."""
        wrapped = self.wrapped(text, width, size=size, font=font)
        if len(wrapped) > lines:
            wrapped = [*wrapped[: lines - 1], self._ended(wrapped[lines - 1], width, size, font)]
        for each in wrapped:
            self.line(each, x, y, width, size=size, font=font, grey=grey)
            y += leading(size)
        return y

    def block(self, text: str, x: float, y: float, width: float, height: float, *, size: float) -> None:
        """Words that must all be there, in letters as large as the height allows, the first line's feet at ``y``."""
        while size > SMALLEST and len(self.wrapped(text, width, size=size)) * leading(size) > height:
            size -= 0.5
        self.words(text, x, y, width, size=size, lines=int(height // leading(size)) or 1)

    def wrapped(self, text: str, width: float, *, size: float, font: str = SANS) -> list[str]:
        """The text in lines that fit; a word that is too long for a line goes on in the next."""
        lines = [""]
        for word in printable(text, font).split():
            longer = f"{lines[-1]} {word}".strip()
            if self.width_of(longer, size, font) <= width:
                lines[-1] = longer
                continue
            lines += [""] if lines[-1] else []
            for letter in word:
                if self.width_of(lines[-1] + letter, size, font) > width:
                    lines.append("")
                lines[-1] += letter
        return [line for line in lines if line]

    def width_of(self, text: str, size: float, font: str = SANS) -> float:
        self.pdf.set_font(font, size=size)
        return float(self.pdf.get_string_width(text))

    def rule(self, x: float, y: float, width: float) -> None:
        self.pdf.set_draw_color(RULE)
        self.pdf.line(x, y, x + width, y)

    def cut(self, from_x: float, from_y: float, to_x: float, to_y: float) -> None:
        """Where the scissors go."""
        self.pdf.set_draw_color(RULE)
        self.pdf.set_dash_pattern(dash=1, gap=1.5)
        self.pdf.line(from_x, from_y, to_x, to_y)
        self.pdf.set_dash_pattern()

    def code(self, address: str, x: float, y: float, side: float) -> None:
        """The address as a QR code, ``side`` wide with the quiet zone that cameras need."""
        import segno
        from PIL import Image

        # Looking for the best of eight masks is most of what a hundred badges cost; every reader knows them all.
        code = segno.make(address, error="m", micro=False, mask=3)
        matrix = list(code.matrix_iter(border=2))
        picture = Image.new("1", (len(matrix), len(matrix)))
        picture.putdata([255 * (not dark) for row in matrix for dark in row])
        self.pdf.image(picture.resize((len(matrix) * 8,) * 2, Image.Resampling.NEAREST), x, y, side, side)

    def to_bytes(self) -> bytes:
        return bytes(self.pdf.output())

    def _fitting(self, text: str, width: float, size: float, font: str) -> float:
        needed = self.width_of(text, size, font)
        # A PDF knows hundredths of a point, and rounds them up.
        return size if needed <= width else floor(size * width / needed * 100) / 100

    def _ended(self, line: str, width: float, size: float, font: str) -> str:
        while line and self.width_of(f"{line}…", size, font) > width:
            line = line[:-1]
        return f"{line.rstrip()}…"


def leading(size: float) -> float:
    """From one line to the next, for letters of so many points."""
    return size * MM_PER_POINT * 1.3


def printable(text: str, font: str = SANS) -> str:
    """The text on one line, with what the typeface lacks as question marks.

    >>> printable("A\\u030asa  Öst\\n李"), printable("Zoë Łukasz Şahin", SERIF)
    ('Åsa Öst ?', 'Zoë Łukasz Şahin')
    """
    return "".join(letter if ord(letter) in paper_fonts.letters(font) else UNKNOWN for letter in plain(text))


def lacks(text: str) -> bool:
    """Has the text a letter that our typefaces lack?

    >>> lacks("Åsa Öst"), lacks("李")
    (False, True)
    """
    return any(
        ord(letter) not in paper_fonts.letters(font) for letter in plain(text) for font in (SERIF, SANS)
    )


def plain(text: str) -> str:
    """Composed, on one line, and without marks that have no shape."""
    joined = unicodedata.normalize("NFC", re.sub(r"\s+", " ", text)).strip()
    return "".join(letter for letter in joined if unicodedata.category(letter) not in ("Cc", "Cf"))

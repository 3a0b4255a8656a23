"""Read a PDF back as somebody reads paper: its pages, its words, and where each line ends."""

from io import BytesIO

from pypdf import PdfReader

from peerhood.gatherings.printing.paper import Paper

MM_PER_POINT = 25.4 / 72
FACES = {"Fraunces": "fraunces", "Bold": "figtree-bold", "Figtree": "figtree"}


def pages_of(body: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(body)).pages]


def lines_of(body: bytes) -> list[tuple[str, float, float]]:
    """Each line with where it begins and ends, in millimetres from the left, measured in its own typeface."""
    found = []

    def visit(text, _cm, tm, font, size):
        if text.strip() and font:
            face = next(face for word, face in FACES.items() if word in font["/BaseFont"])
            left = tm[4] * MM_PER_POINT
            found.append((text.strip(), left, left + paper.width_of(text.strip(), size, face)))

    with Paper("", "en") as paper:
        for page in PdfReader(BytesIO(body)).pages:
            page.extract_text(visitor_text=visit)
    return found

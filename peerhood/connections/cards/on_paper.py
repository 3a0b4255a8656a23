"""On paper: one's own card for the badge, with its code, the size of a badge, to cut out of a sheet of A4."""

from django.utils import translation
from django.utils.translation import gettext as _

from peerhood.connections.cards.face import Face
from peerhood.gatherings.printing.paper import BOLD, MARGIN, QUIET, SERIF, WIDTH, Paper, lacks
from peerhood.people.models import Person

# Of the card, in millimetres; it fits the usual holders of 90 by 65.
WIDE, HIGH = 90.0, 65.0
LEFT, TOP = (WIDTH - WIDE) / 2, 30.0
PADDING, CODE = 7.0, 30.0


def printed(face: Face, address: str, owner: Person) -> bytes:
    """The card as a PDF in its owner's language."""
    with translation.override(owner.language):
        missing = _("Letters this typeface lacks are printed as “?”: please write them by hand.")
        notes = [missing] if any(map(lacks, _lines(face))) or lacks(face.name) else []
        with Paper(_("Your contact card"), owner.language, notes) as paper:
            paper.page()
            _card(paper, face, address)
            about = _(
                "Cut along the lines. Whoever scans the code sees your card, until you give it a new address."
            )
            paper.words(about, MARGIN, TOP + HIGH + 14, WIDTH - 2 * MARGIN, size=10, grey=QUIET)
            return paper.to_bytes()


def _card(paper: Paper, face: Face, address: str) -> None:
    for x in (LEFT, LEFT + WIDE):
        paper.cut(x, TOP, x, TOP + HIGH)
    for y in (TOP, TOP + HIGH):
        paper.cut(LEFT, y, LEFT + WIDE, y)
    x, inner = LEFT + PADDING, WIDE - 2 * PADDING
    first, _space, others = face.name.partition(" ")
    paper.line(first, x, TOP + 15, inner, size=30, font=SERIF)
    paper.line(others, x, TOP + 22.5, inner, size=14, font=SERIF)
    y, beside = TOP + 31.0, inner - CODE
    for line in _lines(face):
        y = paper.words(line, x, y, beside, size=8.5, lines=2) + 0.6
    paper.code(address, x + inner - CODE + 2, TOP + HIGH - CODE - 7, CODE)
    paper.line(
        _("Scan me"), x + inner - CODE + 5, TOP + HIGH - 4.5, CODE - 6, size=7.5, font=BOLD, grey=QUIET
    )


def _lines(face: Face) -> list[str]:
    """What stands beside the code; an address of the web is behind it."""
    about = _("Ask me about %(what)s") % {"what": face.ask_me_about} if face.ask_me_about else ""
    return [line for line in (face.work, face.job, face.town, face.email, about) if line]

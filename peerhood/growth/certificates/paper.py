"""A certificate on one page of A4, in the language of its circle, with a code that leads to where it is confirmed."""

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from peerhood.gatherings.printing.paper import (
    BOLD,
    MARGIN,
    QUIET,
    SERIF,
    SMALLEST,
    WIDTH,
    Paper,
    leading,
)
from peerhood.growth.models import Certificate
from peerhood.growth.telling import not_a_provider

LEFT, ROOM = MARGIN + 10, WIDTH - 2 * MARGIN - 20
TOP_OF_CODE, CODE = 232.0, 34.0


def made(certificate: Certificate) -> bytes:
    with translation.override(certificate.language):
        title = _("Certificate")
        with Paper(title, certificate.language, notes=[not_a_provider()]) as paper:
            paper.page()
            _draw(paper, certificate, title)
            return paper.to_bytes()


def _draw(paper: Paper, certificate: Certificate, title: str) -> None:
    paper.line(title, LEFT, 38, ROOM, size=14, font=BOLD, grey=QUIET)
    y = paper.words(certificate.name, LEFT, 56, ROOM, size=30, font=SERIF, lines=2)
    paper.line(_("took part in"), LEFT, y, ROOM, size=11)
    y = paper.words(certificate.title_outside, LEFT, y + 13, ROOM, size=20, font=SERIF, lines=3) + 2
    for name, said in (
        (_("Given by"), certificate.provider_outside),
        (_("Date"), date_format(certificate.day, "j F Y")),
        (_("Hours"), certificate.hours),
    ):
        paper.line(name, LEFT, y, 38, size=11, grey=QUIET)
        paper.line(said, LEFT + 40, y, ROOM - 40, size=11)
        y += 6.5
    if certificate.outcomes_outside:
        paper.line(_("Learning outcomes"), LEFT, y + 6, ROOM, size=12, font=BOLD)
        _draw_outcomes(paper, certificate.outcomes_outside, y + 13)
    _draw_where(paper, certificate)


def _draw_outcomes(paper: Paper, outcomes: list[str], y: float) -> None:
    """All of them, in letters as large as the room above the code allows."""
    size = 11.0
    while size > SMALLEST and _height(paper, outcomes, size) > TOP_OF_CODE - 6 - y:
        size -= 0.5
    for outcome in outcomes:
        paper.line("•", LEFT, y, 5, size=size)
        y = paper.words(outcome, LEFT + 5, y, ROOM - 5, size=size) + 1


def _height(paper: Paper, outcomes: list[str], size: float) -> float:
    lines = sum(len(paper.wrapped(outcome, ROOM - 5, size=size)) for outcome in outcomes)
    return lines * leading(size) + len(outcomes)


def _draw_where(paper: Paper, certificate: Certificate) -> None:
    """Where it is confirmed, for a camera and for a hand that types."""
    paper.code(certificate.address, LEFT, TOP_OF_CODE, CODE)
    beside, room = LEFT + CODE + 6, ROOM - CODE - 6
    issued = date_format(localdate(certificate.issued_at), "j F Y")
    said = _("Issued by %(site)s on %(day)s") % {"site": settings.SITE_NAME, "day": issued}
    paper.line(_("Is it valid?"), beside, TOP_OF_CODE + 8, room, size=12, font=BOLD)
    for step, line in enumerate((certificate.address, f"{_('Id')}: {certificate.uid}", said)):
        paper.line(line, beside, TOP_OF_CODE + 15 + 6 * step, room, size=9)

"""The picture that stands beside a shared link: the date leaf, what it is, and whose, 1200 by 630."""

from typing import TYPE_CHECKING

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.timezone import localtime

from peerhood.design import moments
from peerhood.gatherings.being_found import picture
from peerhood.gatherings.being_found.picture import ACCENT, INK, LINE, MARGIN, QUIET, SOFT, WHITE, font
from peerhood.gatherings.models import Gathering

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

LEAF = (MARGIN, 96, MARGIN + 190, 96 + 196)
TEXT_LEFT = LEAF[2] + 56
TEXT_WIDTH = picture.WIDTH - MARGIN - TEXT_LEFT


def drawn(gathering: Gathering) -> bytes:
    """A PNG, in the circle's language."""
    sheet, pen = picture.blank()
    with translation.override(gathering.circle.language), timezone.override(gathering.zone):
        _leaf(pen, gathering)
        when = moments.span(gathering.starts_at, gathering.ends_at)
    picture.title(pen, gathering.title, left=TEXT_LEFT)
    picture.line(pen, when, (TEXT_LEFT, 446), 34, INK, width=TEXT_WIDTH)
    picture.line(pen, gathering.circle.name, (TEXT_LEFT, 500), 34, QUIET, width=TEXT_WIDTH)
    picture.site_name(pen, width=TEXT_LEFT - MARGIN - 20)
    return picture.as_png(sheet)


def _leaf(pen: "ImageDraw", gathering: Gathering) -> None:
    day = localtime(gathering.starts_at)
    left, top, right, bottom = LEAF
    middle = (left + right) / 2
    pen.rounded_rectangle(LEAF, 28, WHITE, LINE, 2)
    pen.rounded_rectangle((left, top, right, top + 68), 28, SOFT, corners=(True, True, False, False))
    pen.text((middle, top + 34), date_format(day, "D"), ACCENT, font("figtree-bold", 34), anchor="mm")
    pen.text((middle, top + 122), str(day.day), INK, font("fraunces", 82), anchor="mm")
    pen.text((middle, bottom + 34), date_format(day, "F"), QUIET, font("figtree", 32), anchor="mm")

"""The run sheet: the day line by line, for those who run it."""

import re
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from peerhood.design import moments
from peerhood.gatherings import queries
from peerhood.gatherings.models import AgendaItem, Gathering
from peerhood.gatherings.printing.paper import BOLD, FOOT, MARGIN, QUIET, SERIF, WIDTH, Paper, leading

TIME, MINUTES, TEXT = MARGIN, MARGIN + 17, MARGIN + 34
INNER = WIDTH - MARGIN - TEXT
LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
Kind = AgendaItem.Kind
# What an item of each kind needs, beside what its own materials say.
READY = {
    Kind.ARRIVAL: gettext_lazy("Badges, the sign-in sheet, somebody at the door"),
    Kind.TALK: gettext_lazy("The screen and its cable, water for whoever speaks"),
    Kind.EXERCISE: gettext_lazy("Pens and paper on every table"),
    Kind.MEMBER_STORY: gettext_lazy("The screen, and a chair in front"),
    Kind.FIKA: gettext_lazy("Coffee, tea, and something for those who eat no wheat or milk"),
    Kind.MIXING: gettext_lazy("Table cards, and the tables on the screen"),
    Kind.FORMAT: gettext_lazy("The room on the screen, and its code for the phones"),
    Kind.BALLOT: gettext_lazy("The ballot on the screen, and slips for those without a phone"),
    Kind.CLOSING: gettext_lazy("The date of the next one"),
}


def draw(paper: Paper, gathering: Gathering) -> None:
    paper.page()
    y = _head(paper, gathering)
    for item, starts_at in queries.agenda_with_times(gathering):
        if y + _height(paper, item) > FOOT - 6:
            paper.page()
            y = MARGIN + 6
        y = _row(paper, item, starts_at, y)
    paper.rule(MARGIN, y - 3, WIDTH - 2 * MARGIN)
    ends_at = gathering.ends_at.astimezone(gathering.zone)
    paper.line(f"{ends_at:%H:%M}", TIME, y + 3, 16, size=12, font=BOLD)
    paper.line(_("The end"), TEXT, y + 3, INNER, size=11, grey=QUIET)


def _head(paper: Paper, gathering: Gathering) -> float:
    inner = WIDTH - 2 * MARGIN
    y = paper.words(gathering.title, MARGIN, MARGIN + 8, inner, size=22, lines=2, font=SERIF)
    with timezone.override(gathering.zone):
        paper.line(moments.span(gathering.starts_at, gathering.ends_at), MARGIN, y, inner, size=11)
    places = gathering.room_line
    if places:
        y += leading(11)
        paper.line(places, MARGIN, y, inner, size=11)
    count = gathering.going_count
    coming = ngettext("%(n)d person comes.", "%(n)d people come.", count) % {"n": count}
    paper.line(coming, MARGIN, y + leading(11), inner, size=11)
    return y + leading(11) + 12


def _row(paper: Paper, item: AgendaItem, starts_at: datetime, y: float) -> float:
    paper.rule(MARGIN, y - 6, WIDTH - 2 * MARGIN)
    paper.line(f"{starts_at:%H:%M}", TIME, y, 16, size=12, font=BOLD)
    paper.line(_("%(n)d min") % {"n": item.length_minutes}, MINUTES, y, 16, size=11, grey=QUIET)
    y = paper.words(item.title, TEXT, y, INNER, size=12, font=BOLD)
    for text in _about(item):
        y = paper.words(text, TEXT, y, INNER, size=10)
    return y + 6


def _height(paper: Paper, item: AgendaItem) -> float:
    lines = [line for text in _about(item) for line in paper.wrapped(text, INNER, size=10)]
    titles = paper.wrapped(item.title, INNER, size=12, font=BOLD)
    return len(titles) * leading(12) + len(lines) * leading(10) + 6


def _about(item: AgendaItem) -> list[str]:
    """Kind and who, the rule that holds, what to bring, and what to have ready."""
    kind = " · ".join(filter(None, [item.get_kind_display(), item.speaker]))
    rule = _("Rule: %(rule)s") % {"rule": item.get_confidentiality_display()}
    ready = _("Have ready: %(things)s") % {"things": READY[Kind(item.kind)]}
    materials = as_read(item.materials)
    bring = _("Materials: %(things)s") % {"things": materials} if materials else ""
    return [text for text in (kind, rule, bring, ready) if text]


def as_read(markdown: str) -> str:
    """Where a link leads is said, for paper has no links.

    >>> as_read("The [list](https://example.org/l), printed")
    'The list (https://example.org/l), printed'
    """
    return LINK.sub(r"\1 (\2)", markdown).strip()

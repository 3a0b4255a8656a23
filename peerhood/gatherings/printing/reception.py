"""The reception's list: whom to let in, and where they work. No more: a reception is not the circle."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peerhood.gatherings.printing import lists
from peerhood.gatherings.printing.paper import MARGIN, SERIF, WIDTH, Paper
from peerhood.gatherings.printing.seated import Seated


def draw(paper: Paper, seated: Sequence[Seated], about: str) -> None:
    rows = [(each.name, each.employer) for each in seated]
    lists.draw(paper, _("Visitors"), about, (_("Name"), _("Employer")), rows)


def draw_without_names(paper: Paper, seated: Sequence[Seated], about: str) -> None:
    """Where nobody may learn who was there, the reception learns how many come."""
    count, inner = len(seated), WIDTH - 2 * MARGIN
    paper.page()
    paper.line(_("Visitors"), MARGIN, MARGIN + 8, inner, size=22, font=SERIF)
    paper.words(about, MARGIN, MARGIN + 16, inner, size=11, lines=2)
    coming = ngettext("%(n)d visitor comes.", "%(n)d visitors come.", count) % {"n": count}
    paper.line(coming, MARGIN, MARGIN + 34, inner, size=18, font=SERIF)
    rule = _(
        "Nobody outside learns who comes, so no names stand here. Please let in whoever asks for this meeting."
    )
    paper.words(rule, MARGIN, MARGIN + 46, inner, size=12)

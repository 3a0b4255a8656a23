"""Hours for outside: text to paste, a spreadsheet, paper. The reflection is in none but the owner's files."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from peerhood.gatherings.printing.paper import HEIGHT, MARGIN, SERIF, WIDTH, Paper
from peerhood.growth.models import Entry
from peerhood.growth.quarters import hours
from peerhood.packs import cpd
from peerhood.platform import spreadsheets

ROOM = WIDTH - 2 * MARGIN


def not_a_provider() -> str:
    return _("Neither Peerhood nor the circle claims to be an authorised provider.")


def split(entry: Entry) -> list[tuple[str, str]]:
    """Each side by its name, with its hours."""
    names, language = cpd.current().sides, get_language() or ""
    return [
        (cpd.said(names[key], language), hours(quarters))
        for key, quarters in entry.split.items()
        if key in names
    ]


def as_text(entry: Entry) -> str:
    """What a certification's form asks for, a line each."""
    told = [
        (_("Provider"), entry.provider_outside),
        (_("Title"), entry.title_outside),
        (_("Date"), entry.day.isoformat()),
        (_("Hours"), hours(entry.quarters)),
        *split(entry),
        (_("Description"), entry.learned),
    ]
    return "\n".join(f"{name}: {said}" for name, said in told if said)


def as_sheet(entries: Iterable[Entry]) -> str:
    """Everything, with one's own reflections: it is the owner's file."""
    names, language = cpd.current().sides, get_language() or ""
    header = [_("Date"), _("Title"), _("Provider"), _("Hours"), _("Education")]
    header += [cpd.said(name, language) for name in names.values()]
    header += [_("What I learned"), _("Reflection"), _("Evidence")]
    rows = (
        [
            entry.day.isoformat(),
            entry.title_outside,
            entry.provider_outside,
            hours(entry.quarters),
            _("Yes") if entry.is_education else _("No"),
            *(hours(entry.split.get(key, 0)) for key in names),
            entry.learned,
            entry.reflection,
            entry.evidence,
        ]
        for entry in entries
    )
    return spreadsheets.sheet(header, rows)


def as_paper(entries: Iterable[Entry], name: str) -> bytes:
    """Pages to show somebody: without reflections."""
    entries = list(entries)
    title = _("Hours of learning")
    with Paper(title, get_language() or "en", notes=[not_a_provider()]) as paper:
        paper.page()
        paper.line(title, MARGIN, 28, ROOM, size=24, font=SERIF)
        total = hours(sum(entry.quarters for entry in entries))
        paper.line(f"{name} · {total} h", MARGIN, 37, ROOM, size=12)
        y = 50.0
        for entry in entries:
            y = _draw(paper, entry, y)
        return paper.to_bytes()


def _draw(paper: Paper, entry: Entry, y: float) -> float:
    split_line = " · ".join(f"{name} {said}" for name, said in split(entry))
    lines = len(paper.wrapped(entry.learned, ROOM, size=10)) + len(paper.wrapped(split_line, ROOM, size=9))
    # The longest learning point is shorter than a page.
    if y + 12 + 5 * lines > HEIGHT - 18:
        paper.page()
        y = 24.0
    paper.line(entry.title_outside, MARGIN, y, ROOM - 25, size=12, font="figtree-bold")
    paper.line(f"{hours(entry.quarters)} h", WIDTH - MARGIN - 22, y, 22, size=12)
    about = ", ".join(filter(None, [date_format(entry.day, "j F Y"), entry.provider_outside]))
    paper.line(about, MARGIN, y + 5.5, ROOM, size=10, grey=95)
    y = paper.words(split_line, MARGIN, y + 10.5, ROOM, size=9, grey=95)
    y = paper.words(entry.learned, MARGIN, y + 0.5, ROOM, size=10)
    return y + 5

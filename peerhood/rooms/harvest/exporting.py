"""The harvest as text: the question, its headings, and the notes by their stars.

No name, no time and no order but that of stars and random keys: nobody could tell from it who
wrote what, or who wrote first. What the level keeps in the room is not in it.
"""

from collections.abc import Iterator, Sequence

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peerhood.gatherings.models import Gathering
from peerhood.rooms.harvest.gathered import Gathered, gathered_in
from peerhood.rooms.models import Note


def as_markdown(gathering: Gathering) -> str:
    """In the circle's language, like everything that is written for all of it."""
    with translation.override(gathering.circle.language):
        lines = [f"# {gathering.title}", ""]
        for gathered in gathered_in(gathering):
            lines += [f"## {title_of(gathered)}", "", *(content(gathered) or [kept_inside(), ""])]
    return "\n".join(lines)


def as_text(gathering: Gathering) -> str:
    with translation.override(gathering.circle.language):
        lines = [gathering.title, ""]
        for gathered in gathered_in(gathering):
            lines += [title_of(gathered).upper(), "", *(content(gathered, mark="") or [kept_inside(), ""])]
    return "\n".join(lines)


def title_of(gathered: Gathered) -> str:
    """The question that was asked; where there was none, the item's title."""
    item = gathered.pot.item
    return gathered.pot.ask or (item.title if item else _("Notes"))


def kept_inside() -> str:
    return _("What was written here stays in the room.")


def content(gathered: Gathered, mark: str = "### ") -> list[str]:
    """Headings and notes as lines; none where what was written may not leave the room."""
    if not gathered.may_be_told():
        return []
    has_headings = any(heading.group for heading in gathered.filled)
    lines: list[str] = []
    for heading in gathered.filled:
        if has_headings:
            title = heading.group.title if heading.group else _("Without a heading")
            lines += [f"{mark}{title}", ""]
        lines += [*_listed(heading.notes), ""]
    return lines


def _listed(notes: Sequence[Note]) -> Iterator[str]:
    for note in notes:
        first, *rest = note.text.strip().splitlines() or [""]
        yield f"- {first}{_stars(note.dots)}"
        yield from (f"  {line}".rstrip() for line in rest)


def _stars(dots: int | None) -> str:
    if not dots:
        return ""
    stars = ngettext("%(n)d star", "%(n)d stars", dots) % {"n": dots}
    return f" ({stars})"

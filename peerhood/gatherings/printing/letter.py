"""A letter to an employer: what the afternoon is, and what it is worth. It says nothing of who else comes.

Whoever comes writes it for themselves. A closed circle is named only when they choose so, and
what is under a rule is told by its kind.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone, translation
from django.utils.formats import localize
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peerhood.circles.permissions import is_inside
from peerhood.design import moments
from peerhood.gatherings import agenda, confidentiality, queries
from peerhood.gatherings.models import AgendaItem, Gathering
from peerhood.gatherings.permissions import can_attend, standing_of
from peerhood.gatherings.printing.paper import BOLD, MARGIN, SERIF, WIDTH, Paper
from peerhood.people.models import Person


@dataclass(frozen=True)
class Letter:
    """Its parts from top to bottom, in the language it is written in."""

    language: str
    to: str
    about: str
    opening: list[str]
    happens: list[str]
    worth: list[str]
    signed: str


def may_have(person: Person, gathering: Gathering) -> bool:
    """Whoever has a place, may answer, or runs it."""
    standing = standing_of(person, gathering)
    return standing.has_place or standing.can_host() or can_attend(person, gathering)


def may_name_circle(person: Person, gathering: Gathering) -> bool:
    """Is there something to choose: a closed circle that this person knows of?"""
    return gathering.circle.is_closed() and gathering.is_circle_known_to(person)


def written(
    gathering: Gathering, person: Person, *, language: str, employer: str = "", names_circle: bool = False
) -> Letter:
    """The letter; ``employer`` is what they typed and is kept nowhere."""
    is_named = not gathering.circle.is_closed() or (names_circle and may_name_circle(person, gathering))
    items = queries.agenda_with_times(gathering)
    level = agenda.strictest(item for item, _starts_at in items)
    with translation.override(language), timezone.override(gathering.zone):
        return Letter(
            language=language,
            to=_to(employer),
            about=_about(gathering, is_named),
            opening=[_who(gathering, person, is_named), *_when(gathering, is_named)],
            happens=[_line(item, starts_at, is_named) for item, starts_at in items],
            worth=[
                *_worth(person, has_promise=confidentiality.asks_something(level)),
                _cost(gathering.length),
                _contact(gathering, person),
            ],
            signed=str(person),
        )


def _to(employer: str) -> str:
    if employer:
        return _("To whom it may concern at %(employer)s") % {"employer": employer}
    return _("To whom it may concern")


def _about(gathering: Gathering, is_named: bool) -> str:
    return gathering.title if is_named else _("A professional network meeting")


def _who(gathering: Gathering, person: Person, is_named: bool) -> str:
    said = {"name": person, "title": gathering.title, "circle": gathering.circle.name}
    if is_named:
        return (
            _(
                "%(name)s would like to take part in “%(title)s”, a meeting of %(circle)s: "
                "people who do the same kind of work, and meet regularly to learn from one another."
            )
            % said
        )
    return _(
        "%(name)s would like to take part in a professional network meeting: "
        "people who do the same kind of work, and meet regularly to learn from one another."
    ) % said  # fmt: skip


def _when(gathering: Gathering, is_named: bool) -> list[str]:
    place = gathering.room_name if is_named and gathering.room_name else gathering.get_mode_display()
    return [moments.span(gathering.starts_at, gathering.ends_at), place]


def _line(item: AgendaItem, starts_at: datetime, is_named: bool) -> str:
    """An open item has a title; one that is under a rule, or in a circle that is not named, is of a kind."""
    what = item.title if is_named and item.is_told_in_mails() else item.get_kind_display()
    minutes = ngettext("%(n)d minute", "%(n)d minutes", item.length_minutes) % {"n": item.length_minutes}
    return f"{starts_at:%H:%M} {what}, {minutes}"


def _worth(person: Person, *, has_promise: bool) -> list[str]:
    said = [
        _(
            "What %(name)s brings back: how others solve the same problems, "
            "people to call when one comes up, and something to try the week after."
        )
        % {"name": person.first_name}
    ]
    if has_promise:
        said.append(
            _(
                "Parts of it are confidential. What was learned comes back; who said it, and where they work, does not."
            )
        )
    return [*said, _("Nobody sells anything there.")]


def _cost(length: timedelta) -> str:
    hours = round(length / timedelta(minutes=30)) / 2
    spoken = localize(int(hours) if hours.is_integer() else hours)
    return ngettext(
        "It costs %(hours)s hour of working time, and the way there.",
        "It costs %(hours)s hours of working time, and the way there.",
        1 if hours == 1 else 2,
    ) % {"hours": spoken}


def _contact(gathering: Gathering, person: Person) -> str:
    """Contact persons stand by name in an open circle, to its members; in any other, whoever writes answers."""
    names = []
    if not gathering.circle.is_closed() and is_inside(person, gathering.circle):
        contacts = gathering.circle.memberships.contacts().order_by("person__name", "pk")
        names = [str(each.person) for each in contacts.select_related("person")[:2]]
    asked = get_text_list(names or [str(person)], _("or"))
    return _("Whoever has questions is welcome to ask %(names)s.") % {"names": asked}


def draw(paper: Paper, letter: Letter) -> None:
    """One sheet, or two when much happens."""
    inner, y = WIDTH - 2 * MARGIN - 10, _top(paper)
    left = MARGIN + 5

    def say(text: str, *, size: float = 11, font: str = "figtree", gap: float = 2.5) -> None:
        nonlocal y
        if y > 270:
            y = _top(paper)
        y = paper.words(text, left, y, inner, size=size, font=font) + gap

    say(letter.to, gap=8)
    say(letter.about, size=22, font=SERIF, gap=4)
    for text in letter.opening:
        say(text)
    if letter.happens:
        y += 3
        with translation.override(letter.language):
            say(_("What happens"), size=12, font=BOLD)
        for text in letter.happens:
            say(text, gap=0.5)
        y += 5
    for text in letter.worth:
        say(text)
    y += 10
    say(letter.signed)


def _top(paper: Paper) -> float:
    paper.page()
    return MARGIN + 12

"""Lists for breakout rooms: who of a round is with whom, as each conferencing program wants to be told.

Zoom reads a file of rooms and addresses, with this header letter for letter. Teams and BigBlueButton read
none: theirs are lists to move people by, and say only what one sees there. What is known of each program,
and from where, stands in docs/loop/rooms.md.

Names are those of the screens: first names, told apart where two share one. An address stands where the
program knows people by it, and the file is for hosts and facilitators, who throw it away afterwards.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peerhood import journal
from peerhood.gatherings.models import Gathering, Part
from peerhood.gatherings.permissions import can_facilitate
from peerhood.mixing import queries as mixing
from peerhood.mixing.models import Round
from peerhood.people.models import Person
from peerhood.platform.spreadsheets import bare_sheet, sheet
from peerhood.rooms.queries import told_apart


@dataclass(frozen=True)
class Sent:
    """Somebody who is sent to a breakout room. ``address`` is empty where there is none, or none for this reader."""

    room: str
    name: str
    address: str


@dataclass(frozen=True)
class Program:
    """A conferencing program, and the file to make for it."""

    name: str
    about: str | Promise
    written: Callable[[Sequence[Sent]], str]


def _for_zoom(everybody: Sequence[Sent]) -> str:
    header = ("Pre-assign Room Name", "Email Address")
    return bare_sheet(header, ((each.room, each.address) for each in everybody if each.address))


def _for_teams(everybody: Sequence[Sent]) -> str:
    header = (_("Room"), _("Name"), _("E-mail"))
    return sheet(header, ((each.room, each.name, each.address) for each in everybody))


def _for_bigbluebutton(everybody: Sequence[Sent]) -> str:
    return sheet((_("Room"), _("Name")), ((each.room, each.name) for each in everybody))


PROGRAMS = {
    "zoom": Program(
        "Zoom",
        gettext_lazy(
            "A file to import before the meeting begins, under “Breakout Room pre-assign”. Zoom takes one list a "
            "meeting, and finds people by the address they are signed in with there."
        ),
        _for_zoom,
    ),
    "teams": Program(
        "Teams",
        gettext_lazy(
            "Teams imports no list. This one is to assign people by, in the meeting’s breakout rooms."
        ),
        _for_teams,
    ),
    "bigbluebutton": Program(
        "BigBlueButton",
        gettext_lazy("BigBlueButton imports no list. This one is to move people by; it has no addresses."),
        _for_bigbluebutton,
    ),
}


def listed(round: Round, program: Program, *, by: Person) -> str:
    """The file, in the circle's language. Who took it is written down, as for a list that is printed."""
    gathering = round.plan.gathering
    if not can_facilitate(by, gathering):
        raise PermissionDenied
    with translation.override(gathering.circle.language):
        everybody = _sent(round, gathering, by)
        made = program.written(everybody)
    with transaction.atomic():
        journal.record(
            "list.printed",
            gathering,
            by=by,
            sheet=f"breakouts-{program.name.lower()}",
            names_count=len(everybody),
        )
    return made


def _sent(round: Round, gathering: Gathering, by: Person) -> list[Sent]:
    """Those of a round who are in the call, by room: in a hybrid gathering the others have a table."""
    tables = _in_the_call(gathering, mixing.tables_of(round))
    everybody = [person for _number, people in tables for person in people]
    times = Counter(person.first_name for person in everybody)
    open_to = _open_to(by, everybody)
    room = _("Table %(number)s") if round.has_tables else _("Group %(number)s")
    return [
        Sent(
            room % {"number": number},
            told_apart(person, times),
            (person.email or "") if person.pk in open_to else "",
        )
        for number, people in tables
        for person in people
    ]


def _in_the_call(
    gathering: Gathering, tables: list[tuple[int, list[Person]]]
) -> list[tuple[int, list[Person]]]:
    """Seats are kept with their round; whoever gave up their place since, or lost it, is sent nowhere."""
    going = gathering.rsvps.going()
    if gathering.is_hybrid():
        going = going.filter(part=Part.ONLINE)
    there = set(going.values_list("person_id", flat=True))
    return [(number, [person for person in people if person.pk in there]) for number, people in tables]


def _open_to(by: Person, people: Iterable[Person]) -> set[int]:
    """Of whom this reader may have the address: not of those who blocked them, or whom they blocked."""
    keys = [person.pk for person in people if person.is_active]
    return set(Person.objects.filter(pk__in=keys).not_hidden_from(by).values_list("pk", flat=True))

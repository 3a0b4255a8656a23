"""What the room's screens show: the clock, the tables, the run of the day, what comes next."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peerhood.gatherings.models import AgendaItem, Gathering
from peerhood.mixing import queries as mixing
from peerhood.mixing.models import Round
from peerhood.people.models import Person
from peerhood.rooms import clock
from peerhood.rooms.models import Moment, Pot, Room
from peerhood.themes.models import Ballot

# Beyond this many, names are counted: nobody reads seven names to find a table.
NAMES_SAID = 3
LEAVING = (Moment.Act.NEXT, Moment.Act.BACK, Moment.Act.GO_TO, Moment.Act.CLOSE)


def room_with(code: str) -> Room | None:
    """The room that has this code now, or the one that had it last."""
    rooms = Room.objects.filter(code=code).order_by(F("closed_at").desc(nulls_first=True))
    return rooms.select_related("gathering__circle", "item").first()


def face_of(room: Room) -> clock.Face | None:
    if room.item is None:
        return None
    return clock.face(room.times()[1], now(), room.item.length, room.paused_at)


def ballot_of(room: Room) -> Ballot | None:
    """The ballot to show: while its item is on, and its result from the close to the goodbye."""
    ballot = (
        Ballot.objects.filter(gathering=room.gathering).select_related("next_gathering", "winner").first()
    )
    if ballot and ballot.is_open() and not room.is_in(AgendaItem.Kind.BALLOT):
        return None
    return ballot


def pot_of(room: Room) -> Pot | None:
    """The pot to show: while it is live, and what was poured out of it until the room goes on."""
    latest = room.pots.exclude(state=Pot.State.DISCARDED).last()
    if latest is None or not (latest.is_live() or (room.item and latest.item_id == room.item_id)):
        return None
    latest.room = room
    return latest


def round_on_screen(room: Room) -> Round | None:
    """The round people sit in: published and not over, or just held while we are still mixing."""
    shown = mixing.shown_round(room.gathering) if room.is_open() else None
    if shown and (shown.state == Round.State.PUBLISHED or room.is_in(AgendaItem.Kind.MIXING)):
        return shown
    return None


@dataclass(frozen=True)
class Changes:
    """Who came and who left since the tables were mixed."""

    came_count: int
    left_count: int


def changes_at_tables(room: Room) -> Changes | None:
    """None where there is nothing to mix again: no plan, every round over, or another item is on."""
    if not room.is_in(AgendaItem.Kind.MIXING):
        return None
    counts = mixing.came_and_left(room.gathering)
    return Changes(*counts) if counts else None


def tables_on_screen(shown: Round) -> list[tuple[int, list[str]]]:
    """Each table with the first names at it, told apart where two people share one."""
    tables = mixing.tables_of(shown)
    times = Counter(person.first_name for _number, people in tables for person in people)
    return [(number, [_told_apart(person, times) for person in people]) for number, people in tables]


def _told_apart(person: Person, times: Counter[str]) -> str:
    last = person.name.split()[-1:]
    if times[person.first_name] > 1 and last and last[0] != person.first_name:
        return f"{person.first_name} {last[0][0]}."
    return person.first_name


def seat_sentence(table: int, others: Sequence[Person]) -> str:
    """Say where to sit and with whom: “Table 3, with Anna, Sten and 2 more”."""
    names = [person.first_name for person in others]
    if not names:
        return _("Table %(table)d") % {"table": table}
    said, rest = (names, 0) if len(names) <= NAMES_SAID else (names[:2], len(names) - 2)
    facts = {
        "table": table,
        "names": ", ".join(said),
        "first": ", ".join(said[:-1]),
        "last": said[-1],
        "rest": rest,
    }
    if rest:
        return (
            ngettext(
                "Table %(table)d, with %(names)s and %(rest)d more",
                "Table %(table)d, with %(names)s and %(rest)d more",
                rest,
            )
            % facts
        )
    if len(said) == 1:
        return _("Table %(table)d, with %(last)s") % facts
    return _("Table %(table)d, with %(first)s and %(last)s") % facts


@dataclass(frozen=True)
class Line:
    """One item as the facilitator sees it; ``real`` is None until the room has been there."""

    item: AgendaItem
    real: int | None
    is_current: bool

    @property
    def is_over_plan(self) -> bool:
        return self.real is not None and self.real > self.item.length_minutes


def run_of_the_day(room: Room, agenda: Sequence[AgendaItem]) -> list[Line]:
    """Planned against real minutes, item by item."""
    spent = clock.minutes_spent(_visits(room))
    return [Line(item, spent.get(item.pk), item.pk == room.item_id) for item in agenda]


def _visits(room: Room) -> list[clock.Visit]:
    visits = [
        clock.Visit(
            moment.before["item"], datetime.fromisoformat(moment.before["item_started_at"]), moment.at
        )
        for moment in room.moments.all()
        if moment.act in LEAVING and moment.before["item"]
    ]
    if room.item_id:
        visits.append(clock.Visit(room.item_id, room.times()[0], now()))
    return visits


def expected_end(room: Room, agenda: Sequence[AgendaItem]) -> datetime | None:
    """When we are done if the rest goes as planned; None before the start and after the end."""
    if room.item is None or room.item not in agenda:
        return None
    left = clock.seconds_left(room.times()[1], now(), room.paused_at)
    coming = agenda[agenda.index(room.item) + 1 :]
    return clock.expected_end(now(), left, [item.length for item in coming])


def next_gathering(room: Room, person: Person) -> Gathering | None:
    """The circle's next published gathering, if this person may know of it."""
    announced = Gathering.objects.visible_to(person).upcoming().filter(circle=room.gathering.circle)
    return announced.exclude(pk=room.gathering_id).first()

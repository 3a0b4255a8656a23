"""What the room's screens show: the clock, the tables, the run of the day, what comes next."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peerhood.gatherings.models import AgendaItem, Gathering
from peerhood.mixing import queries as mixing
from peerhood.mixing.models import Round
from peerhood.people.models import Person
from peerhood.rooms import clock
from peerhood.rooms.formats.queries import left_in_format
from peerhood.rooms.formats.standing import Standing, standing_of
from peerhood.rooms.models import Moment, Pot, Room
from peerhood.themes.models import Ballot

# Beyond this many, names are counted: nobody reads seven names to find a table.
NAMES_SAID = 3
LEAVING = (Moment.Act.NEXT, Moment.Act.BACK, Moment.Act.GO_TO, Moment.Act.CLOSE, Moment.Act.TIME_UP)


def room_with(code: str) -> Room | None:
    """The room that has this code now, or the one that had it last."""
    rooms = Room.objects.filter(code=code).order_by(F("closed_at").desc(nulls_first=True))
    return rooms.select_related("gathering__circle", "item__format").first()


def face_of(room: Room, standing: Standing | None = None) -> clock.Face | None:
    """The clock of the step that is on, or of the item."""
    if room.item is None:
        return None
    if standing and room.place_ends_at:
        length = timedelta(seconds=standing.step.seconds)
        return clock.face(room.place_ends_at, now(), length, room.paused_at)
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
    # Thumbs are about what is talked about now.
    is_of_now = ~Q(kind=Pot.Kind.THUMBS) | Q(place=room.place) | Q(state__in=Pot.LIVE)
    latest = room.pots.exclude(state=Pot.State.DISCARDED).filter(is_of_now).last()
    if latest is None or not (latest.is_live() or (room.item and latest.item_id == room.item_id)):
        return None
    latest.room = room
    return latest


def round_on_screen(room: Room, standing: Standing | None = None) -> Round | None:
    """The round people sit in: published and not over, or just held while we are still mixing.

    Groups are on the screens while a step is done in them.
    """
    shown = mixing.shown_round(room.gathering) if room.is_open() else None
    if shown and shown.group_size is not None:
        return shown if standing and standing.is_in_groups() else None
    if shown and (shown.state == Round.State.PUBLISHED or room.is_in(AgendaItem.Kind.MIXING)):
        return shown
    return None


@dataclass(frozen=True)
class Changes:
    """Who came and who left since the tables were mixed."""

    came_count: int
    left_count: int


def changes_at_tables(room: Room, standing: Standing | None = None) -> Changes | None:
    """None where there is nothing to mix again: no plan, every round over, or nobody sits in groups now."""
    if not room.is_in(AgendaItem.Kind.MIXING) and not (standing and standing.is_in_groups()):
        return None
    counts = mixing.came_and_left(room.gathering)
    return Changes(*counts) if counts else None


@dataclass(frozen=True)
class Table:
    """A table or a group on the screens; the open one is where whoever comes late sits down."""

    number: int
    names: list[str]
    is_open: bool


def tables_on_screen(shown: Round, standing: Standing | None = None) -> list[Table]:
    """Each table with the first names at it, told apart where two people share one."""
    tables = mixing.tables_of(shown)
    times = Counter(person.first_name for _number, people in tables for person in people)
    if standing and standing.shows_first_names_only():
        times.clear()
    smallest = min(tables, key=lambda table: len(table[1]), default=(0, []))[0]
    return [
        Table(number, [told_apart(person, times) for person in people], number == smallest)
        for number, people in tables
    ]


def told_apart(person: Person, times: Counter[str]) -> str:
    """A first name, with an initial where ``times`` says that somebody else has it, too."""
    last = person.name.split()[-1:]
    if times[person.first_name] > 1 and last and last[0] != person.first_name:
        return f"{person.first_name} {last[0][0]}."
    return person.first_name


def seat_sentence(shown: Round, table: int, others: Sequence[Person]) -> str:
    """Say where to sit and with whom: “Table 3, with Anna, Sten and 2 more”."""
    where = (_("Table %d") if shown.has_tables else _("Group %d")) % table
    names = [person.first_name for person in others]
    if not names:
        return where
    said, rest = (names, 0) if len(names) <= NAMES_SAID else (names[:2], len(names) - 2)
    facts = {
        "where": where,
        "names": ", ".join(said),
        "first": ", ".join(said[:-1]),
        "last": said[-1],
        "rest": rest,
    }
    if rest:
        return (
            ngettext(
                "%(where)s, with %(names)s and %(rest)d more",
                "%(where)s, with %(names)s and %(rest)d more",
                rest,
            )
            % facts
        )
    if len(said) == 1:
        return _("%(where)s, with %(last)s") % facts
    return _("%(where)s, with %(first)s and %(last)s") % facts


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
    standing = standing_of(room)
    if standing:
        left = left_in_format(room, standing).total_seconds()
    else:
        left = clock.seconds_left(room.times()[1], now(), room.paused_at)
    coming = agenda[agenda.index(room.item) + 1 :]
    return clock.expected_end(now(), left, [item.length for item in coming])


def next_gathering(room: Room, person: Person) -> Gathering | None:
    """The circle's next published gathering, if this person may know of it."""
    announced = Gathering.objects.visible_to(person).upcoming().filter(circle=room.gathering.circle)
    return announced.exclude(pk=room.gathering_id).first()

"""What screens show of a format: the step, whose turn it is and who is next, and the steps with their times."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.text import capfirst
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood.people.models import Person
from peerhood.rooms import clock
from peerhood.rooms.formats import walking
from peerhood.rooms.formats.recipe import Role
from peerhood.rooms.formats.standing import Standing
from peerhood.rooms.formats.walking import Place
from peerhood.rooms.models import Moment, Participant, Room

LEAVING_STEP = (
    *(Moment.Act.NEXT_STEP, Moment.Act.BACK_STEP, Moment.Act.ONWARD, Moment.Act.TURN),
    *(Moment.Act.NEXT, Moment.Act.BACK, Moment.Act.GO_TO, Moment.Act.CLOSE, Moment.Act.TIME_UP),
)
# More than that nobody reads on a desk: then it is the part that is on.
MOST_LINES = 24


def lap_of(standing: Standing) -> str:
    """Which time round it is: “Round 2 of 3”, or “Topic 4” where nobody knows how many; else nothing."""
    each, times = standing.part.each, standing.times
    if not each or times == 1:
        return ""
    facts = {"each": capfirst(each), "lap": standing.place.lap, "times": times}
    return _("%(each)s %(lap)d of %(times)d") % facts if times else _("%(each)s %(lap)d") % facts


@dataclass(frozen=True)
class Speaking:
    """Whose turn it is and who is next, by first name; empty for a guest of whom no name is known."""

    now: str
    next: str
    is_mine: bool
    is_mine_next: bool
    # Still to come, or on: passing makes sense.
    can_pass: bool
    has_next: bool
    is_over: bool


def speaking_in(room: Room, standing: Standing, participant: Participant | None = None) -> Speaking | None:
    """None where nobody speaks in turn; one query."""
    if not standing.goes_in_turn():
        return None
    pair = room.speakers[room.turn : room.turn + 2]
    names = {
        pk: name.split()[0] if name else ""
        for pk, name in room.participants.filter(pk__in=pair).values_list("pk", "person__name")
    }
    on, after = ([names.get(pk, "") for pk in pair] + ["", ""])[:2]
    mine = participant.pk if participant else None
    return Speaking(
        now=on,
        next=after,
        is_mine=bool(pair) and pair[0] == mine,
        is_mine_next=len(pair) > 1 and pair[1] == mine,
        can_pass=mine in room.speakers[room.turn :],
        has_next=len(pair) > 1,
        is_over=not pair,
    )


def lead_in(standing: Standing, group: Sequence[Person]) -> Person | None:
    """Who leads in this group now: each in turn, as they were seated, time by time."""
    if not lead_role(standing) or not standing.is_in_groups() or not group:
        return None
    return group[(standing.place.lap - 1) % len(group)]


def lead_role(standing: Standing) -> Role | None:
    """The role that goes round in this part: that of its first step, where the part comes several times."""
    key = standing.part.steps[0].role if standing.times != 1 else standing.step.role
    return next((role for role in standing.recipe.roles if role.key == key), None)


@dataclass(frozen=True)
class Line:
    """A step as the facilitator sees it; ``real`` is None until the room has been there."""

    title: str
    lap: int
    planned: timedelta
    real: timedelta | None
    is_current: bool

    @property
    def planned_words(self) -> str:
        return _minutes(self.planned)

    @property
    def real_words(self) -> str:
        return _minutes(self.real) if self.real is not None else "–"

    @property
    def is_over_plan(self) -> bool:
        return self.real is not None and self.real - self.planned >= timedelta(minutes=1)


def _minutes(length: timedelta) -> str:
    """
    >>> _minutes(timedelta(seconds=150))
    '2:30'
    """
    minutes, seconds = divmod(round(length.total_seconds()), 60)
    return f"{minutes}:{seconds:02}"


def run_of_the_format(room: Room, standing: Standing) -> list[Line]:
    """The steps in order with planned and real time; of a long format the part that is on."""
    places = list(walking.places(standing.recipe, standing.most_in_a_group))
    if standing.place not in places:
        places = [place for place in places if place.part != standing.place.part]
        places += [Place(standing.place.part, standing.place.lap, n) for n in range(len(standing.part.steps))]
        places.sort()
    if len(places) > MOST_LINES:
        places = [
            place for place in places if place.part == standing.place.part and place.lap == standing.place.lap
        ]
    spent = _spent(room)
    return [_line(standing, place, spent.get(str(place)), len(room.speakers)) for place in places]


def _line(standing: Standing, place: Place, real: timedelta | None, speakers_count: int) -> Line:
    step, times = walking.step_at(standing.recipe, place), walking.part_at(standing.recipe, place).times
    return Line(
        title=step.title,
        lap=place.lap if times != 1 else 0,
        planned=walking.length(step, speakers_count),
        real=real,
        is_current=place == standing.place,
    )


def _spent(room: Room) -> dict[str, timedelta]:
    """How long the room was at each place of this item's format, returns to it included."""
    spent: dict[str, timedelta] = {}
    for moment in room.moments.all():
        before = moment.before
        if moment.act in LEAVING_STEP and before.get("place") and before["item"] == room.item_id:
            began = datetime.fromisoformat(before["place_started_at"])
            spent[before["place"]] = spent.get(before["place"], timedelta()) + (moment.at - began)
    if room.place and room.place_started_at:
        spent[room.place] = spent.get(room.place, timedelta()) + (now() - room.place_started_at)
    return spent


def more_time(room: Room, standing: Standing) -> int | None:
    """Minutes that the topic may be given next; None where the format has no more for it."""
    left = standing.step.extends[room.extended_count :]
    return max(1, left[0] // 60) if left else None


def left_in_format(room: Room, standing: Standing) -> timedelta:
    """What is left of the step, the turns in it and the steps to come, as far as it can be said."""
    assert room.place_ends_at
    left = max(0.0, clock.seconds_left(room.place_ends_at, now(), room.paused_at))
    turns_left = max(0, len(room.speakers) - room.turn - 1) * standing.step.seconds
    coming = walking.coming(
        standing.recipe, standing.place, room.participants.count(), standing.most_in_a_group
    )
    return timedelta(seconds=left + turns_left) + coming

"""The minutes: what was talked about, and that the reminder was given. Never who spoke, and never who was there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime

from peerhood.gatherings.models import AgendaItem, Gathering
from peerhood.rooms.forum.holding import is_forum_item
from peerhood.rooms.models import Room
from peerhood.rooms.queries import LEAVING
from peerhood.themes.models import Ballot


@dataclass(frozen=True)
class Minutes:
    """``topics`` are titles with planned minutes, in the order of the agenda; ``went_on_without`` is None
    where the reminder was never over.
    """

    circle: str
    gathering: str
    starts_at: datetime
    acknowledged_count: int
    went_on_without: int | None
    topics: Sequence[tuple[str, int]]
    stopped: Sequence[str]
    next_theme: str


def are_kept(agenda: Sequence[AgendaItem]) -> bool:
    """Where an item is run as a forum."""
    return any(is_forum_item(item) for item in agenda)


def minutes_of(room: Room, agenda: Sequence[AgendaItem]) -> Minutes:
    gathering: Gathering = room.gathering
    ballot = Ballot.objects.filter(gathering=gathering).select_related("winner").first()
    held = _held(room, agenda)
    return Minutes(
        circle=gathering.circle.name,
        gathering=gathering.title,
        starts_at=localtime(gathering.starts_at, gathering.zone),
        acknowledged_count=room.participants.filter(has_acknowledged=True).count(),
        went_on_without=room.went_on_without,
        topics=[(item.title, item.length_minutes) for item in agenda if item.pk in held],
        stopped=room.stopped_topics,
        next_theme=ballot.winner.title if ballot and ballot.winner else "",
    )


def _held(room: Room, agenda: Sequence[AgendaItem]) -> set[int]:
    """The items that the room was in. One that waited for the reminder until the room went on was not opened."""
    waits = {item.pk for item in agenda if is_forum_item(item)}
    left = [(moment.before["item"], moment.before.get("went_on_without")) for moment in room.moments.all()
            if moment.act in LEAVING]  # fmt: skip
    been = [*left, (room.item_id, room.went_on_without)]
    return {pk for pk, without in been if pk and not (pk in waits and without is None)}

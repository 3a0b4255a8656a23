"""Whenever the clock of such an item begins to run, the worker is asked to come when it is over."""

from datetime import timedelta

from django.utils.timezone import now

from peerhood import journal
from peerhood.gatherings.models import AgendaItem
from peerhood.rooms.forum import holding
from peerhood.rooms.forum.tasks import stop_rooms
from peerhood.rooms.models import Room


@journal.listen("room.reminded")
@journal.listen("room.resumed", concerns=holding.in_forum)
@journal.listen("room.undone", concerns=holding.in_forum)
@journal.listen("step.started", concerns=holding.in_forum)
def plan_the_stop(room: Room) -> None:
    if room.is_open() and holding.in_forum(room) and not room.is_paused():
        left = max(timedelta(), room.times()[1] - now())
        # A second more, so that it is certainly due when the worker looks.
        stop_rooms.schedule(delay=left.total_seconds() + 1)


@journal.listen("item.started", concerns=holding.is_forum_item)
def plan_the_stop_of(item: AgendaItem) -> None:
    if room := Room.objects.filter(item=item).select_related("item").first():
        plan_the_stop(room)

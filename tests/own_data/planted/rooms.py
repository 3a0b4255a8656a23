"""He is in the room, and did something there."""

from peerhood.rooms import presence
from peerhood.rooms.models import Moment
from tests.own_data.planted.cast import Cast


def plant(cast: Cast) -> None:
    room = cast.gathering.room
    presence.enter(room, cast.ben)
    Moment.objects.create(room=room, act="start", by=cast.ben, before={})

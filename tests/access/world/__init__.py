"""One of everything, twice: in Makers, which the public may know of, and in the Forum, which it may not.

Ada organises, Chi hosts the gathering, Ben is a member, Dot is outside. A module for each step plants what is
the step's, and says what a URL of that step may need to name.
"""

from dataclasses import dataclass

from peerhood.circles.models import Circle
from peerhood.gatherings.models import Gathering
from peerhood.people.models import Person
from tests.access.world import (
    circles,
    connections,
    doors,
    gatherings,
    growth,
    mentoring,
    mixing,
    people,
    rooms,
    stories,
    themes,
)
from tests.access.world.kwargs import Kwargs

CANARY = "Gryningsforum"


@dataclass
class World:
    """Everything a URL may need to name, of one circle."""

    circle: Circle
    gathering: Gathering
    kwargs: Kwargs


def build(circle: Circle, organiser: Person, host: Person, member: Person, newcomer: Person) -> World:
    """A circle in the middle of its evening: room open, ballot running, one round of tables shown."""
    scene = gatherings.set_scene(circle, organiser, host, member, newcomer)
    of_circles = circles.plant(scene)
    theme = themes.propose(scene)
    round, of_mixing = mixing.plant(scene)
    room, of_formats = rooms.open_with_a_format(scene)
    kwargs = {
        **of_circles,
        **of_mixing,
        **of_formats,
        **themes.plant(scene, theme),
        **rooms.plant(scene, room, theme, round),
        # After the room: the agenda that is saved has the format in it.
        **gatherings.plant(scene),
        **stories.plant(scene),
        **people.plant(scene),
        **connections.plant(scene),
        **growth.plant(scene),
        **mentoring.plant(scene),
        **doors.plant(scene),
    }
    return World(circle, scene.gathering, kwargs)

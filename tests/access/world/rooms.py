"""The room: a format to come, and a pot that was poured."""

from peerhood.gatherings.models import AgendaItem
from peerhood.mixing.models import Round
from peerhood.rooms import running
from peerhood.rooms.formats import adopting
from peerhood.rooms.formats import urls as format_urls
from peerhood.rooms.models import Pot, Room
from peerhood.themes.models import Theme
from tests.access.world.kwargs import Kwargs
from tests.access.world.scene import Scene

OF_A_FORMAT = [f"rooms:{pattern.name}" for pattern in format_urls.urlpatterns]


def open_with_a_format(scene: Scene) -> tuple[Room, Kwargs]:
    room = running.open_room(scene.gathering, by=scene.organiser)
    by_format = AgendaItem.objects.create(
        gathering=scene.gathering, position=3, kind="format", title="Together", length_minutes=20
    )
    adopting.adopt(by_format, "fishbowl", by=scene.organiser)
    of_format = {**scene.of_gathering, "item_pk": by_format.pk, "key": "fishbowl"}
    return room, dict.fromkeys(OF_A_FORMAT, of_format)


def plant(scene: Scene, room: Room, theme: Theme, round: Round) -> Kwargs:
    circle = scene.circle
    pot = room.pots.create(present_count=6, fewest_present=5, fewest_notes=3, state=Pot.State.POURED)
    heading = pot.groups.create(title=f"Of {circle.name}", position=1)
    note = pot.notes.create(text=f"Less of {circle.name}.", nullifier=f"of {circle.pk}", group=heading)
    return {
        "rooms": {
            **scene.of_gathering,
            "code": room.code,
            "item_pk": scene.gathering.agenda.first().pk,
            "theme_pk": theme.pk,
            "note_pk": note.pk,
            "number": round.number,
            "program": "zoom",
            "pot_pk": pot.pk,
        },
    }

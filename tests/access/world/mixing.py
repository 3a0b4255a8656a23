"""A plan of two rounds, of which one is shown."""

from peerhood.mixing import planning, rounds
from peerhood.mixing.models import Round
from tests.access.world.kwargs import Kwargs
from tests.access.world.scene import Scene


def plant(scene: Scene) -> tuple[Round, Kwargs]:
    plan = planning.make_plan(scene.gathering, by=scene.organiser, rounds_count=2, table_size=2)
    round = rounds.publish(plan.rounds.first(), by=scene.organiser)
    seat = round.seats.first()
    of_seat = {"number": round.number, "seat": seat.pk, "person_pk": seat.person_id}
    return round, {"mixing": {**scene.of_gathering, **of_seat}}

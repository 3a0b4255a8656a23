"""A plan that he made, and whom he sat with: those whose number comes before his, and those after."""

from peerhood.mixing.models import Encounter, Tie
from tests.own_data.planted.cast import Cast
from tests.own_data.planted.connections import pairs_on_both_sides


def plant(cast: Cast) -> None:
    cast.gathering.mixing_plan.made_by = cast.ben
    cast.gathering.mixing_plan.save()
    for other in (cast.ada, cast.chi):
        one, second = sorted((cast.ben, other), key=lambda each: each.pk)
        Tie.objects.create(one=one, other=second)
    for one, other in pairs_on_both_sides(cast):
        Encounter.objects.get_or_create(
            circle=cast.circle, gathering=cast.gathering, round_number=7, one=one, other=other
        )

import pytest

from peerhood.mixing.engine.designs.symmetries import symmetries
from peerhood.mixing.engine.designs.symmetry import Symmetry

TURNED = Symmetry((2, 2, 2), orbits=4, turn=((0, 1, 0), (0, 0, 1), (1, 0, 0)), length=3, cycles=(1, 0))


def test_every_motion_carries_points_to_points():
    assert len(TURNED.motions) == 24
    assert all(sorted(motion) == list(range(32)) for motion in TURNED.motions.values())


@pytest.mark.parametrize("symmetry", [s for points in (12, 18) for s in symmetries(points, 4)])
def test_what_is_tried_is_a_group(symmetry):
    motions = set(symmetry.motions.values())
    makers = [motion for name, motion in symmetry.motions.items() if sum(name) == 1]
    assert {tuple(maker[p] for p in motion) for motion in motions for maker in makers} <= motions


def test_some_motions_make_up_all_that_keep_a_round():
    assert len(TURNED.subgroup([])) == 1
    assert len(TURNED.subgroup([(0, 1, 0, 0), (0, 0, 1, 0)])) == 4
    assert len(TURNED.subgroup([(1, 0, 0, 0), (0, 1, 0, 0)])) == 24

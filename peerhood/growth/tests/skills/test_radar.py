import math

from peerhood.growth.skills import radar


def far(point):
    x, y = (float(number) - radar.SIZE / 2 for number in point)
    return round(math.hypot(x, y) / radar.REACH * radar.STEPS, 1)


def test_each_corner_is_as_far_out_as_its_level():
    drawn = radar.drawn([1, 2, 3, 4, 5])
    assert [far(corner) for corner in drawn.corners] == [1, 2, 3, 4, 5]
    assert drawn.corners[0][0] == "160.0"
    assert drawn.shape == " ".join(",".join(corner) for corner in drawn.corners)


def test_what_is_skipped_has_a_spoke_and_no_corner():
    drawn = radar.drawn([3, None, 3, None])
    assert ([spoke.number for spoke in drawn.spokes], len(drawn.corners)) == ([1, 2, 3, 4], 2)


def test_all_of_it_is_within_the_drawing():
    drawn = radar.drawn([5] * 27)
    numbers = [float(n) for spoke in drawn.spokes for point in (spoke.end, spoke.label) for n in point]
    assert 10 <= min(numbers) < max(numbers) <= radar.SIZE - 10
    assert len(drawn.rings) == 5


def test_fewer_than_three_skills_have_no_area():
    assert radar.drawn([5, 5]) is None

import pytest

from peerhood.mixing.engine.designs import fewest_repeats
from peerhood.mixing.engine.designs.tests.meetings import degree_bound, meetings, repeats


def test_eight_tables_of_four_over_twelve_rounds_repeat_eighty_pairs():
    met = meetings(fewest_repeats(8, 4, 12), 8, 4)
    assert repeats(met) == 80
    assert set(met.values()) == {1, 2}


@pytest.mark.parametrize(
    "name", [(5, 3, 8), (5, 3, 13), (7, 4, 11), (4, 4, 9), (5, 4, 8), (6, 4, 10), (8, 3, 13)]
)
def test_no_schedule_has_fewer(name):
    assert repeats(meetings(fewest_repeats(*name), *name[:2])) == degree_bound(*name)


def test_there_are_none_where_a_design_is_known():
    assert repeats(meetings(fewest_repeats(8, 4, 10), 8, 4)) == 0


@pytest.mark.parametrize("name", [(6, 6, 5), (3, 4, 6), (2, 5, 4)])
def test_everybody_sits_every_round(name):
    rounds = fewest_repeats(*name)
    assert len(rounds) == name[2]
    meetings(rounds, *name[:2])

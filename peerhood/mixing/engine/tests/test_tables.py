from hypothesis import given
from hypothesis import strategies as st

from peerhood.mixing.engine.tables import chairs, even_tables
from peerhood.mixing.engine.tests.problems import fuzzed


@fuzzed
@given(st.integers(2, 300), st.integers(2, 12))
def test_everybody_has_a_chair_and_nobody_sits_alone(people, size):
    layout = even_tables(people, size)
    assert sum(layout) == people
    assert min(layout) >= 2


@fuzzed
@given(st.integers(2, 8), st.integers(0, 200))
def test_tables_are_one_more_or_less_once_there_are_people_enough(size, more):
    layout = even_tables(size * size + more, size)
    assert {abs(seats - size) for seats in layout} <= {0, 1}


@fuzzed
@given(st.lists(st.integers(1, 8), min_size=1, max_size=6), st.data())
def test_chairs_are_exactly_enough_and_never_more_than_fit(capacities, data):
    held = [data.draw(st.integers(0, seats)) for seats in capacities]
    people = data.draw(st.integers(sum(held), sum(capacities)))
    sizes = chairs(capacities, people, held)
    assert sum(sizes) == people
    for seats, locked, limit in zip(sizes, held, capacities, strict=True):
        assert locked <= seats <= limit


def test_a_table_closes_before_anybody_sits_alone():
    assert chairs([4, 4, 4], 5, held=[0, 0, 0]) == (3, 2, 0)
    assert chairs([4, 4, 4], 4, held=[0, 0, 0]) == (4, 0, 0)

from itertools import product

import pytest
from hypothesis import given

from peerhood.mixing.engine.bounds import Facts
from peerhood.mixing.engine.bounds.diversity import diverse_floor
from peerhood.mixing.engine.bounds.floors import floors
from peerhood.mixing.engine.bounds.likeness import similar_floor
from peerhood.mixing.engine.bounds.openness import cheapest_tables
from peerhood.mixing.engine.bounds.reunion import reunion_floor
from peerhood.mixing.engine.bounds.series import series
from peerhood.mixing.engine.bounds.tests.evenings import SIZE_COST, cost, evenings, fuzzed, seatings


def evening(sizes, rounds, similar="", diverse="", **more):
    people = max(len(similar), len(diverse))
    return Facts(
        people,
        [sizes] * rounds,
        [frozenset(range(people))] * rounds,
        modes=["similar" if similar else "diverse"] * rounds,
        similar_in=similar or [None] * people,
        diverse_in=diverse or [None] * people,
        **more,
    )


@pytest.mark.parametrize(
    ("kinds", "sizes", "least"),
    [
        ("aabb", [2, 2], 0),
        ("aaab", [2, 2], 200),
        ("aaabbb", [4, 2], 600),  # a stranger among three, and two of a kind
        ("aaaabb", [3, 3], 400),
        ("aaaaabbb", [4, 4], 600),
        ("aaaabbcc", [4, 4], 800),
    ],
)
def test_a_round_of_the_like_minded_fits_its_kinds_to_the_tables(kinds, sizes, least):
    facts = evening(sizes, 1, similar=kinds)
    assert similar_floor(facts, 0) == least
    assert least == min(cost(facts, [tables]) for tables in seatings(facts, 0))


def test_the_same_four_at_one_table_twice_is_charged():
    facts = evening([4] * 4, 2, similar="aaaabbbbccccdddd")
    assert floors(facts, series(facts))[-1].value == reunion_floor(facts, [0, 1]) > 0
    assert similar_floor(facts, 0) == 0


def test_open_sizes_let_kinds_choose_their_tables():
    facts = evening([4] * 3, 1, similar="aaaaabb", size_cost=SIZE_COST)
    # Four at a table, and the fifth with the other two: cheaper than two tables of two, at 300 each.
    assert similar_floor(facts, 0) == 400
    assert min(cost(facts, [t]) for t in seatings(facts, 0)) == 400


def test_too_few_tables_for_their_best_size_cost_something():
    facts = evening([5, 5], 1, diverse="abcdefghi", size_cost=SIZE_COST)
    assert cheapest_tables(facts, 0) == 500  # five and four


def test_more_of_a_sector_than_tables_meet_their_like():
    assert diverse_floor(evening([3, 3], 1, diverse="xxxyyz"), 0) == 200


@fuzzed
@given(evenings())
def test_every_floor_holds_alone(facts):
    for floor in floors(facts, series(facts)):
        bare = Facts(
            facts.people,
            facts.sizes,
            facts.present,
            modes=[mode if r in floor.modes else "mixed" for r, mode in enumerate(facts.modes)],
            similar_in=facts.similar_in,
            diverse_in=facts.diverse_in,
            together=facts.together,
            repeat=facts.repeat if floor.repeats else 0,
        )
        every = product(*(seatings(facts, number) for number in range(len(facts.sizes))))
        assert floor.value <= min(cost(bare, rounds) for rounds in every)

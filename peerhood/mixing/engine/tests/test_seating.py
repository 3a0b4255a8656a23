from random import Random

from hypothesis import given
from hypothesis import strategies as st

from peerhood.mixing.engine.construct import dealt
from peerhood.mixing.engine.seating import Seating
from peerhood.mixing.engine.tests.problems import fuzzed, problems


@fuzzed
@given(problems(), st.integers(0, 99))
def test_the_running_cost_is_the_cost_reckoned_from_nothing(problem, seed):
    draw = Random(seed).random
    seating = Seating(problem.objective, dealt(problem, draw))
    for _ in range(30):
        number = int(draw() * len(problem.tables))
        people = sorted(problem.objective.present[number])
        p, q = (people[int(draw() * len(people))] for _ in range(2)) if people else (0, 0)
        if seating.table_of[number][p] != seating.table_of[number][q]:
            seating.swap(number, p, q, seating.swap_cost(number, p, q))
        assert seating.cost == sum(problem.objective.breakdown(seating.tables).values())


@fuzzed
@given(problems(), st.integers(0, 99))
def test_a_swap_there_and_back_changes_nothing(problem, seed):
    draw = Random(seed).random
    seating = Seating(problem.objective, dealt(problem, draw))
    p, q = 0, 1
    for number, table_of in enumerate(seating.table_of):
        if table_of[p] != table_of[q] and -1 not in (table_of[p], table_of[q]):
            there = seating.swap_cost(number, p, q)
            seating.swap(number, p, q, there)
            assert seating.swap_cost(number, p, q) == -there

from collections import Counter
from itertools import combinations, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerhood.mixing.engine.bounds import Facts, strong_bound
from peerhood.mixing.engine.bounds.ascent import Ascent
from peerhood.mixing.engine.bounds.floors import floors
from peerhood.mixing.engine.bounds.multipliers import UNIT, Multipliers, worth
from peerhood.mixing.engine.bounds.series import series
from peerhood.mixing.engine.bounds.tests.evenings import cost, evenings, fuzzed, seatings
from peerhood.mixing.engine.bounds.welcome import fewest_unwelcomed


def pure(tables, size, rounds):
    people = tables * size
    return Facts(people, [[size] * tables] * rounds, [frozenset(range(people))] * rounds)


@fuzzed
@given(evenings())
def test_no_seating_costs_less(facts):
    every = product(*(seatings(facts, number) for number in range(len(facts.sizes))))
    assert strong_bound(facts, effort=3_000).value <= min(cost(facts, rounds) for rounds in every)


@settings(fuzzed, max_examples=40)
@given(evenings(most_people=6, open_sizes=True))
def test_no_seating_of_open_sizes_costs_less(facts):
    every = product(*(seatings(facts, number) for number in range(len(facts.sizes))))
    assert strong_bound(facts, effort=3_000).value <= min(cost(facts, rounds) for rounds in every)


@settings(fuzzed, max_examples=60)
@given(evenings(most_people=12, most_rounds=4), st.randoms(use_true_random=False))
def test_any_multipliers_prove_a_bound(facts, draw):
    alike = series(facts)
    ground = floors(facts, alike)
    blocks = [[p for p in range(facts.people) if p % 2 == odd] for odd in range(draw.randint(1, 2))]
    multipliers = [
        Multipliers(
            [draw.randint(-300 * UNIT, 900 * UNIT) * (p in s.here) for p in range(facts.people)],
            blocks,
            [[[draw.randint(-1500, 1500) * (p in s.here) for _ in "abc"] for p in b] for b in blocks],
        )
        for s in alike
    ]
    shares = [draw.randint(0, UNIT) for _ in ground]
    bound = worth(facts, alike, ground, multipliers, shares)
    for _ in range(5):
        assert bound + facts.uncovered * fewest_unwelcomed(facts) <= cost(facts, dealt(facts, draw))


def dealt(facts, draw):
    """One seating at random."""
    rounds = []
    for number, (sizes, here) in enumerate(zip(facts.sizes, facts.present, strict=True)):
        tables = [
            [p for p, at in facts.held(number).items() if at == t and p in here] for t in range(len(sizes))
        ]
        rest = sorted(here - {p for table in tables for p in table})
        draw.shuffle(rest)
        for table, size in zip(tables, sizes, strict=True):
            while len(table) < size:
                table.append(rest.pop())
        rounds.append([sorted(table) for table in tables])
    return rounds


@pytest.mark.parametrize(
    ("tables", "size", "rounds", "optimum", "kind"),
    [
        (3, 3, 4, 0, "none"),  # the affine plane of order 3
        (8, 4, 12, 80_000, "degree"),
        (4, 5, 3, 12_000, "pigeonhole"),
        (3, 4, 4, 18_000, "pigeonhole"),
        (4, 3, 4, 0, "none"),
        (2, 2, 4, 2_000, "degree"),  # four people have three ways to pair
    ],
)
def test_known_optima_are_proven(tables, size, rounds, optimum, kind):
    bound = strong_bound(pure(tables, size, rounds), effort=20_000)
    assert (bound.value, bound.kind) == (optimum, kind)
    assert bound.explanation.endswith(".")


def test_the_officers_of_euler_must_meet_again():
    assert strong_bound(pure(6, 6, 3), effort=0).value == 0
    assert strong_bound(pure(6, 6, 4), effort=0).value == 1_000
    assert strong_bound(pure(6, 6, 6), effort=0).value == 3_000


def remembered(people, gatherings, table):
    """Earlier gatherings of two thirds of the people, four rounds each."""
    draw, prices = Random(5), Counter()
    for age in range(1, gatherings + 1):
        came = draw.sample(range(people), people * 2 // 3)
        for _ in range(4):
            draw.shuffle(came)
            for at in range(0, len(came), table):
                for pair in combinations(sorted(came[at : at + table]), 2):
                    prices[pair] += round(1_000 * 0.6**age)
    return prices


def test_weighing_everything_at_once_proves_more_than_any_one_argument():
    everyone = frozenset(range(24))
    facts = Facts(24, [[7, 6, 6, 5]] * 3, [everyone] * 3, prices=remembered(24, 3, 6))
    together, apart = strong_bound(facts, effort=40_000), strong_bound(facts, effort=0)
    assert together.kind == "shared"
    assert together.value > 1.4 * apart.value


def test_once_a_plan_is_proven_to_be_the_least_nothing_more_is_proven():
    facts = pure(4, 5, 3)
    assert strong_bound(facts, cost=12_000) == strong_bound(facts, effort=0)


def test_the_few_of_a_kind_pay_for_having_met():
    people = 90
    facts = Facts(
        people,
        [[6] * 15],
        [frozenset(range(people))],
        prices=dict.fromkeys(combinations(range(12), 2), 600),
        modes=["similar"],
        similar_in=["few"] * 12 + ["many"] * 78,
    )
    bound = strong_bound(facts)
    # Two tables of old friends would cost 18,000; twelve alone at twelve tables pay 200 for each neighbour.
    assert bound.kind == "shared"
    assert 10_000 <= bound.value <= 12_000


def test_a_person_who_is_away_gets_no_weight():
    facts = Facts(4, [[2, 2], [2]], [frozenset(range(4)), frozenset([0, 1])], prices={(0, 1): 600})
    assert strong_bound(facts, effort=2_000).value == 600
    ascent = Ascent(facts, series(facts), [list(range(4))], [])
    ascent.climb(5)
    away = ascent.multipliers(series(facts), [])[0][1]
    assert all(not any(row) for row in away.weights[0][2:])

"""Degree: what company costs a person who takes the cheapest there is.

At tables of k a person meets k - 1 others a round. Sort all meetings they could
have, by price: the dearest one they cannot avoid, halved between the two, is a
fair price for company. As multipliers these prices prove at least as much as
adding up everybody's cheapest meetings would.
"""

from collections.abc import Sequence

from peerhood.mixing.engine.bounds.facts import Facts
from peerhood.mixing.engine.bounds.series import NEVER, Series


def company_prices(facts: Facts, alike: Sequence[Series], repeat: int) -> list[float]:
    """For each person, half the price of the last meeting they must take.

    Args:
        repeat: what meeting again costs more each time.
    """
    return [_last(facts, alike, p, repeat) / 2 for p in range(facts.people)]


def _last(facts: Facts, alike: Sequence[Series], p: int, repeat: int) -> int:
    seats = sum(
        s.rounds * sum(size * (size - 1) for size in s.sizes) / len(s.here) for s in alike if p in s.here
    )
    prices = [min(row) for row in zip(*(s.flat[p] for s in alike), strict=True)]
    rounds = [
        sum(s.rounds for s in alike if p in s.here and q in s.here and s.flat[p][q] < NEVER)
        for q in range(facts.people)
    ]
    rounds[p] = 0
    layers: list[int] = []
    for times in range(max(rounds)):
        layer = [price + repeat * times for price, most in zip(prices, rounds, strict=True) if times < most]
        layers = sorted(layers + layer)[: round(seats)]
        if not layers or (len(layers) >= seats and min(layer) >= layers[-1] - repeat):
            break
    return layers[-1] if layers else 0

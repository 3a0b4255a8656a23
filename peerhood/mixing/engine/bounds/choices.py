"""Choices: how often each pair would meet, if it alone decided at given prices.

A pair takes a meeting that is worth more than it costs. Here the choice is
blurred: worth half the blur more is a whole meeting, half the blur less is none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import add, mul

from peerhood.mixing.engine.bounds.facts import Facts
from peerhood.mixing.engine.bounds.offers import Cut, Offer, Rows


@dataclass
class Choice:
    """Meetings of every two people in each series, and what repeats and modes then cost."""

    met: list[list[list[float]]]
    repeats: float
    modes: list[float]


def choices(
    facts: Facts,
    cuts: Sequence[Cut],
    offers: Sequence[Offer],
    repeat: float,
    blur: float,
) -> Choice:
    """What all pairs of a block choose; ``repeat`` is the price of meeting again.

    The people of a block are in order of number.
    """
    block = cuts[0].block
    choice = Choice([[] for _ in cuts], 0.0, [0.0] * len(cuts))
    plain = len(cuts) == 1 and not facts.together and not facts.rewards
    for i in range(len(block)):
        gains = [_gains(s, offer, i) for s, offer in zip(cuts, offers, strict=True)]
        if plain:
            later = [_alone(choice, gains[0], cuts[0].rounds, repeat, blur)]
        else:
            later = _together(facts, choice, cuts, block[i:], gains, repeat, blur)
        for met, xs in zip(choice.met, later, strict=True):
            met.append([0.0] * (i + 1) + xs)
    for n, s in enumerate(cuts):
        rows = choice.met[n]
        if s.mode is not None:
            choice.modes[n] = sum(sum(map(mul, xs, row)) for xs, row in zip(rows, s.mode, strict=True))
        earlier = zip(*rows, strict=True)
        choice.met[n] = [list(map(add, xs, ys)) for xs, ys in zip(rows, earlier, strict=True)]
    choice.repeats *= facts.repeat
    return choice


def _gains(s: Cut, offer: Offer, i: int) -> list[float]:
    """What this person gains by meeting each later one."""
    u, twice, after = offer.company[i], [2 * w for w in offer.weights[i]], i + 1
    others = zip(offer.company[after:], s.flat[i][after:], offer.weights[after:], strict=True)
    gains = [u + other - price + sum(map(mul, twice, w)) for other, price, w in others]
    if s.mode is None:
        return gains
    return [gain - offer.mode * price for gain, price in zip(gains, s.mode[i][after:], strict=True)]


def _alone(choice: Choice, gains: Sequence[float], rounds: int, repeat: float, blur: float) -> list[float]:
    """The choices where all rounds are alike; most pairs stop before a second meeting."""
    last = repeat / blur if rounds > 1 else 1e9

    def again(whole: float) -> float:
        times = 0.0
        for number in range(rounds):
            time = min(1.0, whole - number * last)
            if time <= 0:
                break
            times += time
            choice.repeats += number * time
        return times

    whole = [gain / blur + 0.5 for gain in gains]
    return [0.0 if x <= 0 else again(x) if x > last else x if x < 1 else 1.0 for x in whole]


def _together(
    facts: Facts,
    choice: Choice,
    cuts: Sequence[Cut],
    people: Sequence[int],
    gains: Rows,
    repeat: float,
    blur: float,
) -> list[list[float]]:
    """The choices of the first of these people between several series: meetings in order of gain."""
    met = [[0.0] * (len(people) - 1) for _ in cuts]
    least = -blur / 2 - max(facts.rewards.values(), default=0)
    for later, each in enumerate(zip(*gains, strict=True)):
        if max(each) <= least:
            continue
        pair, number = (people[0], people[1 + later]), 0
        again = 0.0 if pair in facts.together else repeat
        reward = facts.rewards.get(pair, 0)
        for gain, n in sorted(((gain, n) for n, gain in enumerate(each)), reverse=True):
            for _ in range(cuts[n].rounds):
                time = min(1.0, (gain - number * again + (0 if number else reward)) / blur + 0.5)
                if time <= 0:
                    break
                met[n][later] += time
                choice.repeats += number * time if again else 0
                number += 1
    return met

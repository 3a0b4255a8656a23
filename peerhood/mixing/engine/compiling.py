"""Compiling: a problem in the numbers that the kernel reads.

Every price is looked up once; all searches share the numbers, and copy what they change.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import accumulate
from types import SimpleNamespace
from typing import Any

from peerhood.mixing.engine.kernel import NOISE, TOLERANCE, numbers, zeros
from peerhood.mixing.engine.objective import Objective

MODES = {"mixed": 0, "similar": 1, "diverse": 2}


class Numbers(SimpleNamespace):
    """The fixed part of a ``kernel.Board``, field by field."""


def compiled(
    objective: Objective, fixed: Sequence[Collection[int]], before: Numbers | None = None
) -> Numbers:
    """Everything about a problem but its seats.

    Args:
        fixed: for each round, who may not move.
        before: the numbers of the same problem with fewer people, whose prices are copied.
    """
    board = Numbers()
    people, rounds = objective.people_count, len(objective.present)
    board.people, board.rounds = people, rounds
    board.repeat, board.stay_price = objective.prices.repeat, 0
    board.uncovered_price = objective.prices.uncovered if objective.welcomers else 0
    board.base = _base(objective, before)
    board.is_locked = zeros(rounds * people)
    for number, locked in enumerate(fixed):
        for p in locked:
            board.is_locked[number * people + p] = 1
    board.is_plain = numbers([1] * rounds)
    _set_modes(board, objective)
    board.role = numbers(
        (p in objective.first_timers) + 2 * (p in objective.welcomers) for p in range(people)
    )
    _set_bonds(board, objective)
    _set_groups(board, objective)
    _set_sizes(board, objective)
    board.home = numbers([-1]) * (rounds * people)
    board.tolerance, board.noise = numbers(TOLERANCE), numbers(NOISE)
    for number in range(rounds):
        is_watched = number == 0 and objective.first_timers and objective.welcomers
        if is_watched or board.mode[number] or board.bond_count or board.has_sizes:
            board.is_plain[number] = 0
    return board


def _base(objective: Objective, before: Numbers | None) -> Any:
    people = objective.people_count
    first = objective.first_meetings()
    if before is None:
        base = zeros(people * people)
    else:
        base = zeros(0)
        widening = zeros(people - before.people)
        for p in range(before.people):
            base += before.base[p * before.people : (p + 1) * before.people] + widening
        base += zeros(people * (people - before.people))
        first = {pair: price for pair, price in first.items() if pair[1] >= before.people}  # type: ignore
    for (p, q), price in first.items():
        base[p * people + q] = base[q * people + p] = price
    for p, q in objective.together:
        base[p * people + q] = base[q * people + p] = 0
    return base


def _set_modes(board: Numbers, objective: Objective) -> None:
    board.mode = numbers(MODES[mode] for mode in objective.modes)
    prices = {"mixed": 0, "similar": objective.prices.unlike, "diverse": objective.prices.alike}
    board.mode_price = numbers(prices[mode] for mode in objective.modes)
    codes = []
    board.traits = 1
    for traits in (objective.similar_in, objective.diverse_in):
        code: dict[Any, int] = {None: -1}
        for trait in traits:
            code.setdefault(trait, len(code) - 1)
        codes += [code[trait] for trait in traits]
        board.traits = max(board.traits, len(code) - 1)
    board.trait = numbers(codes)


def _set_bonds(board: Numbers, objective: Objective) -> None:
    """Pairs whose price is no straight line: by how much each meeting leaves it."""
    rounds = range(board.rounds)
    bonds = sorted(objective.bonds())
    first = objective.first_meetings() if bonds else {}
    met: dict[int, list[tuple[int, int]]] = defaultdict(list)
    steps, extras = [], []
    for number, (p, q) in enumerate(bonds):
        met[p].append((q, number))
        met[q].append((p, number))
        base = 0 if (p, q) in objective.together else first.get((p, q), 0)
        # The last round's companions are free or not for themselves; prices by times leave that out.
        late = board.rounds
        straight = [base + board.repeat * times for times in range(board.rounds + 1)]
        by_times = [objective.bond_prices((p, q), late, times, base) for times in range(board.rounds + 1)]
        steps += [price - line for price, line in zip(by_times, straight, strict=True)]
        extras += [
            objective.bond_prices((p, q), r, 1, base) - by_times[1] - _exempted(board, objective, r, p, q)
            for r in rounds
        ]
    board.bond_step, board.bond_round = numbers(steps or [0]), numbers(extras or [0])
    board.bond_count = len(bonds)
    board.bond_first = numbers(accumulate((len(met[p]) for p in range(board.people)), initial=0))
    board.bond_with = numbers(q for p in range(board.people) for q, _number in met[p])
    board.bond = numbers(number for p in range(board.people) for _q, number in met[p])


def _exempted(board: Numbers, objective: Objective, number: int, p: int, q: int) -> int:
    """The mode's price, which two who are kept together do not pay, but the counts at a table ask for."""
    if not board.mode[number] or (p, q) not in objective.together:
        return 0
    first = (board.mode[number] - 1) * board.people
    mine, other = board.trait[first + p], board.trait[first + q]
    is_priced = mine >= 0 and other >= 0 and (mine == other) == (board.mode[number] == 2)
    return int(board.mode_price[number]) if is_priced else 0


def _set_groups(board: Numbers, objective: Objective) -> None:
    groups: dict[int, list[int]] = defaultdict(list)
    for p, q in sorted(objective.together):
        groups[p].append(q)
        groups[q].append(p)
    board.group_first = numbers(accumulate((len(groups[p]) for p in range(board.people)), initial=0))
    board.group = numbers(q for p in range(board.people) for q in groups[p])
    board.largest_group = 1 + max(map(len, groups.values()), default=0)


def _set_sizes(board: Numbers, objective: Objective) -> None:
    board.has_sizes = 1 if objective.prices.sizes else 0
    board.size_price = numbers(objective.size_price(size) for size in range(objective.people_count + 1))

# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The kernel: what the search does millions of times a second.

One source in Cython's pure-Python mode. Compiled it runs without the interpreter's
lock and some fifty times as fast; uncompiled it is plain Python. All is whole numbers
and chance comes from a generator of its own, so both find the same seats everywhere.

For every two people ``price`` holds what one more meeting costs. It rises by
``repeat`` with each meeting, so the last one cost ``price - repeat``, and what a swap
changes is a sum over two tables. What does not fit that picture (modes, greeters,
bonds, homes, sizes) is counted at each table, and asked for only where it matters.

It is one long file, because C inlines within one, and half of it declares types. Read
``Board``, then ``place``, ``anneal``, ``relabel`` and ``sum_up`` from their ends.
"""

import math
from array import array
from collections.abc import Iterable
from typing import Any

import cython

is_compiled = cython.compiled

# Kirkpatrick et al. 1983 accept a change with probability exp(-change / T), that is
# when change <= -T * ln(u). A table of rounded logarithms keeps platforms' last digits out.
TOLERANCE = [round(-1_000 * math.log((i + 0.5) / 1_024)) for i in range(1_024)]
# What turns "the least wins" into a choice by chance, shuffled by a stride that meets every one.
NOISE = [round(-1_000 * math.log(-math.log((1_723 * i % 4_096 + 0.5) / 4_096))) for i in range(4_096)]


def numbers(values: Iterable[int]) -> Any:
    """Whole numbers in the form that this kernel reads fastest: an array if compiled, else a list."""
    return array("i", values) if cython.compiled else list(values)


def zeros(count: int) -> Any:
    """So many zeros, as ``numbers`` would give them."""
    return array("i", bytes(4 * count)) if cython.compiled else [0] * count


@cython.cclass
class Board:
    """A seating while it is being improved; everything is a number from 0.

    Tables and seats are numbered through all rounds. A table's people are on its
    first seats, the rest hold -1. "(round, person)" means index round * people + person.
    """

    # Fixed: who is priced how. Boards of one problem share these.
    people = cython.declare(cython.int, visibility="public")
    rounds = cython.declare(cython.int, visibility="public")
    repeat = cython.declare(cython.int, visibility="public")
    uncovered_price = cython.declare(cython.int, visibility="public")
    stay_price = cython.declare(cython.int, visibility="public")
    traits = cython.declare(cython.int, visibility="public")  # how many different ones
    has_sizes = cython.declare(cython.int, visibility="public")  # may people take free seats?
    base = cython.declare(cython.int[::1], visibility="public")  # (person, person): a first meeting
    first_seat = cython.declare(cython.int[::1], visibility="public")  # of each table, and one past the last
    first_table = cython.declare(cython.int[::1], visibility="public")  # of each round, and one past the last
    table_at = cython.declare(cython.int[::1], visibility="public")  # of each seat
    mover = cython.declare(cython.int[::1], visibility="public")  # who may change seats, round by round
    mover_round = cython.declare(cython.int[::1], visibility="public")
    is_locked = cython.declare(cython.int[::1], visibility="public")  # (round, person)
    is_plain = cython.declare(cython.int[::1], visibility="public")  # rounds where only pairs have prices
    mode = cython.declare(
        cython.int[::1], visibility="public"
    )  # of each round: 0 mixed, 1 similar, 2 diverse
    mode_price = cython.declare(cython.int[::1], visibility="public")  # of a pair that does not fit the mode
    trait = cython.declare(cython.int[::1], visibility="public")  # (mode - 1, person), -1 where not stated
    role = cython.declare(cython.int[::1], visibility="public")  # 1 a first-timer, 2 somebody who welcomes
    bond_first = cython.declare(cython.int[::1], visibility="public")  # of each person, and one past the last
    bond_with = cython.declare(cython.int[::1], visibility="public")
    bond = cython.declare(cython.int[::1], visibility="public")
    bond_step = cython.declare(
        cython.int[::1], visibility="public"
    )  # (bond, times met): the next one's extra
    bond_round = cython.declare(cython.int[::1], visibility="public")  # (bond, round): a shared table's extra
    group_first = cython.declare(cython.int[::1], visibility="public")  # of each person: who moves with them
    group = cython.declare(cython.int[::1], visibility="public")
    home = cython.declare(cython.int[::1], visibility="public")  # (round, person): the table they were told
    size_price = cython.declare(cython.int[::1], visibility="public")  # of n people at a table, if has_sizes
    tolerance = cython.declare(cython.int[::1], visibility="public")
    noise = cython.declare(cython.int[::1], visibility="public")
    bond_count = cython.declare(cython.int, visibility="public")
    largest_group = cython.declare(cython.int, visibility="public")

    # What changes as people move.
    price = cython.declare(cython.int[::1], visibility="public")  # (person, person): one more meeting
    who = cython.declare(cython.int[::1], visibility="public")  # on each seat
    count = cython.declare(cython.int[::1], visibility="public")  # at each table
    table_of = cython.declare(cython.int[::1], visibility="public")  # (round, person), -1 where absent
    seat_of = cython.declare(cython.int[::1], visibility="public")
    with_trait = cython.declare(cython.int[::1], visibility="public")  # (table, trait)
    stated = cython.declare(cython.int[::1], visibility="public")  # at each table, of any trait
    newcomers = cython.declare(cython.int[::1], visibility="public")  # at each table of round 0
    welcomers = cython.declare(cython.int[::1], visibility="public")
    bond_times = cython.declare(cython.int[::1], visibility="public")
    traded = cython.declare(cython.int[::1], visibility="public")  # room to remember a group's swaps
    keeps_kinds = cython.declare(
        cython.int, visibility="public"
    )  # do similar rounds swap like for like only?
    total = cython.declare(cython.int[::1], visibility="public")  # (table, person): see sum_up
    has_totals = cython.declare(cython.int, visibility="public")
    cost = cython.declare(cython.longlong, visibility="public")
    accepted = cython.declare(cython.longlong, visibility="public")  # moves, since the last look
    chance = cython.declare(cython.ulonglong, visibility="public")
    cursor = cython.declare(cython.int, visibility="public")


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _mode_change(
    board: Board, r: cython.int, p: cython.int, q: cython.int, a: cython.int, b: cython.int
) -> cython.longlong:
    """What a round's mode makes of p going from a to b, and q (or nobody, -1) from b to a."""
    first: cython.int = (board.mode[r] - 1) * board.people
    at_a: cython.int = a * board.traits
    at_b: cython.int = b * board.traits
    mine: cython.int = board.trait[first + p]
    other: cython.int = -1 if q < 0 else board.trait[first + q]
    pairs: cython.longlong = 0
    if mine == other:
        return 0
    if board.mode[r] == 1:  # Every two of different traits have a price.
        if mine >= 0:
            pairs += board.with_trait[at_a + mine] - board.stated[a]
            pairs += board.stated[b] - (other >= 0) - board.with_trait[at_b + mine]
        if other >= 0:
            pairs += board.with_trait[at_b + other] - board.stated[b]
            pairs += board.stated[a] - (mine >= 0) - board.with_trait[at_a + other]
    else:  # Every two of one trait have a price.
        if mine >= 0:
            pairs += board.with_trait[at_b + mine] + 1 - board.with_trait[at_a + mine]
        if other >= 0:
            pairs += board.with_trait[at_a + other] + 1 - board.with_trait[at_b + other]
    return pairs * board.mode_price[r]


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _welcome_change(
    board: Board, p: cython.int, q: cython.int, a: cython.int, b: cython.int
) -> cython.longlong:
    """First-timers who lose or find somebody to welcome them when p goes to b, and q (or nobody) to a."""
    mine: cython.int = board.role[p]
    other: cython.int = 0 if q < 0 else board.role[q]
    newcomers: cython.int = (other & 1) - (mine & 1)
    welcomers: cython.int = (other >> 1) - (mine >> 1)
    alone: cython.longlong = 0
    if board.welcomers[a] == 0:
        alone -= board.newcomers[a]
    if board.welcomers[b] == 0:
        alone -= board.newcomers[b]
    if board.welcomers[a] + welcomers == 0:
        alone += board.newcomers[a] + newcomers
    if board.welcomers[b] - welcomers == 0:
        alone += board.newcomers[b] - newcomers
    return alone * board.uncovered_price


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _bond_change(
    board: Board, r: cython.int, p: cython.int, q: cython.int, a: cython.int, b: cython.int
) -> cython.longlong:
    """What p's own bonds make of leaving table a for b; q, who changes seats with p, stays away from them."""
    i: cython.int
    k: cython.int
    table: cython.int
    change: cython.longlong = 0
    for i in range(board.bond_first[p], board.bond_first[p + 1]):
        if board.bond_with[i] == q:
            continue
        table = board.table_of[r * board.people + board.bond_with[i]]
        k = board.bond[i]
        if table == a:
            change -= board.bond_step[k * (board.rounds + 1) + board.bond_times[k] - 1]
            change -= board.bond_round[k * board.rounds + r]
        elif table == b:
            change += board.bond_step[k * (board.rounds + 1) + board.bond_times[k]]
            change += board.bond_round[k * board.rounds + r]
    return change


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _other_change(
    board: Board, r: cython.int, p: cython.int, q: cython.int, a: cython.int, b: cython.int
) -> cython.longlong:
    """All that is not the price of a pair, when p goes from a to b, and q (or nobody, -1) from b to a."""
    change: cython.longlong = _bond_change(board, r, p, q, a, b)
    home: cython.int = board.home[r * board.people + p]
    if board.mode[r]:
        change += _mode_change(board, r, p, q, a, b)
    if r == 0 and (board.role[p] or (q >= 0 and board.role[q])):
        change += _welcome_change(board, p, q, a, b)
    if home >= 0:
        change += board.stay_price * ((home != b) - (home != a))
    if q >= 0:
        change += _bond_change(board, r, q, p, b, a)
        home = board.home[r * board.people + q]
        if home >= 0:
            change += board.stay_price * ((home != a) - (home != b))
    return change


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _strain(board: Board, r: cython.int, p: cython.int, a: cython.int) -> cython.bint:
    """Might p be better off elsewhere, for another reason than the prices of pairs?"""
    i: cython.int
    k: cython.int = board.mode[r]
    if board.home[r * board.people + p] >= 0 and board.home[r * board.people + p] != a:
        return True
    if r == 0 and board.welcomers[a] == 0 and board.newcomers[a] > 0:
        return True
    if board.bond_first[p] < board.bond_first[p + 1]:
        return True
    if board.has_sizes and board.size_price[board.count[a]] > 0:
        return True
    if k == 0:
        return False
    i = board.trait[(k - 1) * board.people + p]
    if i < 0:
        return False
    i = board.with_trait[a * board.traits + i]
    return i < board.stated[a] if k == 1 else i > 1


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _swap_change(board: Board, r: cython.int, p: cython.int, q: cython.int) -> cython.longlong:
    """The change in cost if two people of different tables changed seats."""
    n: cython.int = board.people
    a: cython.int = board.table_of[r * n + p]
    b: cython.int = board.table_of[r * n + q]
    s: cython.int
    x: cython.int
    # The sums also count p with q, at both tables; that is taken back first.
    change: cython.longlong = (board.count[a] + board.count[b] - 2) * board.repeat - 2 * board.price[
        p * n + q
    ]
    for s in range(board.first_seat[a], board.first_seat[a] + board.count[a]):
        x = board.who[s]
        change += board.price[q * n + x] - board.price[p * n + x]
    for s in range(board.first_seat[b], board.first_seat[b] + board.count[b]):
        x = board.who[s]
        change += board.price[p * n + x] - board.price[q * n + x]
    if not board.is_plain[r]:
        change += _other_change(board, r, p, q, a, b)
    return change


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _size_change(board: Board, a: cython.int, b: cython.int) -> cython.longlong:
    """What it changes in the price of sizes when somebody goes from table a to b."""
    return (
        board.size_price[board.count[a] - 1]
        - board.size_price[board.count[a]]
        + board.size_price[board.count[b] + 1]
        - board.size_price[board.count[b]]
    )


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _meet(board: Board, p: cython.int, a: cython.int, step: cython.int) -> cython.void:
    """Raise (or lower) the price of p with everybody at table a by a step."""
    n: cython.int = board.people
    s: cython.int
    x: cython.int
    r: cython.int
    for s in range(board.first_seat[a], board.first_seat[a] + board.count[a]):
        x = board.who[s]
        if x == p:
            continue
        board.price[p * n + x] += step
        board.price[x * n + p] += step
        if board.has_totals:
            for r in range(board.rounds):
                if board.table_of[r * n + x] >= 0:
                    board.total[board.table_of[r * n + x] * n + p] += step
                if board.table_of[r * n + p] >= 0:
                    board.total[board.table_of[r * n + p] * n + x] += step


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _add_to_totals(board: Board, p: cython.int, a: cython.int, one: cython.int) -> cython.void:
    """Add (one = 1), or take away (-1), what everybody pays for p at table a."""
    n: cython.int = board.people
    x: cython.int
    total: cython.int[::1] = board.total
    price: cython.int[::1] = board.price
    for x in range(n):
        total[a * n + x] += one * price[p * n + x]


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _count(board: Board, r: cython.int, p: cython.int, a: cython.int, one: cython.int) -> cython.void:
    """Count p in at table a (one = 1), or out (-1), wherever more than pairs have a price."""
    i: cython.int
    if board.mode[r]:
        i = board.trait[(board.mode[r] - 1) * board.people + p]
        if i >= 0:
            board.with_trait[a * board.traits + i] += one
            board.stated[a] += one
    if r == 0:
        board.newcomers[a] += one * (board.role[p] & 1)
        board.welcomers[a] += one * (board.role[p] >> 1)
    for i in range(board.bond_first[p], board.bond_first[p + 1]):
        if board.table_of[r * board.people + board.bond_with[i]] == a:
            board.bond_times[board.bond[i]] += one


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _lift(board: Board, r: cython.int, p: cython.int) -> cython.void:
    """Take p from the table; the seat stays as it is, for whoever comes."""
    a: cython.int = board.table_of[r * board.people + p]
    _meet(board, p, a, -board.repeat)
    if board.has_totals:
        _add_to_totals(board, p, a, -1)
    if not board.is_plain[r]:
        _count(board, r, p, a, -1)
    board.table_of[r * board.people + p] = -1


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _sit(board: Board, r: cython.int, p: cython.int, a: cython.int, seat: cython.int) -> cython.void:
    """Put p on a seat of table a that is free, or whose person was lifted."""
    board.who[seat] = p
    board.seat_of[r * board.people + p] = seat
    if not board.is_plain[r]:
        _count(board, r, p, a, 1)
    if board.has_totals:
        _add_to_totals(board, p, a, 1)
    board.table_of[r * board.people + p] = a
    _meet(board, p, a, board.repeat)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _trade(board: Board, r: cython.int, p: cython.int, q: cython.int) -> cython.void:
    """Let two people of different tables change seats."""
    n: cython.int = board.people
    a: cython.int = board.table_of[r * n + p]
    b: cython.int = board.table_of[r * n + q]
    seat: cython.int = board.seat_of[r * n + p]
    other: cython.int = board.seat_of[r * n + q]
    _lift(board, r, p)
    _lift(board, r, q)
    _sit(board, r, p, b, other)
    _sit(board, r, q, a, seat)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _move(board: Board, r: cython.int, p: cython.int, b: cython.int) -> cython.void:
    """Let one person take a free seat at table b; the last at the old table takes theirs."""
    n: cython.int = board.people
    a: cython.int = board.table_of[r * n + p]
    seat: cython.int = board.seat_of[r * n + p]
    last: cython.int = board.first_seat[a] + board.count[a] - 1
    _lift(board, r, p)
    board.who[seat] = board.who[last]
    board.seat_of[r * n + board.who[seat]] = seat
    board.who[last] = -1
    board.count[a] -= 1
    board.count[b] += 1
    _sit(board, r, p, b, board.first_seat[b] + board.count[b] - 1)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _trade_kinds(
    board: Board, r: cython.int, p: cython.int, q: cython.int, most: cython.longlong
) -> cython.longlong:
    """Swap p's kind at one table for as many of q's kind at another, if it costs no more than ``most``.

    One by one they would spoil two tables before they made one. Returns the change in cost.
    """
    n: cython.int = board.people
    first: cython.int = (board.mode[r] - 1) * n
    a: cython.int = board.table_of[r * n + p]
    b: cython.int = board.table_of[r * n + q]
    here: cython.int = board.first_seat[a]
    there: cython.int = board.first_seat[b]
    mine: cython.int = board.trait[first + p]
    other: cython.int = board.trait[first + q]
    swaps: cython.int = 0
    change: cython.longlong = 0
    while True:
        while here < board.first_seat[a] + board.count[a] and (
            board.trait[first + board.who[here]] != mine or board.is_locked[r * n + board.who[here]]
        ):
            here += 1
        while there < board.first_seat[b] + board.count[b] and (
            board.trait[first + board.who[there]] != other or board.is_locked[r * n + board.who[there]]
        ):
            there += 1
        if here >= board.first_seat[a] + board.count[a] or there >= board.first_seat[b] + board.count[b]:
            break
        board.traded[2 * swaps] = board.who[here]
        board.traded[2 * swaps + 1] = board.who[there]
        change += _swap_change(board, r, board.who[here], board.who[there])
        _trade(board, r, board.who[here], board.who[there])
        swaps += 1
        here += 1
        there += 1
    if change > most:
        _take_back(board, r, swaps)
        return 0
    return change


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _take_back(board: Board, r: cython.int, swaps: cython.int) -> cython.void:
    """Undo the swaps noted in ``traded``, the last first."""
    i: cython.int
    for i in range(swaps - 1, -1, -1):
        _trade(board, r, board.traded[2 * i], board.traded[2 * i + 1])


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _trade_group(
    board: Board, r: cython.int, p: cython.int, q: cython.int, most: cython.longlong
) -> cython.longlong:
    """Swap p and those who move with p for as many around q, if it costs no more than ``most``.

    One by one they would never part. Returns the change in cost; 0 where all stays.
    """
    n: cython.int = board.people
    a: cython.int = board.table_of[r * n + p]
    b: cython.int = board.table_of[r * n + q]
    i: cython.int
    x: cython.int
    seat: cython.int = board.first_seat[b]
    end: cython.int = board.first_seat[b] + board.count[b]
    swaps: cython.int = 1
    change: cython.longlong = _swap_change(board, r, p, q)
    board.traded[0] = p
    board.traded[1] = q
    _trade(board, r, p, q)
    for i in range(board.group_first[p], board.group_first[p + 1]):
        x = board.group[i]
        if board.table_of[r * n + x] != a or board.is_locked[r * n + x]:
            continue
        while seat < end and (
            board.is_locked[r * n + board.who[seat]] or _moves_with(board, p, board.who[seat])
        ):
            seat += 1
        if seat >= end:
            break
        board.traded[2 * swaps] = x
        board.traded[2 * swaps + 1] = board.who[seat]
        change += _swap_change(board, r, x, board.who[seat])
        _trade(board, r, x, board.who[seat])
        swaps += 1
    if change > most:
        _take_back(board, r, swaps)
        return 0
    return change


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _would_unite(board: Board, p: cython.int, q: cython.int, a: cython.int, b: cython.int) -> cython.bint:
    """Would p's kind at table a, swapped for q's kind at b, join others of either kind?"""
    mine: cython.int = board.trait[p]  # as similar rounds see it
    other: cython.int = board.trait[q]
    if mine < 0 or other < 0 or mine == other:
        return False
    return board.with_trait[b * board.traits + mine] > 0 or board.with_trait[a * board.traits + other] > 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _moves_with(board: Board, p: cython.int, x: cython.int) -> cython.bint:
    i: cython.int
    if x == p:
        return True
    for i in range(board.group_first[p], board.group_first[p + 1]):
        if board.group[i] == x:
            return True
    return False


def place(board: Board) -> None:
    """Reckon everything anew from ``who`` and ``count``; what the seats cost is added to ``cost``."""
    n: cython.int = board.people
    cost: cython.longlong = 0
    r: cython.int
    t: cython.int
    s: cython.int
    u: cython.int
    p: cython.int
    i: cython.int
    k: cython.int
    with cython.nogil:
        for r in range(board.rounds):
            for t in range(board.first_table[r], board.first_table[r + 1]):
                for s in range(board.first_seat[t], board.first_seat[t] + board.count[t]):
                    p = board.who[s]
                    for u in range(board.first_seat[t], s):
                        cost += board.price[p * n + board.who[u]]
                        if not board.is_plain[r] and board.mode[r]:
                            i = board.trait[(board.mode[r] - 1) * n + p]
                            k = board.trait[(board.mode[r] - 1) * n + board.who[u]]
                            if i >= 0 and k >= 0 and (i == k) == (board.mode[r] == 2):
                                cost += board.mode_price[r]
                    if not board.is_plain[r]:
                        for i in range(board.bond_first[p], board.bond_first[p + 1]):
                            if board.table_of[r * n + board.bond_with[i]] == t:
                                k = board.bond[i]
                                cost += board.bond_step[k * (board.rounds + 1) + board.bond_times[k]]
                                cost += board.bond_round[k * board.rounds + r]
                        if board.home[r * n + p] >= 0 and board.home[r * n + p] != t:
                            cost += board.stay_price
                    # Sitting down meets whoever sits already, so the table fills seat by seat.
                    u = board.count[t]
                    board.count[t] = s - board.first_seat[t]
                    _sit(board, r, p, t, s)
                    board.count[t] = u
                if board.has_sizes:
                    cost += board.size_price[board.count[t]]
                if r == 0 and not board.is_plain[r] and board.welcomers[t] == 0:
                    cost += board.uncovered_price * board.newcomers[t]
    board.cost += cost


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _choose(
    board: Board, r: cython.int, p: cython.int, temperature: cython.longlong, draw: cython.ulonglong
) -> cython.int:
    """The seat p would take if all of the round were offered at once; -1 to stay.

    Each is taken with the probability that its change in cost has at this temperature (heat
    bath): to every price a random number is added, and the least of all wins (Gumbel 1954).
    """
    n: cython.int = board.people
    noise: cython.int[::1] = board.noise
    total: cython.int[::1] = board.total
    price: cython.int[::1] = board.price
    who: cython.int[::1] = board.who
    step: cython.int = board.repeat
    a: cython.int = board.table_of[r * n + p]
    row: cython.int = p * n
    own: cython.int = (board.count[a] - 1) * step - total[a * n + p]
    is_plain: cython.int = board.is_plain[r]
    keeps_kinds: cython.int = board.keeps_kinds and board.mode[r] == 1
    change: cython.longlong
    least: cython.longlong = -temperature * noise[draw & 4095]
    chosen: cython.int = -1
    t: cython.int
    s: cython.int
    q: cython.int
    there: cython.int
    for t in range(board.first_table[r], board.first_table[r + 1]):
        if t == a:
            continue
        there = own + total[t * n + p] + (board.count[t] - 1) * step
        for s in range(board.first_seat[t], board.first_seat[t] + board.count[t]):
            q = who[s]
            change = there + total[a * n + q] - total[t * n + q] - 2 * price[row + q]
            if board.is_locked[r * n + q] or (keeps_kinds and board.trait[p] != board.trait[q]):
                continue
            if not is_plain:
                change += _other_change(board, r, p, q, a, t)
            change = 1_000 * change - temperature * noise[(draw + s) & 4095]
            if change < least:
                least = change
                chosen = s
        s = board.first_seat[t] + board.count[t]
        if board.has_sizes and s < board.first_seat[t + 1] and not keeps_kinds:
            change = own + total[t * n + p] + _size_change(board, a, t) + _other_change(board, r, p, -1, a, t)
            change = 1_000 * change - temperature * noise[(draw + s) & 4095]
            if change < least:
                least = change
                chosen = s
    return chosen


def sum_up(board: Board) -> None:
    """Reckon for every table and person what they would pay to everybody there.

    With these totals a swap is looked at in five steps however large the tables are, but made
    in many: worth it where few are made. Then everybody is offered all seats of their round at
    once; see ``_choose``. ``board.total`` has tables x people places.
    """
    t: cython.int
    s: cython.int
    with cython.nogil:
        for t in range(board.first_table[board.rounds]):
            for s in range(board.first_seat[t], board.first_seat[t] + board.count[t]):
                _add_to_totals(board, board.who[s], t, 1)
    board.has_totals = 1


def anneal(board: Board, temperature: cython.int, moves: cython.longlong, floor: cython.longlong) -> int:
    """Consider so many moves at one temperature; stop early at a cost of ``floor``. Returns how many.

    Everybody who may move is asked in turn, and offered a seat drawn by chance in the same round;
    or, where totals are kept, all of them.
    """
    # The arrays are looked up once here: uncompiled, that is half of the time.
    n: cython.int = board.people
    step: cython.int = board.repeat
    price: cython.int[::1] = board.price
    who: cython.int[::1] = board.who
    first_seat: cython.int[::1] = board.first_seat
    first_table: cython.int[::1] = board.first_table
    count: cython.int[::1] = board.count
    table_of: cython.int[::1] = board.table_of
    is_locked: cython.int[::1] = board.is_locked
    is_plain: cython.int[::1] = board.is_plain
    mover: cython.int[::1] = board.mover
    mover_round: cython.int[::1] = board.mover_round
    group_first: cython.int[::1] = board.group_first
    mode: cython.int[::1] = board.mode
    tolerance: cython.int[::1] = board.tolerance
    table_at: cython.int[::1] = board.table_at
    total: cython.int[::1] = board.total
    has_totals: cython.int = board.has_totals
    keeps_kinds: cython.int = board.keeps_kinds
    trait: cython.int[::1] = board.trait
    accepted: cython.longlong = 0
    cursor: cython.int = board.cursor
    end: cython.int = len(mover)
    chance: cython.ulonglong = board.chance
    word: cython.ulonglong = 0xFFFFFFFF
    factor: cython.ulonglong = 4_294_957_665
    draw: cython.ulonglong
    cost: cython.longlong = board.cost
    done: cython.longlong = 0
    change: cython.longlong
    # The largest change that any draw would let pass, times 1000 as all tolerances are.
    most: cython.longlong = temperature * tolerance[0]
    r: cython.int
    p: cython.int
    q: cython.int
    a: cython.int
    b: cython.int
    s: cython.int
    x: cython.int
    low: cython.int
    high: cython.int
    row: cython.int
    other: cython.int

    if end == 0:
        return moves
    with cython.nogil:
        while done < moves:
            done += 1
            cursor += 1
            if cursor >= end:
                cursor = 0
            r = mover_round[cursor]
            p = mover[cursor]
            # Multiply with carry (Marsaglia): two words of state in one, one word drawn.
            chance = factor * (chance & word) + (chance >> 32)
            draw = (chance ^ (chance >> 32)) & word
            row = p * n
            a = table_of[r * n + p]
            low = first_seat[a]
            high = low + count[a]
            change = (high - low - 1) * step
            if has_totals:
                change -= total[a * n + p]
            else:
                for s in range(low, high):
                    change -= price[row + who[s]]
            # Nine of ten swaps of somebody whose seat costs nothing are not worth a look.
            if change == 0 and (draw & 1023) < 922 and (is_plain[r] or not _strain(board, r, p, a)):
                continue
            if has_totals and group_first[p] == group_first[p + 1] and (draw >> 10) & 15:
                done += first_seat[first_table[r + 1]] - first_seat[first_table[r]] - 1
                s = _choose(board, r, p, temperature, draw >> 14)
                if s < 0:
                    continue
                q = who[s]
                b = table_at[s]
                if q < 0:
                    change += (
                        total[b * n + p] + _size_change(board, a, b) + _other_change(board, r, p, -1, a, b)
                    )
                    _move(board, r, p, b)
                else:
                    change = _swap_change(board, r, p, q)
                    _trade(board, r, p, q)
                accepted += 1
                cost += change
                if cost <= floor:
                    break
                continue
            s = first_seat[first_table[r]]
            x = (draw * (first_seat[first_table[r + 1]] - s)) >> 32
            s += x
            q = who[s]
            b = table_at[s]
            if a == b:
                continue
            if keeps_kinds and mode[r] == 1 and (q < 0 or trait[p] != trait[q]):
                continue
            if q < 0:
                for s in range(first_seat[b], first_seat[b] + count[b]):
                    change += price[row + who[s]]
                change += _size_change(board, a, b) + _other_change(board, r, p, -1, a, b)
            elif is_locked[r * n + q]:
                continue
            elif group_first[p] < group_first[p + 1]:
                chance = factor * (chance & word) + (chance >> 32)
                cost += _trade_group(board, r, p, q, temperature * tolerance[(chance >> 7) & 1023] // 1_000)
                if cost <= floor:
                    break
                continue
            elif mode[r] == 1 and (draw >> 10) & 15 == 0 and _would_unite(board, p, q, a, b):
                chance = factor * (chance & word) + (chance >> 32)
                cost += _trade_kinds(board, r, p, q, temperature * tolerance[(chance >> 7) & 1023] // 1_000)
                if cost <= floor:
                    break
                continue
            else:
                # As in _swap_change, with what is known already.
                other = q * n
                change += (count[b] - 1) * step - 2 * price[row + q]
                if has_totals:
                    change += total[a * n + q] + total[b * n + p] - total[b * n + q]
                else:
                    for s in range(low, high):
                        change += price[other + who[s]]
                    for s in range(first_seat[b], first_seat[b] + count[b]):
                        x = who[s]
                        change += price[row + x] - price[other + x]
                if not is_plain[r]:
                    change += _other_change(board, r, p, q, a, b)
            if change > 0:
                if 1_000 * change > most:
                    continue
                chance = factor * (chance & word) + (chance >> 32)
                if 1_000 * change > temperature * tolerance[(chance >> 7) & 1023]:
                    continue
            if q < 0:
                _move(board, r, p, b)
            else:
                _trade(board, r, p, q)
            accepted += 1
            cost += change
            if cost <= floor:
                break
    board.cursor = cursor
    board.chance = chance
    board.cost = cost
    board.accepted = accepted
    return done


def relabel(board: Board, temperature: cython.int, moves: cython.longlong, floor: cython.longlong) -> int:
    """As ``anneal``, but a move lets two people change names in every round at once.

    How often pairs meet stays as it is, so a design keeps its virtue while wishes find their people.
    Everybody must be there in every round or in none, and nobody locked.
    """
    n: cython.int = board.people
    chance: cython.ulonglong = board.chance
    word: cython.ulonglong = 0xFFFFFFFF
    factor: cython.ulonglong = 4_294_957_665
    done: cython.longlong = 0
    change: cython.longlong
    r: cython.int
    p: cython.int
    q: cython.int
    with cython.nogil:
        while done < moves:
            done += 1
            p = done % n
            chance = factor * (chance & word) + (chance >> 32)
            q = (((chance ^ (chance >> 32)) & word) * n) >> 32
            if p == q or board.table_of[p] < 0 or board.table_of[q] < 0:
                continue
            change = 0
            for r in range(board.rounds):
                if board.table_of[r * n + p] != board.table_of[r * n + q]:
                    change += _swap_change(board, r, p, q)
                    _trade(board, r, p, q)
            chance = factor * (chance & word) + (chance >> 32)
            if change > 0 and 1_000 * change > temperature * board.tolerance[(chance >> 7) & 1023]:
                for r in range(board.rounds):
                    if board.table_of[r * n + p] != board.table_of[r * n + q]:
                        _trade(board, r, p, q)
                continue
            board.cost += change
            if board.cost <= floor:
                break
    board.chance = chance
    return done

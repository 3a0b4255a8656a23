"""A seating while it is being improved: people on the kernel's board, and the search's way to talk to it."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from peerhood.mixing.engine.compiling import Numbers
from peerhood.mixing.engine.kernel import (
    Board,
    anneal,
    numbers,
    place,
    relabel,
    sum_up,
    zeros,
)
from peerhood.mixing.engine.objective import Seats
from peerhood.mixing.engine.shuffling import Draw

# Where fewer than this are accepted of as many moves as there are people, all seats are offered at once; see
# kernel.sum_up.
FEW = 4
MOST_TOTALS = 4_000_000  # 16 MB
# The generator's two words; see kernel.anneal.
WORD, CARRY = 1 << 32, 4_294_957_664


class Snapshot(NamedTuple):
    """Who sits where, as it was at one moment."""

    cost: int
    who: Any
    count: Any


class Seating:
    """Rounds of tables of people, with their running cost. One thread at a time."""

    def __init__(
        self,
        fixed: Numbers,
        seats: Seats,
        capacities: Sequence[Sequence[int]],
        *,
        constant: int,
        draw: Draw,
        first: int = 0,
        homes: Seats | None = None,
        stay_price: int = 0,
        may_offer_all: bool = True,
    ) -> None:
        """Seat everybody.

        Args:
            capacities: the seats of each table in each round.
            constant: what every seating costs; see ``Objective.constant``.
            draw: chance, asked for a seed.
            first: the first round (from 0) in which anybody may move.
            homes: tables that people were told, which it costs ``stay_price`` to leave.
            may_offer_all: may everybody be offered all seats of a round at once?
        """
        self.people, self.rounds = fixed.people, fixed.rounds
        self.keeps_kinds = False
        self.may_offer_all = may_offer_all
        self.fixed = fixed
        self.constant = constant
        self.first_table = list(accumulate(map(len, capacities), initial=0))
        sizes = [size for tables in capacities for size in tables]
        self.first_seat = list(accumulate(sizes, initial=0))
        board = self.board = Board()
        for name, value in vars(fixed).items():
            setattr(board, name, value)
        board.first_table, board.first_seat = numbers(self.first_table), numbers(self.first_seat)
        board.table_at = numbers(t for t, size in enumerate(sizes) for _ in range(size))
        if homes is not None:
            board.stay_price, board.home = stay_price, self._homes(homes)
            board.is_plain = zeros(self.rounds)
        movers = [
            (p, r)
            for r in range(first, self.rounds)
            for table in seats[r]
            for p in table
            if not fixed.is_locked[r * self.people + p]
        ]
        board.mover, board.mover_round = numbers(p for p, _ in movers), numbers(r for _, r in movers)
        self.can_move, self.seat_count = bool(movers), len(movers)
        self.has_kinds = 1 in fixed.mode
        self.largest = max(fixed.largest_group, *sizes)
        board.chance, board.cursor = int(draw() * WORD) + (1 + int(draw() * CARRY)) * WORD, -1
        self.place(seats)

    def _homes(self, homes: Seats) -> Any:
        home = numbers([-1]) * (self.rounds * self.people)
        for r, tables in enumerate(homes):
            for t, table in enumerate(tables):
                for p in table:
                    home[r * self.people + p] = self.first_table[r] + t
        return home

    def place(self, seats: Seats) -> None:
        """Seat everybody anew."""
        self.who, self.count = zeros(0), numbers(len(table) for tables in seats for table in tables)
        tables = [table for tables in seats for table in tables]
        for table, (start, end) in zip(tables, pairwise(self.first_seat), strict=True):
            self.who.extend([*table, *[-1] * (end - start - len(table))])
        self._reckon()

    def keep_kinds(self, keeps: bool) -> None:
        """In rounds of the like-minded, let only people of one kind change seats; or anybody again."""
        self.keeps_kinds, self.board.keeps_kinds = keeps, int(keeps)

    def restore(self, snapshot: Snapshot) -> None:
        """Go back to an earlier moment."""
        self.who, self.count = snapshot.who[:], snapshot.count[:]
        self._reckon()

    def _reckon(self) -> None:
        board, tables = self.board, len(self.count)
        board.who, board.count = self.who, self.count
        board.price = self.fixed.base[:]
        board.table_of = numbers([-1]) * (self.rounds * self.people)
        board.seat_of = numbers([-1]) * (self.rounds * self.people)
        board.with_trait, board.stated = zeros(tables * self.fixed.traits), zeros(tables)
        board.newcomers, board.welcomers = zeros(tables), zeros(tables)
        board.bond_times = zeros(self.fixed.bond_count + 1)
        board.traded = zeros(2 * self.largest)
        board.total, board.has_totals, board.keeps_kinds = zeros(1), 0, int(self.keeps_kinds)
        board.cost = self.constant
        place(board)

    @property
    def cost(self) -> int:
        """What the seats cost now, and what leaving the homes costs."""
        return int(self.board.cost)

    def snapshot(self) -> Snapshot:
        """Remember this moment."""
        return Snapshot(self.cost, self.who[:], self.count[:])

    def anneal(self, temperature: int, moves: int, floor: int) -> int:
        """Consider so many moves; see ``kernel.anneal``. Returns how many it considered."""
        considered = int(anneal(self.board, temperature, moves, floor))
        self._choose_totals(self.board.accepted / max(1, considered))
        return considered

    def _choose_totals(self, accepted: float) -> None:
        """Keep totals from when few moves are accepted, until people are placed anew; ``accepted`` is from 0 to 1."""
        places = len(self.count) * self.people
        is_few = accepted * self.people < FEW and places <= MOST_TOTALS
        if is_few and self.may_offer_all and not self.board.has_totals:
            self.board.total = zeros(places)
            sum_up(self.board)

    def relabel(self, temperature: int, moves: int, floor: int) -> int:
        """Let people change names; see ``kernel.relabel``."""
        return int(relabel(self.board, temperature, moves, floor))

    def seats(self, snapshot: Snapshot | None = None) -> list[list[list[int]]]:
        """The seats, now or at an earlier moment, as rounds of tables of people."""
        who, count = (self.who, self.count) if snapshot is None else snapshot[1:]
        tables = [list(who[s : s + n]) for s, n in zip(self.first_seat, count, strict=False)]
        return [tables[start:end] for start, end in pairwise(self.first_table)]

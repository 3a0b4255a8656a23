"""A seating while it is being improved: what a swap would change, in as many steps as people at a table.

For every two people it keeps the price of one more meeting (``add``) and the price
paid for their last one (``drop``), so the cost of a swap is a sum over two tables.
"""

from collections.abc import Sequence

from peerhood.mixing.engine.objective import UNCOVERED, Matrix, Objective, PriceList, Seats


class Seating:
    """Rounds of tables of people, all as indices from 0, with their running cost."""

    def __init__(self, objective: Objective, seats: Seats) -> None:
        lists: Sequence[Sequence[PriceList]] = objective.price_lists()
        self.objective = objective
        self.lists = lists
        self.round_prices = objective.round_prices()
        self.bonds: dict[int, set[int]] = {}
        for pair in sorted(objective.together):
            for p in pair:
                self.bonds.setdefault(p, set()).update(pair)
        self.watches_first_round = bool(objective.first_timers and objective.welcomers)
        self.place(seats)

    def place(self, seats: Seats) -> None:
        """Seat everybody anew; the compiled prices are kept."""
        people = range(len(self.lists))
        self.tables = [[list(table) for table in tables] for tables in seats]
        self.table_of = [[-1] * len(people) for _ in seats]
        self.times: Matrix = [[0] * len(people) for _ in people]
        self.add: Matrix = [[prices[0] for prices in row] for row in self.lists]
        self.drop: Matrix = [[0] * len(people) for _ in people]
        self.cost = self.objective.constant()
        for number, tables in enumerate(self.tables):
            for t, table in enumerate(tables):
                self._sit(number, t, table)

    def _sit(self, number: int, t: int, table: list[int]) -> None:
        extra = self.round_prices[number]
        for i, p in enumerate(table):
            self.table_of[number][p] = t
            for q in table[:i]:
                self.cost += self.add[p][q] + (extra[p][q] if extra else 0)
                self._meet(p, q, 1)
        if number == 0:
            self.cost += UNCOVERED * self.objective.uncovered(table)

    def _meet(self, p: int, q: int, change: int) -> None:
        """Let a pair meet once more (1) or once less (-1)."""
        times = self.times[p][q] + change
        prices = self.lists[p][q]
        self.times[p][q] = self.times[q][p] = times
        self.add[p][q] = self.add[q][p] = prices[times]
        # With no meeting left this reads the list's end; nothing looks at it before they meet.
        self.drop[p][q] = self.drop[q][p] = prices[times - 1]

    def strain(self, number: int, p: int) -> int:
        """What a person's seat costs in a round: nothing, where moving them cannot help."""
        drop = self.drop[p]
        table = self.tables[number][self.table_of[number][p]]
        cost = 0
        for x in table:
            cost += drop[x]
        extra = self.round_prices[number]
        if extra is not None:
            row = extra[p]
            for x in table:
                cost += row[x]
        if number == 0 and self.watches_first_round:
            cost += UNCOVERED * self.objective.uncovered(table)
        return cost

    def swap_cost(self, number: int, p: int, q: int) -> int:
        """The change in cost if two people of different tables changed seats."""
        add_p, add_q, drop_p, drop_q = self.add[p], self.add[q], self.drop[p], self.drop[q]
        tables, table_of = self.tables[number], self.table_of[number]
        table_p, table_q = tables[table_of[p]], tables[table_of[q]]
        # The loops also count p with q, at both tables; take that back first.
        change = -2 * add_p[q]
        for x in table_p:
            change += add_q[x] - drop_p[x]
        for x in table_q:
            change += add_p[x] - drop_q[x]
        extra = self.round_prices[number]
        if extra is not None:
            extra_p, extra_q = extra[p], extra[q]
            change -= 2 * extra_p[q]
            for x in table_p:
                change += extra_q[x] - extra_p[x]
            for x in table_q:
                change += extra_p[x] - extra_q[x]
        if number == 0 and self.watches_first_round:
            change += self._welcome_cost(table_p, table_q, p, q)
        return change

    def _welcome_cost(self, table_p: list[int], table_q: list[int], p: int, q: int) -> int:
        special = self.objective.first_timers | self.objective.welcomers
        if p not in special and q not in special:
            return 0
        uncovered = self.objective.uncovered
        after_p = [q if x == p else x for x in table_p]
        after_q = [p if x == q else x for x in table_q]
        return UNCOVERED * (uncovered(after_p) + uncovered(after_q) - uncovered(table_p) - uncovered(table_q))

    def swap(self, number: int, p: int, q: int, change: int) -> None:
        """Let two people of different tables change seats; ``change`` is what ``swap_cost`` said."""
        tables, table_of = self.tables[number], self.table_of[number]
        table_p, table_q = tables[table_of[p]], tables[table_of[q]]
        for x in table_p:
            if x != p:
                self._meet(p, x, -1)
                self._meet(q, x, 1)
        for x in table_q:
            if x != q:
                self._meet(q, x, -1)
                self._meet(p, x, 1)
        table_p[table_p.index(p)] = q
        table_q[table_q.index(q)] = p
        table_of[p], table_of[q] = table_of[q], table_of[p]
        self.cost += change

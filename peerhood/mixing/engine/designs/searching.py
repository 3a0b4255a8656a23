"""The search for base rounds: tables which, carried about by a symmetry, let no two points meet twice.

Seat the point with the fewest possible peers first, grow its table point by point, and step back
where nothing is left. What a motion does to a table decides much: a motion that keeps the round
carries each of its tables onto itself or onto one with nobody in common.
"""

from collections.abc import Sequence
from itertools import combinations
from random import Random

from peerhood.mixing.engine.designs.meetings import Meetings
from peerhood.mixing.engine.designs.symmetry import Motion, Symmetry

Base = list[list[list[int]]]  # the tables of each base round, one of those that its keepers exchange


class OutOfPatience(Exception):
    """As many steps were taken as were allowed."""


def search(
    symmetry: Symmetry, size: int, kept_by: Sequence[Sequence[Motion]], *, steps: int, seed: int = 0
) -> Base | None:
    """Base rounds with tables of ``size``, one round for each group of motions that is to keep it.

    A step is one point offered to one table. The search starts afresh, with more patience each time,
    until ``steps`` are spent; None says that it found nothing. Same arguments, same answer, everywhere.
    """
    meetings = Meetings(symmetry, kept_by)
    patience = min(steps, 15_000)
    while steps >= patience:
        attempt = _Attempt(meetings, size, Random(seed), patience)
        try:
            return attempt.tables if attempt.seat(0, attempt.everybody) else None
        except OutOfPatience:
            steps -= patience
            patience += patience // 8
            seed += 1
    return None


class _Attempt:
    """One search from an empty room."""

    def __init__(self, meetings: Meetings, size: int, random: Random, patience: int) -> None:
        self.meetings, self.size, self.random, self.patience = meetings, size, random, patience
        self.everybody = (1 << meetings.points) - 1
        self.unmet = [self.everybody ^ (1 << point) for point in range(meetings.points)]
        self.tables: Base = [[] for _ in meetings.keepers]
        self.order = random.sample(range(meetings.points), meetings.points)

    def seat(self, number: int, standing: int) -> bool:
        """Seat everybody who still stands in base round ``number``, then the rounds after it."""
        if not standing:
            number += 1
            if number == len(self.tables):
                return True
            standing = self.everybody
        possible = self.meetings.possible[number]
        choices = [
            ((self.unmet[p] & possible[p] & standing).bit_count(), p) for p in self.order if standing >> p & 1
        ]
        fewest, point = min(choices, key=lambda choice: choice[0])
        return fewest >= self.size - 1 and self._grow(number, standing, [], [point], standing)

    def _grow(self, number: int, standing: int, table: list[int], offered: list[int], peers: int) -> bool:
        """Add each of the ``offered`` to the table in turn, then whoever of the ``peers`` may join."""
        for point in offered:
            if not peers >> point & 1:
                continue
            self.patience -= 1
            if self.patience < 0:
                raise OutOfPatience
            grown, keepers = self.meetings.closed(number, [*table, point], self.size)
            joined = [p for p in grown if p not in table]
            if all(peers >> p & 1 for p in joined) and self._meet_once(number, grown, len(keepers)):
                if len(grown) == self.size:
                    if self._take(number, standing, grown):
                        return True
                else:
                    left = self._peers(number, peers, joined)
                    if len(grown) + left.bit_count() >= self.size:
                        others = [p for p in self.order if left >> p & 1]
                        self.random.shuffle(others)
                        if self._grow(number, standing, grown, others, left):
                            return True
            peers &= ~(1 << point)  # whatever this point could do has been tried
        return False

    def _meet_once(self, number: int, table: list[int], keepers: int) -> bool:
        """Are all pairs unmet, and those of one orbit exchanged by the motions that keep the table?"""
        if len(table) > self.size:
            return False
        orbit, possible, times = self.meetings.orbit, self.meetings.possible[number], dict[int, int]()
        for a, b in combinations(table, 2):
            if not (self.unmet[a] & possible[a]) >> b & 1:
                return False
            times[orbit[a][b]] = times.get(orbit[a][b], 0) + 1
        order, pairs = len(self.meetings.motions), self.meetings.pairs
        return all(count * order <= len(pairs[o]) * keepers for o, count in times.items())

    def _peers(self, number: int, peers: int, joined: list[int]) -> int:
        possible = self.meetings.possible[number]
        for point in joined:
            peers &= self.unmet[point] & possible[point]
        return peers

    def _take(self, number: int, standing: int, table: list[int]) -> bool:
        """Seat this table and all to which the round's motions carry it, and go on; else undo."""
        seated = 0
        for motion in self.meetings.keepers[number]:
            for p in table:
                seated |= 1 << motion[p]
        if seated & ~standing:
            return False
        orbits = {self.meetings.orbit[a][b] for a, b in combinations(table, 2)}
        self._mark(orbits)
        self.tables[number].append(sorted(table))
        if self.seat(number, standing & ~seated):
            return True
        self.tables[number].pop()
        self._mark(orbits)
        return False

    def _mark(self, orbits: set[int]) -> None:
        """The pairs of these orbits have met; a second time, they have not."""
        for orbit in orbits:
            for a, b in self.meetings.pairs[orbit]:
                self.unmet[a] ^= 1 << b
                self.unmet[b] ^= 1 << a

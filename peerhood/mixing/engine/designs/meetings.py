"""Who may meet whom under a symmetry: pairs fall into orbits, and a whole orbit meets or none of it."""

from collections.abc import Sequence
from functools import cached_property
from itertools import combinations

from peerhood.mixing.engine.designs.symmetry import Motion, Permutation, Symmetry

Pair = tuple[int, int]


class Meetings:
    """The pairs of points of a ``symmetry`` that base rounds, each kept by some motions, can bring together.

    ``orbit[a][b]`` numbers the orbit of a pair, ``pairs`` lists the pairs of each, ``keepers`` the
    motions that leave each base round alone. Sets of points are the bits of a whole number.
    """

    def __init__(self, symmetry: Symmetry, kept_by: Sequence[Sequence[Motion]]) -> None:
        self.points = symmetry.points
        self.motions = list(symmetry.motions.values())
        self.keepers: list[list[Permutation]] = [symmetry.subgroup(motions) for motions in kept_by]
        self.orbit = [[-1] * self.points for _ in range(self.points)]
        self.pairs: list[list[Pair]] = []
        for a, b in combinations(range(self.points), 2):
            if self.orbit[a][b] < 0:
                self._follow(a, b)

    def _follow(self, a: int, b: int) -> None:
        """Number the orbit of one pair."""
        pairs = sorted({(min(m[a], m[b]), max(m[a], m[b])) for m in self.motions})
        for x, y in pairs:
            self.orbit[x][y] = self.orbit[y][x] = len(self.pairs)
        self.pairs.append(pairs)

    @cached_property
    def possible(self) -> list[list[int]]:
        """For each base round and point, whom it may meet there.

        A motion that keeps a pair must keep the round, or the pair would meet in the moved round, too.
        """
        keepers_of = [
            {
                (a, b): [m for m in self.motions if {m[a], m[b]} == {a, b}]
                for a, b in pairs
                if len(pairs) < len(self.motions)
            }
            for pairs in self.pairs
        ]
        rounds = []
        for keepers in map(set, self.keepers):
            masks = [0] * self.points
            for pairs, kept in zip(self.pairs, keepers_of, strict=True):
                for a, b in pairs:
                    if keepers.issuperset(kept.get((a, b), ())):
                        masks[a] |= 1 << b
                        masks[b] |= 1 << a
            rounds.append(masks)
        return rounds

    def closed(self, number: int, table: list[int], size: int) -> tuple[list[int], list[Permutation]]:
        """The table with everybody whom motions that keep round ``number`` add to it, and those that
        keep the table: they carry it onto itself or onto a table with nobody in common.

        Gives up, with a table too large, as soon as it has outgrown its ``size``.
        """
        while True:
            members = set(table)
            keepers = [m for m in self.keepers[number] if any(m[p] in members for p in table)]
            reached = {m[p] for m in keepers for p in table} - members
            if not reached or len(table) > size:
                return table, keepers
            table = table + sorted(reached)

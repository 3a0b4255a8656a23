"""A symmetry of a design: a group that carries points to points, tables to tables, rounds to rounds.

The group is a product of cyclic groups, Z_a x Z_b x ..., which acts on some orbits of its own size
and on points it leaves fixed; often one more motion, the *turn*, an automorphism of that product
which may also carry orbits round in cycles (Z_13 with "times 3", or Z_2^3 with its coordinates
rolled). A design is then told by very few *base rounds*: each with the motions that leave it as it
is, and one table of every set of tables that those motions exchange.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod
from operator import mul

Motion = tuple[int, ...]  # how often to turn, then how far to go in each cyclic group
Permutation = tuple[int, ...]
Round = list[list[int]]


@dataclass(frozen=True)
class Symmetry:
    """``moduli`` of the cyclic groups; how many ``orbits`` and ``fixed`` points; the turn.

    Points are numbered orbit by orbit, then the fixed ones. ``turn`` is a square matrix, its rows
    the images' coordinates; ``length`` turns come back to the start; the first ``cycles[0]`` times
    ``length`` orbits and ``cycles[1]`` times ``length`` fixed points are carried round in cycles.
    """

    moduli: tuple[int, ...]
    orbits: int
    fixed: int = 0
    turn: tuple[tuple[int, ...], ...] = ()
    length: int = 1
    cycles: tuple[int, int] = (0, 0)

    @property
    def points(self) -> int:
        return self.orbits * prod(self.moduli) + self.fixed

    @cached_property
    def motions(self) -> dict[Motion, Permutation]:
        """Every element of the group, as where it carries each point."""
        steps = list(product(*map(range, self.moduli)))
        index = {step: i for i, step in enumerate(steps)}
        size = len(steps)
        ends = range(self.orbits * size, self.points)
        shifts = [[index[_sum(point, step, self.moduli)] for point in steps] for step in steps]
        moved = {}
        for turns, turned in enumerate(self._turns(steps, index)):
            for step, shift in zip(steps, shifts, strict=True):
                whole = [orbit * size + i for orbit in range(self.orbits) for i in shift]
                whole += ends
                moved[turns, *step] = tuple(whole[point] for point in turned)
        return moved

    def _turns(self, steps: list[Motion], index: dict[Motion, int]) -> Iterator[Permutation]:
        """No turn, one turn, two turns, ... as permutations of the points."""
        here = tuple(range(self.points))
        yield here
        if self.length == 1:
            return
        size = len(steps)
        image = [index[self._turned(step)] for step in steps]
        once = [
            orbit * size + i for orbit in _rolled(self.orbits, self.cycles[0], self.length) for i in image
        ]
        once += [self.orbits * size + i for i in _rolled(self.fixed, self.cycles[1], self.length)]
        for _ in range(self.length - 1):
            here = tuple(once[point] for point in here)
            yield here

    def _turned(self, step: Motion) -> Motion:
        return tuple(sum(map(mul, row, step)) % m for row, m in zip(self.turn, self.moduli, strict=True))

    def subgroup(self, generators: Iterable[Motion]) -> list[Permutation]:
        """Every motion that the given ones make together, the identity first."""
        makers = [self.motions[motion] for motion in generators]
        made = [tuple(range(self.points))]
        seen = set(made)
        for motion in made:  # which grows as we go
            for maker in makers:
                longer = tuple(maker[point] for point in motion)
                if longer not in seen:
                    seen.add(longer)
                    made.append(longer)
        return made

    def developed(self, base: Round, stabiliser: list[Permutation]) -> Iterator[Round]:
        """The rounds into which the group carries one base round, each once.

        Rounds differ when point 0 sits with others, for in a design nobody sits together twice.
        """
        whole = {tuple(sorted(move[p] for p in table)) for move in stabiliser for table in base}
        table_of = {p: table for table in whole for p in table}
        seen = set()
        for move in self.motions.values():
            company = frozenset(move[p] for p in table_of[move.index(0)])
            if company not in seen:
                seen.add(company)
                yield sorted(sorted(move[p] for p in table) for table in whole)


def _sum(a: Motion, b: Motion, moduli: tuple[int, ...]) -> Motion:
    return tuple((x + y) % m for x, y, m in zip(a, b, moduli, strict=True))


def _rolled(count: int, cycles: int, length: int) -> list[int]:
    """0 .. count - 1, of which the first ``cycles`` runs of ``length`` are each rolled by one."""
    return [i - i % length + (i + 1) % length if i < cycles * length else i for i in range(count)]
